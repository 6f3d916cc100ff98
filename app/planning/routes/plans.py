"""What is wanted, there and to come, for leads and the QI team."""

from typing import Annotated

from fastapi import Query

from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import NotFoundError
from app.planning import sheet
from app.planning.forms import ListQuery, PlanQuery, number_in
from app.planning.pages.listing import PlanListPage
from app.planning.pages.plan import Links, NoPlanPage, PlanPage
from app.planning.pages.plan_all import PlanAllPage
from app.planning.queries import plans
from app.web import csv
from app.web.download import File, hand_over
from app.web.router import Answer, Router
from app.web.visit import Steps, Visit

router = Router("planning")
LEADS = Requires(Permission.SEE_CAPABILITY)


@router.page("/teams/plan", access=LEADS)
def plan(visit: Visit, query: Annotated[PlanQuery, Query()]) -> Answer:
    found = plans.plan(visit.session, visit.actor, *query.chosen(), visit.now)
    if found is None:
        return NoPlanPage(contact=visit.core.settings.qi_contact)
    page = PlanPage if found.one else PlanAllPage
    return page.of(found, _links(visit, found), visit.path_for)


@router.page("/teams/plan/list", access=LEADS)
def named(visit: Visit, query: Annotated[ListQuery, Query()]) -> Answer:
    directorate_id, _year = query.chosen()
    what = query.counted()
    found = plans.behind(visit.session, visit.actor, directorate_id, query.level, what, query.group, visit.now)
    return PlanListPage.of(found, what, query.group, query.year, visit.path_for, visit.today)


@router.steps("/teams/plan/download", access=LEADS, makes_file=True)
def download(steps: Steps) -> Answer:
    directorate_id, year = number_in(steps.posted["directorate"]), number_in(steps.posted["year"])
    with steps.core.db.read() as session:
        found = plans.plan(session, steps.actor, directorate_id, year, steps.now)
    if found is None:
        raise NotFoundError("directorate")
    return hand_over(steps, _file(found))


def _file(found: plans.Plan) -> File:
    return File(
        kind="plan",
        about=sheet.about(found),
        name=sheet.file_name(found),
        media_type=csv.MEDIA_TYPE,
        content=sheet.content(found),
        rows=len(found.lines),
    )


def _links(visit: Visit, found: plans.Plan) -> Links:
    here = found.one.id if found.one else 0
    one = {"directorate": here} if here else {}
    sets, plans_places = visit.actor.may(Permission.SET_TARGETS), visit.actor.may(Permission.PLAN_COHORTS)
    return Links(
        grid=visit.path_for("capability:teams", **one),
        time=visit.path_for("planning:time", **one),
        targets=visit.path_for("planning:targets", year=found.year, **one) if sets else "",
        cohorts=visit.path_for("cohorts:calendar") if plans_places else "",
        ahead=visit.path_for("planning:forecast", **one),
        split=visit.path_for("planning:split") if sets else "",
        fairness=visit.path_for("planning:fairness", **one),
    )
