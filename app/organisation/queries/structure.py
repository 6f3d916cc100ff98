"""Directorates and teams within an actor's reach."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.access.actor import Actor, Reach
from app.access.permissions import Permission
from app.kernel.db import REACHES, TODAY, ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Directorate, Team

_team = table(Team)
_directorate = table(Directorate)


@dataclass(frozen=True, slots=True)
class DirectorateRow:
    id: int
    name: str
    starts_on: date
    ends_on: date | None
    successor_id: int | None


class TeamRow(NamedTuple):
    id: int
    name: str
    directorate_id: int
    directorate: str
    starts_on: date
    ends_on: date | None
    successor_id: int | None
    site: str


_DIRECTORATES = sa.select(
    _directorate.c.id,
    _directorate.c.name,
    _directorate.c.starts_on,
    _directorate.c.ends_on,
    _directorate.c.successor_id,
).order_by(_directorate.c.name)
_TEAMS = (
    sa.select(
        _team.c.id,
        _team.c.name,
        _team.c.directorate_id,
        _directorate.c.name.label("directorate"),
        _team.c.starts_on,
        _team.c.ends_on,
        _team.c.successor_id,
        _team.c.site,
    )
    .join(_directorate, _directorate.c.id == _team.c.directorate_id)
    .order_by(_directorate.c.name, _team.c.name)
)


def open_on(dated: sa.Table, day: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """Whether a dated row, [starts_on, ends_on), holds the day (or that of another row)."""
    return sa.and_(dated.c.starts_on <= day, sa.or_(dated.c.ends_on.is_(None), dated.c.ends_on > day))


def teams_within(reach: Reach) -> sa.ColumnElement[bool]:
    """Whether a team lies inside a reach, as a condition over table(Team)."""
    if reach.trust:
        return sa.true()
    return sa.or_(_team.c.directorate_id.in_(reach.directorates), _team.c.id.in_(reach.teams))


def directorates(
    session: ReadSession, actor: Actor, permission: Permission, on: date | None = None
) -> list[DirectorateRow]:
    """The directorates that this permission reaches as a whole, by name; with `on`, those open on that day."""
    reach = actor.reach(permission)
    wanted = _DIRECTORATES if reach.trust else _DIRECTORATES.where(_directorate.c.id.in_(reach.directorates))
    if on is not None:
        wanted = wanted.where(open_on(_directorate, on))
    return [DirectorateRow(*row) for row in session.execute(wanted)]


def teams(
    session: ReadSession,
    actor: Actor,
    permission: Permission,
    directorate_id: int | None = None,
    on: date | None = None,
) -> list[TeamRow]:
    """The teams that this permission reaches, by directorate and name; with `on`, those open on that day."""
    wanted = _teams_of(actor.reach(permission), within=directorate_id is not None, dated=on is not None)
    return [TeamRow(*row) for row in session.execute(wanted, {"directorate": directorate_id, "today": on})]


@lru_cache(REACHES)
def _teams_of(reach: Reach, *, within: bool, dated: bool) -> sa.Select[Any]:
    wanted = _TEAMS.where(teams_within(reach))
    if within:
        wanted = wanted.where(_team.c.directorate_id == sa.bindparam("directorate"))
    return wanted.where(open_on(_team, TODAY)) if dated else wanted


def team_in_reach(session: ReadSession, actor: Actor, permission: Permission, team_id: int) -> TeamRow:
    """One team. Raises NotFoundError for one that is missing or out of reach."""
    wanted = _TEAMS.where(_team.c.id == team_id, teams_within(actor.reach(permission)))
    row = session.execute(wanted).first()
    if row is None:
        raise NotFoundError("team")
    return TeamRow(*row)
