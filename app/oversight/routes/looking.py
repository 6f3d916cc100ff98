"""What the board and those who lead a directorate look at."""

from typing import Annotated

from fastapi import Query

from app.access.gates import Requires
from app.access.permissions import Permission
from app.curriculum.queries import edition_names
from app.oversight.choosing import ListQuery, ReportQuery
from app.oversight.pages.listing import ListPage
from app.oversight.pages.report import ReportPage
from app.oversight.queries.named import named as people_behind
from app.oversight.queries.named import place_name
from app.oversight.queries.reach import names_people
from app.oversight.queries.reading import read
from app.oversight.rules.figures import TRUST
from app.ratings.queries import has_counts
from app.web.router import Answer, Nav, Router
from app.web.visit import Visit

router = Router("oversight")


@router.page("/oversight", access=Requires(Permission.SEE_TRUST), nav=Nav("Oversight", 8, lands=20))
def trust(visit: Visit, query: Annotated[ReportQuery, Query()]) -> Answer:
    return _report(visit, query, TRUST)


@router.page("/oversight/directorates/{directorate_id}", access=Requires(Permission.SEE_OVERSIGHT))
def directorate(visit: Visit, directorate_id: int, query: Annotated[ReportQuery, Query()]) -> Answer:
    return _report(visit, query, directorate_id)


@router.page("/oversight/list", access=Requires(Permission.SEE_CAPABILITY))
def named(visit: Visit, query: Annotated[ListQuery, Query()]) -> Answer:
    asked = query.asked(visit.today)
    place = place_name(visit.session, visit.actor, asked.directorate_id)
    found = people_behind(visit.session, visit.actor, asked)
    return ListPage.of(found, asked, place, edition_names(visit.session), visit.path_for)


def _report(visit: Visit, query: ReportQuery, directorate_id: int) -> Answer:
    reading = read(visit.session, visit.actor, query.choice(directorate_id), visit.today)
    return ReportPage.of(
        reading,
        visit.path_for,
        may_name=names_people(visit.actor, directorate_id),
        may_see_trust=visit.actor.may(Permission.SEE_TRUST),
        has_counts=directorate_id == TRUST and has_counts(visit.session, visit.actor, visit.today),
    )
