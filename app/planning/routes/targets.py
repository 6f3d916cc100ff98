"""The QI team sets targets."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Query

from app.access.gates import Requires
from app.access.permissions import Permission
from app.capability.queries.standings import matrix_tiers
from app.kernel.errors import BadInputError, StaleError
from app.planning import commands
from app.planning.forms import PlanQuery, number_in, targets_in
from app.planning.pages.targets import TargetsChangedPage, TargetsPage
from app.planning.queries import open_targets
from app.planning.queries.plans import target_place
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit
from app.web.words import plural

router = Router("planning")
SETTERS = Requires(Permission.SET_TARGETS)


@router.page("/teams/plan/targets", access=SETTERS)
def targets(visit: Visit, query: Annotated[PlanQuery, Query()]) -> Answer:
    return _page(visit, *query.chosen(), offering=query.offered == "yes")


@router.action("/teams/plan/targets", access=SETTERS, holds=True)
def set_targets(deed: Deed) -> Answer:
    command = targets_in(deed.posted)
    if isinstance(command, Invalid):
        return Shown(_again(deed, command.errors), 422)
    try:
        changed = commands.set_targets(deed.session, deed.actor, command, deed.now)
    except BadInputError as wrong:
        return Shown(_again(deed, wrong.errors), 422)
    except StaleError as stale:
        return Shown(_changed(deed, command), stale.status)
    said = f"Saved: {plural(changed, 'target')}." if changed else "It was all so already. Nothing was changed."
    return deed.go("planning:plan", flash=said, directorate=command.directorate_id, year=command.year)


def _again(deed: Deed, errors: Mapping[str, str]) -> TargetsPage:
    place = number_in(deed.posted["directorate"]), number_in(deed.posted["year"])
    return _page(deed, *place, values=deed.posted, errors=errors)


def _page(
    visit: Visit | Deed,
    directorate_id: int,
    year: int,
    *,
    offering: bool = False,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> TargetsPage:
    here, reached, year, years = target_place(visit.session, visit.actor, directorate_id, year, visit.today)
    return TargetsPage.of(
        here,
        reached,
        year,
        years,
        matrix_tiers(visit.session),
        open_targets(visit.session, [here.id], year),
        offering=offering,
        values=values,
        errors=errors,
    )


def _changed(deed: Deed, command: commands.SetTargets) -> TargetsChangedPage:
    here, *_ = target_place(deed.session, deed.actor, command.directorate_id, command.year, deed.today)
    now = open_targets(deed.session, [here.id], command.year)
    mine = {target.field for target in commands.touched(deed.session, command)}
    return TargetsChangedPage.of(here, command.year, matrix_tiers(deed.session), now, deed.posted.lists(), mine)
