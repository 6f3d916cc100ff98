"""A month's joiners, movers and leavers, for those who lead them."""

from typing import Annotated

from fastapi import Query

from app.access.gates import Requires
from app.access.permissions import Permission
from app.capability import month_sheet
from app.capability.choosing import MonthQuery
from app.capability.pages.month import MonthPage
from app.capability.pages.teams import NoTeamsPage
from app.capability.queries.month import MonthFound, month_of
from app.kernel.errors import NotFoundError
from app.web import csv
from app.web.download import File, hand_over
from app.web.router import Answer, Router
from app.web.visit import Steps, Visit

router = Router("capability")
LEADS = Requires(Permission.SEE_CAPABILITY)


@router.page("/teams/month", access=LEADS)
def month(visit: Visit, query: Annotated[MonthQuery, Query()]) -> Answer:
    found = month_of(visit.session, visit.actor, *query.chosen(visit.today), visit.now)
    if found is None:
        return NoTeamsPage(contact=visit.core.settings.qi_contact)
    return MonthPage.of(found, visit.path_for)


@router.steps("/teams/month/download", access=LEADS, makes_file=True)
def download_month(steps: Steps) -> Answer:
    query = MonthQuery.model_validate(dict(steps.posted))
    with steps.core.db.read() as session:
        found = month_of(session, steps.actor, *query.chosen(steps.today), steps.now)
    if found is None:
        raise NotFoundError("directorate")
    return hand_over(steps, _file(found))


def _file(found: MonthFound) -> File:
    return File(
        kind="month",
        about=month_sheet.about(found),
        name=month_sheet.file_name(found),
        media_type=csv.MEDIA_TYPE,
        content=month_sheet.content(found),
        rows=len(found.events),
    )
