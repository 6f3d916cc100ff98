"""The matrix: a directorate's people, or those of its teams that the actor reaches, as at one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.access.actor import Actor, Reach
from app.access.permissions import Permission
from app.capability.board import Board, whole_board
from app.capability.models import StandingCopy
from app.capability.queries.begun import People
from app.capability.queries.copied import copies, own_copy, standings_by_copies
from app.capability.queries.kept import KeptName, own_selections, people_of
from app.capability.queries.reaching import these
from app.capability.queries.standings import AsAt, matrix_tiers
from app.kernel.db import REACHES, TODAY, ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import TeamRow, people_within, teams

_person, _employment, _team, _copy = table(Person), table(Employment), table(Team), table(StandingCopy)
_POSTS = _employment.join(_team, _team.c.id == _employment.c.team_id)

EVERYWHERE = -1
"""In the place of a directorate: all that the actor reaches."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is looked at: a directorate, all that is in reach, or one's own choice of people.

    `teams` are its teams in reach, `elsewhere` all others in reach. `directorate_id` is 0 unless it is one
    directorate, and `selection_id` 0 unless it is a selection.
    """

    directorate_id: int
    directorate: str
    teams: tuple[TeamRow, ...]
    directorates: tuple[tuple[int, str], ...]
    elsewhere: frozenset[int]
    selections: tuple[KeptName, ...] = ()
    selection_id: int = 0

    @property
    def wide(self) -> bool:
        """Whether it is more than one directorate, so that nobody's own team comes first."""
        return not self.directorate_id

    def team(self, team_id: int) -> TeamRow:
        """One of its teams. Raises NotFoundError for any other."""
        found = next((t for t in self.teams if t.id == team_id), None)
        if found is None:
            raise NotFoundError("team")
        return found


def place(session: ReadSession, actor: Actor, on: date, directorate_id: int = 0, selection_id: int = 0) -> Place | None:
    """The directorate or selection asked for, or the first in reach; None when the actor reaches no team at all.

    Raises NotFoundError for one that is missing, out of reach or somebody else's: these look the same.
    """
    reached = tuple(teams(session, actor, Permission.SEE_CAPABILITY, on=on))
    directorates = {t.directorate_id: t.directorate for t in reached}
    kept, listed = own_selections(session, actor), tuple(directorates.items())
    chosen = next((k for k in kept if k.id == selection_id), None)
    if selection_id and chosen is None:
        raise NotFoundError("selection")
    if not directorates and not directorate_id:
        return None
    if chosen is not None:
        return Place(0, chosen.name, reached, listed, frozenset(), kept, chosen.id)
    if directorate_id == EVERYWHERE:
        return Place(0, "Every directorate", reached, listed, frozenset(), kept)
    one = directorate_id or next(iter(directorates))
    if one not in directorates:
        raise NotFoundError("directorate")
    mine = tuple(t for t in reached if t.directorate_id == one)
    elsewhere = frozenset(t.id for t in reached) - {t.id for t in mine}
    return Place(one, directorates[one], mine, listed, elsewhere, kept)


def board(session: ReadSession, actor: Actor, directorate_id: int, when: AsAt, selection_id: int = 0) -> Board:
    """Everybody there in reach, by name, each with their standings; 0 is every directorate.

    Four statements where everybody has a copy of where they stand, and nine otherwise.
    """
    shown, held = matrix_tiers(session), copies(session, when.on)
    part = _Part(actor.reach(Permission.SEE_CAPABILITY), bool(directorate_id), bool(selection_id))
    asked = {"today": when.on, "directorate": directorate_id, "selection": selection_id}
    wanted = _members(part, copied=held is not None, changed=held is not None and bool(held.changed))
    rows = session.execute(wanted, asked | (held.values if held else {})).all()
    without = [row[0] for row in rows if row[-1] is None]
    some = _everybody(part, asked) if 2 * len(without) > len(rows) else these(without)
    known = standings_by_copies(session, some, {row[0]: row[-1] for row in rows}, when, shown)
    return whole_board(shown, ((row[:-1], known.of(row[0])) for row in rows), when.on)


class _Part(NamedTuple):
    """What of a reach is looked at: one directorate of it, one's own choice of people, or all."""

    reach: Reach
    directorate: bool
    selection: bool

    def condition(self) -> sa.ColumnElement[bool]:
        within = [people_within(self.reach, TODAY)]
        if self.directorate:
            within.append(_team.c.directorate_id == sa.bindparam("directorate"))
        if self.selection:
            within.append(_employment.c.person_id.in_(people_of(sa.bindparam("selection"))))
        return sa.and_(*within)


def _everybody(part: _Part, asked: Mapping[str, object]) -> People:
    return sa.select(_employment.c.person_id).select_from(_POSTS).where(part.condition()).params(asked)


@lru_cache(REACHES)
def _members(part: _Part, *, copied: bool, changed: bool) -> sa.Select[Any]:
    """The columns of a Member up to `ends_on`, and what the copy of each says."""
    where = _POSTS.join(_person, _person.c.id == _employment.c.person_id)
    if copied:
        where = where.outerjoin(_copy, own_copy(_employment.c.person_id, changed=changed))
    return (
        sa.select(
            _person.c.id,
            _person.c.list_name,
            _person.c.name,
            _employment.c.job_role,
            _employment.c.band,
            _employment.c.staff_group,
            _team.c.id,
            _team.c.name,
            _team.c.site,
            _employment.c.starts_on,
            _employment.c.ends_on,
            _copy.c.told if copied else sa.null(),
        )
        .select_from(where)
        .where(part.condition())
        .order_by(_person.c.sort_key, _person.c.id)
    )
