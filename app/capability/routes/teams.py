"""What a lead looks at: the grid, the list behind each number, one person."""

from datetime import date
from typing import Annotated

from fastapi import Query

from app.access.actor import ScopeKind
from app.access.gates import Requires
from app.access.permissions import Permission
from app.capability.choosing import EVERY_TEAM, FindQuery, GridQuery, ListQuery, PageQuery, number_in, part_of
from app.capability.pages import links
from app.capability.pages.links import found_at
from app.capability.pages.listing import ListPage
from app.capability.pages.over_time import OverTimePage
from app.capability.pages.person import PersonPage
from app.capability.pages.roll_up import RollUpPage
from app.capability.pages.teams import NoTeamsPage, TeamsPage
from app.capability.queries.boards import Place
from app.capability.queries.grid import grid, grid_or_missing
from app.capability.queries.kept import own_views
from app.capability.queries.mine import history_of, levels_of
from app.capability.queries.month import this_month
from app.capability.queries.over_time import over_time as levels_over_time
from app.capability.queries.roll_up import roll_up
from app.capability.queries.waiting import undoable, waiting
from app.curriculum.queries import edition_names
from app.ratings.queries import are_on, has_counts, may_rate
from app.signing.queries import last_uses, may_confirm
from app.web.page import Page
from app.web.router import Answer, Nav, Router
from app.web.visit import Shown, Visit

router = Router("capability")
LEADS = Requires(Permission.SEE_CAPABILITY)


@router.page("/teams", access=LEADS, nav=Nav("My teams", 5, lands=30))
def teams(visit: Visit, query: Annotated[PageQuery, Query()]) -> Answer:
    on, errors = query.day(visit.session, visit.actor, visit.today)
    page = _in_totals(visit, query, on, errors) or _by_name(visit, query, on, errors)
    return Shown(page, 422) if errors else page


def _in_totals(visit: Visit, query: PageQuery, on: date, errors: dict[str, str]) -> Page | None:
    """None where what is asked for can be shown by name, or can only be told by looking at each person."""
    rolled = roll_up(visit.session, visit.actor, query.choice(on), visit.now, above=links.MOST_ROWS)
    if rolled is None:
        return None
    views = own_views(visit.session, visit.actor)
    return RollUpPage.of(
        rolled, query, views, visit.path_for, errors, ratings=_ratings(visit, rolled.place, 0, query, errors)
    )


def _by_name(visit: Visit, query: PageQuery, on: date, errors: dict[str, str]) -> Page:
    found = grid(visit.session, visit.actor, query.choice(on), visit.now)
    if found is None:
        return NoTeamsPage(contact=visit.core.settings.qi_contact)
    waits = waiting(visit.session, visit.actor, visit.now)
    turns = this_month(visit.session, visit.actor, found.place.directorate_id, visit.today)
    saved = next((u for u in undoable(visit.session, visit.actor, visit.now) if u.decision_id == query.saved), None)
    views, rates = (
        own_views(visit.session, visit.actor),
        _ratings(visit, found.place, found.filters.team, query, errors),
    )
    return TeamsPage.of(found, query, waits, turns, saved, views, visit.path_for, visit.today, errors, ratings=rates)


def _ratings(
    visit: Visit, place: Place, team_id: int, query: GridQuery, errors: dict[str, str]
) -> tuple[str, str, str]:
    """Where what is looked at is judged, and where its skills are, for whoever leads it; and the counts."""
    if not are_on(visit.session):
        return "", "", ""
    reach = visit.actor.reach(Permission.RATE)
    rated = {t.id for t in place.teams if reach.covers(ScopeKind.TEAM, t.id, t.directorate_id)}
    here = {"directorate": part_of(place), "team": str(team_id or EVERY_TEAM)}
    alike = {"group": query.group, "band": query.band, "site": query.site, "as_at": "" if errors else query.as_at}
    rates = bool(rated) if not team_id else team_id in rated
    judging = visit.path_for("ratings:team", team_id=team_id) if team_id else visit.path_for("ratings:teams")
    skills = visit.path_for("ratings:skills", **here, **alike)
    counted = has_counts(visit.session, visit.actor, visit.today)
    return judging if rates else "", skills if rates else "", visit.path_for("ratings:counts") if counted else ""


@router.page("/teams/list", access=LEADS)
def named(visit: Visit, query: Annotated[ListQuery, Query()]) -> Answer:
    on, _errors = query.day(visit.session, visit.actor, visit.today)
    found = grid_or_missing(visit.session, visit.actor, query.choice(on), visit.now)
    return ListPage.of(found, query, *query.counted(), visit.path_for, edition_names(visit.session))


@router.page("/teams/find", access=LEADS)
def find(visit: Visit, query: Annotated[FindQuery, Query()]) -> Answer:
    """Leads to somebody's row: in what is shown, or else in their team."""
    on, _errors = query.day(visit.session, visit.actor, visit.today)
    found = grid_or_missing(visit.session, visit.actor, query.choice(on), visit.now)
    person = found.named(query.name)
    return visit.go_to(*found_at(found, query, person, visit.path_for))


@router.page("/teams/over-time", access=LEADS)
def over_time(visit: Visit, directorate: str = "0") -> Answer:
    found = levels_over_time(visit.session, visit.actor, number_in(directorate), visit.today)
    if found is None:
        return NoTeamsPage(contact=visit.core.settings.qi_contact)
    return OverTimePage.of(found, visit.path_for)


@router.page("/teams/people/{person_id}", access=LEADS)
def person(visit: Visit, person_id: int) -> Answer:
    who, levels = levels_of(visit.session, visit.actor, person_id, visit.now)
    past = history_of(visit.session, person_id)
    rates = may_rate(visit.session, visit.actor, person_id, who.team_id, visit.today)
    uses, names = last_uses(visit.session, person_id), edition_names(visit.session)
    confirms = may_confirm(visit.session, visit.actor, person_id, visit.today)
    return PersonPage.of(who, levels, past, uses, names, visit.path_for, visit.today, rates=rates, confirms=confirms)
