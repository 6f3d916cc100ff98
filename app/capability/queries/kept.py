"""What somebody kept for themselves: selections of people, and views of the grid. Never anybody else's."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.models import SavedView, Selection, SelectionPerson
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import people_condition

_selection, _member, _view = table(Selection), table(SelectionPerson), table(SavedView)
_person, _employment, _team = table(Person), table(Employment), table(Team)

_POSTS = _employment.join(_team, _team.c.id == _employment.c.team_id).join(
    _person, _person.c.id == _employment.c.person_id
)
_OWNER: sa.BindParameter[int] = sa.bindparam("owner")
_SELECTIONS = (
    sa.select(_selection.c.id, _selection.c.name).where(_selection.c.owner_id == _OWNER).order_by(_selection.c.name)
)
_VIEWS = sa.select(_view.c.id, _view.c.name, _view.c.query).where(_view.c.owner_id == _OWNER).order_by(_view.c.name)
SKILLS = "skills"
SELECTION = "s"
"""In an address, before the number of a selection, where else a directorate's stands."""


class KeptName(NamedTuple):
    id: int
    name: str


class KeptView(NamedTuple):
    """`query` is what the grid's address says; `grid` names the grid: empty for that of levels."""

    id: int
    name: str
    query: dict[str, str]
    grid: str


class Somebody(NamedTuple):
    """A member of staff in reach, in their main post."""

    person_id: int
    list_name: str
    job_role: str
    band: str
    team: str


@dataclass(frozen=True, slots=True)
class SelectionFound:
    """One selection, with those of its people who are in reach today, by name."""

    id: int
    name: str
    people: tuple[Somebody, ...]


def own_selections(session: ReadSession, actor: Actor) -> tuple[KeptName, ...]:
    """One's own, by name."""
    return tuple(KeptName(*row) for row in session.execute(_SELECTIONS, {"owner": actor.person_id}))


def own_views(session: ReadSession, actor: Actor, grid: str | None = "") -> tuple[KeptView, ...]:
    """One's own of one grid, or of each when it is None, by name."""
    views = (
        KeptView(view_id, name, {k: v for k, v in query.items() if k != "grid"}, query.get("grid", ""))
        for view_id, name, query in session.execute(_VIEWS, {"owner": actor.person_id})
    )
    return tuple(view for view in views if grid in (None, view.grid))


def views_of_skills(session: ReadSession, actor: Actor) -> tuple[tuple[str, dict[str, str]], ...] | None:
    """One's own views of people and skills: each one's name, and what its address says.

    None for whoever keeps no views, because no grid of levels is open to them.
    """
    if not actor.may(Permission.SEE_CAPABILITY):
        return None
    return tuple((view.name, view.query) for view in own_views(session, actor, SKILLS))


def people_of(selection_id: int | sa.ColumnElement[int]) -> sa.Select[tuple[int]]:
    return sa.select(_member.c.person_id).where(_member.c.selection_id == selection_id)


def chosen_people(session: ReadSession, actor: Actor) -> dict[int, tuple[str, sa.Select[tuple[int]]]]:
    """One's own selections by number: each with its name and its people, in reach or not."""
    return {kept.id: (kept.name, people_of(kept.id)) for kept in own_selections(session, actor)}


def selection_of(session: ReadSession, actor: Actor, selection_id: int, today: date) -> SelectionFound:
    """One of one's own. Raises NotFoundError for somebody else's."""
    kept = next((k for k in own_selections(session, actor) if k.id == selection_id), None)
    if kept is None:
        raise NotFoundError("selection")
    return SelectionFound(kept.id, kept.name, _in_reach(session, actor, people_of(selection_id), today))


def somebodies(session: ReadSession, actor: Actor, people: frozenset[int], today: date) -> tuple[Somebody, ...]:
    """These people by name. Raises NotFoundError when one of them is missing or out of reach."""
    found = _in_reach(session, actor, sa.select(_person.c.id).where(_person.c.id.in_(people)), today)
    if {one.person_id for one in found} != people:
        raise NotFoundError("person")
    return found


def counts_in_reach(session: ReadSession, actor: Actor, today: date) -> dict[int, int]:
    """How many people of each of one's own selections are in reach today."""
    wanted = (
        sa.select(_member.c.selection_id, sa.func.count(sa.distinct(_member.c.person_id)))
        .select_from(_POSTS.join(_member, _member.c.person_id == _person.c.id))
        .join(_selection, _selection.c.id == _member.c.selection_id)
        .where(_selection.c.owner_id == actor.person_id, people_condition(actor, Permission.SEE_CAPABILITY, today))
        .group_by(_member.c.selection_id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def _in_reach(session: ReadSession, actor: Actor, people: sa.Select[tuple[int]], today: date) -> tuple[Somebody, ...]:
    rows = session.execute(
        sa.select(_person.c.id, _person.c.list_name, _employment.c.job_role, _employment.c.band, _team.c.name)
        .select_from(_POSTS)
        .where(_person.c.id.in_(people), people_condition(actor, Permission.SEE_CAPABILITY, today))
        .order_by(_person.c.sort_key, _person.c.id)
    )
    return tuple(Somebody(*row) for row in rows)
