"""Directorates and teams open, and close into a successor."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor, ScopeKind
from app.access.permissions import Permission
from app.kernel import audit
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotAllowedError, NotFoundError, RuleBrokenError
from app.organisation.commands.identity import checked_name
from app.organisation.commands.moving import carry_over
from app.organisation.models import Directorate, Employment, Team
from app.organisation.queries import open_on, team_in_reach
from app.organisation.rules import holds_on

_directorate = table(Directorate)
_team = table(Team)
_employment = table(Employment)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDirectorate:
    name: str
    starts_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTeam:
    directorate_id: int
    name: str
    starts_on: date
    site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSite:
    """Where a team works; empty: nobody says."""

    team_id: int
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTeam:
    """From `on` the team is no more; whoever is in it works in its successor."""

    team_id: int
    on: date
    successor_id: int | None = None


def open_directorate(session: WriteSession, actor: Actor, command: OpenDirectorate, now: datetime) -> Directorate:
    if not actor.reach(Permission.MANAGE_PEOPLE).trust:
        raise NotAllowedError("Only somebody who manages people in the whole trust can open a directorate.")
    name = checked_name("name", command.name, "a name for the directorate")
    if session.execute(sa.select(_directorate.c.id).where(_directorate.c.name == name)).first():
        raise BadInputError({"name": "There is a directorate with this name already"})
    directorate = Directorate(name=name, starts_on=command.starts_on)
    session.add(directorate)
    session.flush()
    _record(session, actor, "open directorate", "directorate", directorate.id, name, now)
    return directorate


def open_team(session: WriteSession, actor: Actor, command: OpenTeam, now: datetime) -> Team:
    """Raises NotFoundError for a directorate out of reach, BadInputError for a name that it has already."""
    directorate = session.get(Directorate, command.directorate_id)
    reach = actor.reach(Permission.MANAGE_PEOPLE)
    if directorate is None or not reach.covers(ScopeKind.DIRECTORATE, directorate.id):
        raise NotFoundError("directorate")
    name = checked_name("name", command.name, "a name for the team")
    same = sa.select(_team.c.id).where(_team.c.directorate_id == directorate.id, _team.c.name == name)
    if session.execute(same).first():
        raise BadInputError({"name": f"{directorate.name} has a team with this name already"})
    if not holds_on(directorate.starts_on, directorate.ends_on, command.starts_on):
        raise BadInputError({"starts_on": f"{directorate.name} is not open on that day"})
    site = checked_name("site", command.site, "a site", needed=False)
    team = Team(directorate_id=directorate.id, name=name, starts_on=command.starts_on, site=site)
    session.add(team)
    session.flush()
    _record(session, actor, "open team", "team", team.id, name, now)
    return team


def close_team(session: WriteSession, actor: Actor, command: CloseTeam, now: datetime) -> Team:
    """Close a team; its people move into the successor on the same day, each with their own audit event.

    Raises RuleBrokenError when people would be left without a team.
    """
    team_in_reach(session, actor, Permission.MANAGE_PEOPLE, command.team_id)
    team = session.get(Team, command.team_id)
    assert team is not None
    if not holds_on(team.starts_on, team.ends_on, command.on) or team.starts_on == command.on:
        raise RuleBrokenError("The team is not open until that day. Choose a day on which it is.")
    _carry_everybody(session, actor, command, now)
    changed = {"ends_on": (team.ends_on.isoformat() if team.ends_on else None, command.on.isoformat())}
    team.ends_on, team.successor_id = command.on, command.successor_id
    audit.record(session, actor, "close team", "team", team.id, now=now, changed=changed, fields=("successor_id",))
    return team


def set_site(session: WriteSession, actor: Actor, command: SetSite, now: datetime) -> Team:
    """Say where a team works. Raises NotFoundError for one out of reach."""
    team_in_reach(session, actor, Permission.MANAGE_PEOPLE, command.team_id)
    team = session.get(Team, command.team_id)
    assert team is not None
    site = checked_name("site", command.site, "a site", needed=False)
    if site != team.site:
        changed = {"site": (team.site, site)}
        team.site = site
        audit.record(session, actor, "set site", "team", team.id, now=now, changed=changed)
    return team


def _carry_everybody(session: WriteSession, actor: Actor, command: CloseTeam, now: datetime) -> None:
    in_team = _employment.c.team_id == command.team_id
    if session.execute(sa.select(_employment.c.id).where(in_team, _employment.c.starts_on >= command.on)).first():
        raise RuleBrokenError("Somebody has a post in this team that begins later. Move that post first.")
    posts = session.scalars(sa.select(Employment).where(in_team, open_on(_employment, command.on))).all()
    if not posts and command.successor_id is None:
        return
    if command.successor_id is None or command.successor_id == command.team_id:
        raise RuleBrokenError("People work in this team. Choose the team that they will work in.")
    into = team_in_reach(session, actor, Permission.MANAGE_PEOPLE, command.successor_id)
    if not holds_on(into.starts_on, into.ends_on, command.on):
        raise RuleBrokenError(f"{into.name} is not open on that day. Choose another team.")
    for post in posts:
        carry_over(session, actor, post, into, command.on, now)


def _record(
    session: WriteSession, actor: Actor, action: str, entity: str, entity_id: int, name: str, now: datetime
) -> None:
    audit.record(session, actor, action, entity, entity_id, now=now, changed={"name": (None, name)})
