"""Whoever leads a team, or was asked to, judges it in one go."""

from collections.abc import Mapping
from datetime import datetime

from app.access.gates import Requires
from app.access.permissions import Permission
from app.curriculum.queries import judgements
from app.kernel.errors import BadInputError
from app.ratings import commands, queries
from app.ratings.forms import ONLY, delegate_command, team_command
from app.ratings.pages.teams import RatedTeamsPage, TeamPage, saved_words
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("ratings")
RATERS = Requires(Permission.LEARN)
"""Any member of staff may be asked to judge a team: queries ask which."""


@router.page("/ratings/teams", access=RATERS)
def teams(visit: Visit) -> Answer:
    queries.must_be_on(visit.session)
    return RatedTeamsPage.of(queries.some_teams(visit.session, visit.actor, visit.today), visit.path_for)


@router.page("/ratings/teams/{team_id}", access=RATERS)
def team(visit: Visit, team_id: int) -> Answer:
    return _page(visit, team_id)


@router.action("/ratings/teams/{team_id}/save", access=RATERS, holds=True)
def save_team(deed: Deed, team_id: int) -> Answer:
    try:
        done = commands.rate_team(deed.session, deed.actor, team_command(deed.posted, team_id), deed.now)
    except BadInputError as bad:
        return Shown(_page(deed, team_id, errors=bad.errors), bad.status)
    if deed.request.headers.get("HX-Request"):
        return _page(deed, team_id, deed.now, left_out=done.left_out, only=deed.posted.get(ONLY, ""))
    return deed.go("ratings:team", team_id=team_id, flash=saved_words(done))


@router.action("/ratings/teams/{team_id}/ask", access=RATERS)
def ask(deed: Deed, team_id: int) -> Answer:
    try:
        name = commands.delegate(deed.session, deed.actor, delegate_command(deed.posted, team_id), deed.now)
    except BadInputError as bad:
        return Shown(_page(deed, team_id, errors=bad.errors), bad.status)
    return deed.go("ratings:team", team_id=team_id, flash=f"You asked {name} to judge this team for you.")


@router.action("/ratings/teams/{team_id}/take-back", access=RATERS)
def take_back(deed: Deed, team_id: int) -> Answer:
    commands.take_back_team(deed.session, deed.actor, team_id, deed.now)
    return deed.go("ratings:team", team_id=team_id, flash="Taken back. What was judged stays.")


def _page(
    visit: Visit | Deed,
    team_id: int,
    saved_at: datetime | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    left_out: int = 0,
    only: str = "",
) -> TeamPage:
    session, actor, today = visit.session, visit.actor, visit.today
    queries.must_be_on(session)
    found = queries.sheet(session, actor, team_id, today)
    return TeamPage.of(
        found,
        judgements(session),
        queries.asked_of_team(session, actor, team_id, today),
        queries.may_be_asked(session, found.hand, today) if found.hand.own else [],
        visit.path_for,
        saved_at,
        errors,
        left_out=left_out,
        only=only,
    )
