"""Looking ahead: the forecast, and what other numbers of places would bring. Nothing here is saved."""

from typing import Annotated

from fastapi import Query

from app.access.gates import Requires
from app.access.permissions import Permission
from app.planning.forecast_choosing import FairnessQuery, ForecastQuery, SplitQuery
from app.planning.pages.fairness import FairnessPage
from app.planning.pages.forecast import ForecastPage
from app.planning.pages.plan import NoPlanPage
from app.planning.pages.split import SplitPage
from app.planning.queries.fairness import fairness as who_holds
from app.planning.queries.forecasts import settings
from app.planning.splitting import first_total
from app.planning.splitting import split as split_of
from app.web.router import Answer, Router
from app.web.visit import Shown, Visit

router = Router("planning")
LEADS = Requires(Permission.SEE_CAPABILITY)
QI_TEAM = Requires(Permission.SET_TARGETS)


@router.page("/teams/plan/forecast", access=LEADS)
def forecast(visit: Visit, query: Annotated[ForecastQuery, Query()]) -> Answer:
    tried, errors = query.tried()
    found = settings(visit.session, visit.actor, query.tier, visit.today, query.group)
    if found is None:
        return NoPlanPage(contact=visit.core.settings.qi_contact)
    page = ForecastPage.of(found, query, tried, errors, visit.path_for)
    return Shown(page, 422) if errors else page


@router.page("/teams/plan/split", access=QI_TEAM)
def split(visit: Visit, query: Annotated[SplitQuery, Query()]) -> Answer:
    (total, wrong), (tried, errors) = query.total(), query.split()
    found = settings(visit.session, visit.actor, query.tier, visit.today)
    if found is None:
        return NoPlanPage(contact=visit.core.settings.qi_contact)
    shown = split_of(found, first_total(found) if total is None else total, tried)
    page = SplitPage.of(shown, query.typed(), tried is not None, wrong | errors, visit.path_for)
    return Shown(page, 422) if wrong or errors else page


@router.page("/teams/plan/fairness", access=LEADS)
def fairness(visit: Visit, query: Annotated[FairnessQuery, Query()]) -> Answer:
    found = who_holds(visit.session, visit.actor, query.tier, query.directorate_id, visit.today)
    if found is None:
        return NoPlanPage(contact=visit.core.settings.qi_contact)
    return FairnessPage.of(found)
