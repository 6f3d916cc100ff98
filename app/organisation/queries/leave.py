"""Who is on long leave, and when they were. Its kind is only for those who manage the person."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import LongLeave, Person
from app.organisation.queries.people import person_record
from app.organisation.queries.structure import open_on
from app.organisation.rules import LeaveKind, Spell

_leave, _person = table(LongLeave), table(Person)

People = Collection[int] | sa.Select[tuple[int]] | None
"""Ids, or a statement that selects them; None: everybody."""
Leaves = Mapping[int, Sequence[Spell]]
"""The spells of long leave of each person who had any."""


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """One spell, for those who manage the person."""

    id: int
    person_id: int
    kind: LeaveKind
    starts_on: date
    ends_on: date | None
    recorded_by: str


def leaves_of(session: ReadSession, people: People, on: date) -> Leaves:
    """Every spell that has begun by that day, of these people. One statement, and few rows of any trust."""
    wanted = sa.select(_leave.c.person_id, _leave.c.starts_on, _leave.c.ends_on).where(_leave.c.starts_on <= on)
    if people is not None:
        wanted = wanted.where(_leave.c.person_id.in_(people))
    found: dict[int, list[Spell]] = defaultdict(list)
    for person_id, starts_on, ends_on in session.execute(wanted):
        found[person_id].append((starts_on, ends_on))
    return found


def away_ids(on: date) -> sa.Select[tuple[int]]:
    """A statement that selects everybody who is on long leave that day."""
    return sa.select(_leave.c.person_id).where(open_on(_leave, on))


def is_away(person_id: sa.ColumnElement[int], on: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """Whether the person of a row is on long leave that day."""
    return sa.exists().where(_leave.c.person_id == person_id, open_on(_leave, on))


def on_leave(session: ReadSession, person_id: int, on: date) -> bool:
    """Whether this person is on long leave that day."""
    return bool(session.scalar(sa.select(sa.exists().where(_leave.c.person_id == person_id, open_on(_leave, on)))))


def was_away(person_id: sa.ColumnElement[int], on: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """Whether the person of a row has had any long leave by that day: only then can a date of theirs have moved."""
    return sa.exists().where(_leave.c.person_id == person_id, _leave.c.starts_on <= on)


def stopped_clock(
    person_id: sa.ColumnElement[int], began: sa.ColumnElement[date], until: sa.ColumnElement[date]
) -> sa.ColumnElement[bool]:
    """Whether the person of a row was on long leave between two days of it: only then has a date of theirs moved."""
    ends = sa.or_(_leave.c.ends_on.is_(None), _leave.c.ends_on > began)
    return sa.exists().where(_leave.c.person_id == person_id, _leave.c.starts_on <= until, ends)


def ever_away(on: date) -> sa.Select[tuple[int]]:
    """The ids of whoever has had any long leave by that day."""
    return sa.select(_leave.c.person_id).where(_leave.c.starts_on <= on)


_ROWS = (
    sa.select(_leave.c.id, _leave.c.person_id, _leave.c.kind, _leave.c.starts_on, _leave.c.ends_on, _person.c.name)
    .join(_person, _person.c.id == _leave.c.recorded_by_id)
    .order_by(_leave.c.starts_on.desc())
)


def leave_records(session: ReadSession, actor: Actor, person_id: int, on: date) -> list[LeaveRow]:
    """A person's spells with their kinds, newest first. Raises NotFoundError unless the actor manages them."""
    person_record(session, actor, Permission.MANAGE_PEOPLE, person_id, on)
    return [LeaveRow(*row) for row in session.execute(_ROWS.where(_leave.c.person_id == person_id))]


def leave_record(session: ReadSession, actor: Actor, leave_id: int, on: date) -> LeaveRow:
    """One spell. Raises NotFoundError for one that is missing, or of somebody whom the actor does not manage."""
    row = session.execute(_ROWS.where(_leave.c.id == leave_id)).first()
    if row is None:
        raise NotFoundError("leave")
    found = LeaveRow(*row)
    person_record(session, actor, Permission.MANAGE_PEOPLE, found.person_id, on)
    return found
