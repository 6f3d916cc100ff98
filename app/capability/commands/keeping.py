"""What somebody keeps for themselves: a selection of people, a view of the grid."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.capability.commands.deciding import hold_still
from app.capability.models import SavedView, Selection, SelectionPerson
from app.capability.queries.kept import SELECTION, selection_of, somebodies
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError
from app.kernel.names import tidy

_selection, _member, _view = table(Selection), table(SelectionPerson), table(SavedView)

LONGEST_NAME = 60
MOST_KEPT = 50
TAKEN = "You have another view with this name. Give this one a name of its own, or choose to replace that one"
MOST_PEOPLE = 2_000


@dataclass(frozen=True, slots=True)
class MakeSelection:
    name: str
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class ChangeSelection:
    """`people` are those who stay in it, of those in reach, and who is new. Whoever is out of reach is left alone."""

    selection_id: int
    name: str
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class RemoveSelection:
    selection_id: int


@dataclass(frozen=True, slots=True)
class SaveView:
    """`query` is what the grid's address says. Another view of that name is replaced only when that is said."""

    name: str
    query: Mapping[str, str]
    replace: bool = False


@dataclass(frozen=True, slots=True)
class RemoveView:
    view_id: int


def make_selection(session: WriteSession, actor: Actor, command: MakeSelection, now: datetime) -> Selection:
    """Raises BadInputError for a name that there is, NotFoundError for a person out of reach."""
    hold_still(session, {actor.person_id})
    name = _checked(session, actor, command.name, _selection)
    _checked_people(command.people)
    somebodies(session, actor, command.people, london_date(now))
    made = Selection(owner_id=actor.person_id, name=name, made_at=now)
    session.add(made)
    session.flush()
    _put(session, made.id, command.people)
    audit.record(session, actor, "make selection", "selection", made.id, now=now, fields=("name", "people"))
    return made


def change_selection(session: WriteSession, actor: Actor, command: ChangeSelection, now: datetime) -> Selection:
    """Raises NotFoundError for somebody else's or a person out of reach, BadInputError for a name that there is."""
    hold_still(session, {actor.person_id})
    today = london_date(now)
    before = {one.person_id for one in selection_of(session, actor, command.selection_id, today).people}
    name = _checked(session, actor, command.name, _selection, but=command.selection_id)
    _checked_people(command.people)
    somebodies(session, actor, command.people, today)
    selection = session.get(Selection, command.selection_id)
    assert selection is not None
    gone, come = before - command.people, command.people - before
    if name == selection.name and not gone and not come:
        return selection
    session.execute(sa.delete(_member).where(_member.c.selection_id == selection.id, _member.c.person_id.in_(gone)))
    _put(session, selection.id, come)
    selection.name = name
    audit.record(session, actor, "change selection", "selection", selection.id, now=now, fields=("name", "people"))
    return selection


def remove_selection(session: WriteSession, actor: Actor, command: RemoveSelection, now: datetime) -> None:
    """Forget it, and the views of it; nothing about its people changes. Raises NotFoundError for somebody else's."""
    selection = session.get(Selection, command.selection_id)
    if selection is None or selection.owner_id != actor.person_id:
        raise NotFoundError("selection")
    for view in session.scalars(sa.select(SavedView).where(_view.c.owner_id == actor.person_id)).all():
        if view.query.get("directorate") == f"{SELECTION}{selection.id}":
            remove_view(session, actor, RemoveView(view.id), now)
    session.execute(sa.delete(_member).where(_member.c.selection_id == command.selection_id))
    session.execute(sa.delete(_selection).where(_selection.c.id == command.selection_id))
    audit.record(session, actor, "remove selection", "selection", command.selection_id, now=now)


def save_view(session: WriteSession, actor: Actor, command: SaveView, now: datetime) -> SavedView:
    """Raises BadInputError for no name, for that of another view, or for one view too many."""
    hold_still(session, {actor.person_id})
    mine = sa.and_(_view.c.owner_id == actor.person_id, _view.c.name == tidy(command.name))
    view = session.scalar(sa.select(SavedView).where(mine))
    if view is None:
        name = _checked(session, actor, command.name, _view)
        view = SavedView(owner_id=actor.person_id, name=name, query={}, saved_at=now)
        session.add(view)
    elif view.query == command.query:
        return view
    elif not command.replace:
        raise BadInputError({"name": TAKEN})
    view.query, view.saved_at = dict(command.query), now
    session.flush()
    audit.record(session, actor, "save view", "saved_view", view.id, now=now, fields=("name", "query"))
    return view


def remove_view(session: WriteSession, actor: Actor, command: RemoveView, now: datetime) -> None:
    """Raises NotFoundError for somebody else's."""
    view = session.get(SavedView, command.view_id)
    if view is None or view.owner_id != actor.person_id:
        raise NotFoundError("view")
    session.execute(sa.delete(_view).where(_view.c.id == command.view_id))
    audit.record(session, actor, "remove view", "saved_view", command.view_id, now=now)


def _checked(session: WriteSession, actor: Actor, text: str, kept: sa.Table, but: int = 0) -> str:
    """A name that one's own have not. Raises BadInputError."""
    name = tidy(text)
    if not any(c.isalnum() for c in name):
        raise BadInputError({"name": "Enter a name, such as Link nurses"})
    if len(name) > LONGEST_NAME:
        raise BadInputError({"name": f"The name must be {LONGEST_NAME} characters or fewer. It has {len(name)}"})
    own = session.execute(sa.select(kept.c.id, kept.c.name).where(kept.c.owner_id == actor.person_id)).all()
    if any(row.name == name and row.id != but for row in own):
        raise BadInputError({"name": "You have one with this name already. Choose another name"})
    if not but and len(own) >= MOST_KEPT:
        raise BadInputError({"name": f"You have {MOST_KEPT} already. Remove one that you no longer need"})
    return name


def _checked_people(people: Collection[int]) -> None:
    if not people:
        raise BadInputError({"people": "Choose at least one person"})
    if len(people) > MOST_PEOPLE:
        raise BadInputError({"people": f"Choose at most {MOST_PEOPLE:,} people"})


def _put(session: WriteSession, selection_id: int, people: Collection[int]) -> None:
    session.add_all(SelectionPerson(selection_id=selection_id, person_id=one) for one in sorted(people))
    session.flush()
