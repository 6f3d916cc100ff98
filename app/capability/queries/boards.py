"""The matrix: a directorate's people, or those of its teams that the actor reaches, as at one day."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.board import Board, whole_board
from app.capability.queries.standings import AsAt, People, matrix_tiers, standings
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import TeamRow, people_condition, teams

_person, _employment, _team = table(Person), table(Employment), table(Team)


@dataclass(frozen=True, slots=True)
class Place:
    """The directorate that is looked at, its teams in reach, and the other directorates and teams in reach."""

    directorate_id: int
    directorate: str
    teams: tuple[TeamRow, ...]
    directorates: tuple[tuple[int, str], ...]
    elsewhere: frozenset[int]

    def team(self, team_id: int) -> TeamRow:
        """One of its teams. Raises NotFoundError for any other."""
        found = next((t for t in self.teams if t.id == team_id), None)
        if found is None:
            raise NotFoundError("team")
        return found


def place(session: ReadSession, actor: Actor, on: date, directorate_id: int = 0) -> Place | None:
    """The directorate asked for, or the first in reach; None when the actor reaches no team at all.

    Raises NotFoundError for one that is missing or out of reach: the two look the same.
    """
    reached = teams(session, actor, Permission.SEE_CAPABILITY, on=on)
    directorates = {t.directorate_id: t.directorate for t in reached}
    if not directorates and not directorate_id:
        return None
    chosen = directorate_id or next(iter(directorates))
    if chosen not in directorates:
        raise NotFoundError("directorate")
    mine = tuple(t for t in reached if t.directorate_id == chosen)
    return Place(
        chosen,
        directorates[chosen],
        mine,
        tuple(directorates.items()),
        frozenset(t.id for t in reached) - {t.id for t in mine},
    )


def board(session: ReadSession, actor: Actor, directorate_id: int, when: AsAt) -> Board:
    """Everybody there in reach, by name, each with their standings. Seven statements."""
    here = sa.and_(
        people_condition(actor, Permission.SEE_CAPABILITY, when.on), _team.c.directorate_id == directorate_id
    )
    posts = _employment.join(_team, _team.c.id == _employment.c.team_id)
    people: People = sa.select(_employment.c.person_id).select_from(posts).where(here)
    shown = matrix_tiers(session)
    known = standings(session, people, when, shown)
    rows = session.execute(
        sa.select(
            _person.c.id,
            _person.c.list_name,
            _person.c.name,
            _employment.c.job_role,
            _employment.c.band,
            _employment.c.staff_group,
            _team.c.id,
            _team.c.name,
            _employment.c.starts_on,
            _employment.c.ends_on,
        )
        .select_from(posts.join(_person, _person.c.id == _employment.c.person_id))
        .where(here)
        .order_by(_person.c.sort_key, _person.c.id)
    )
    return whole_board(shown, ((tuple(row), known.of(row[0])) for row in rows), when.on)
