"""A person goes on long leave, comes back, or never was away: no clock runs against them meanwhile."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError
from app.organisation.commands.posts import staff_data_changed
from app.organisation.models import LongLeave, Person
from app.organisation.queries import leave_record, person_record
from app.organisation.rules import LeaveKind, Spell, overlap

_leave, _person = table(LongLeave), table(Person)
FURTHEST = timedelta(days=2 * 366)
LONGEST = timedelta(days=6 * 366)
"""Further ahead or back, or longer, is more often a slip of the keyboard than a leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLeave:
    """Away from `starts_on`; `ends_on` is the first day back, None while nobody knows it."""

    person_id: int
    kind: LeaveKind
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLeave:
    """`on` is the first day back."""

    leave_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLeave:
    """It was entered by mistake."""

    leave_id: int


def record_leave(session: WriteSession, actor: Actor, command: RecordLeave, now: datetime) -> LongLeave:
    """Raises NotFoundError unless the actor manages the person, and BadInputError by field."""
    person_record(session, actor, Permission.MANAGE_PEOPLE, command.person_id, london_date(now))
    _check(session, command.person_id, (command.starts_on, command.ends_on), now)
    leave = LongLeave(
        person_id=command.person_id,
        kind=command.kind,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        recorded_by_id=actor.person_id,
        recorded_at=now,
    )
    session.add(leave)
    session.flush()
    _written(session, actor, "record leave", leave, now, starts_on=(None, leave.starts_on))
    return leave


def end_leave(session: WriteSession, actor: Actor, command: EndLeave, now: datetime) -> None:
    """They are back, or will be, on that day. Nothing happens when that is known already.

    Raises NotFoundError unless the actor manages the person, and BadInputError by field.
    """
    leave = _found(session, actor, command.leave_id, now)
    if leave.ends_on == command.on:
        return
    _check(session, leave.person_id, (leave.starts_on, command.on), now, but=leave.id)
    before, leave.ends_on = leave.ends_on, command.on
    _written(session, actor, "end leave", leave, now, ends_on=(before, leave.ends_on))


def remove_leave(session: WriteSession, actor: Actor, command: RemoveLeave, now: datetime) -> int:
    """It never was: every date that it moved is again where it was. Returns whose it was."""
    leave = _found(session, actor, command.leave_id, now)
    session.delete(leave)
    _written(session, actor, "remove leave", leave, now, starts_on=(leave.starts_on, None))
    return leave.person_id


def end_with_employment(session: WriteSession, actor: Actor, person_id: int, on: date, now: datetime) -> None:
    """Whoever leaves is on leave no longer: if they come back, their clocks go on from then."""
    current = sa.select(LongLeave).where(
        _leave.c.person_id == person_id,
        _leave.c.starts_on < on,
        sa.or_(_leave.c.ends_on.is_(None), _leave.c.ends_on > on),
    )
    for leave in session.scalars(current):
        before, leave.ends_on = leave.ends_on, on
        _written(session, actor, "end leave", leave, now, ends_on=(before, on))


def _found(session: WriteSession, actor: Actor, leave_id: int, now: datetime) -> LongLeave:
    known = leave_record(session, actor, leave_id, london_date(now))
    _hold_still(session, known.person_id)
    leave = session.scalar(sa.select(LongLeave).where(_leave.c.id == leave_id))
    if leave is None:
        raise NotFoundError("leave")
    return leave


def _check(session: WriteSession, person_id: int, spell: Spell, now: datetime, but: int = 0) -> None:
    """Raise BadInputError for a spell that cannot be, beside the person's others."""
    start, end = spell
    today = london_date(now)
    if not today - LONGEST <= start <= today + FURTHEST:
        raise BadInputError({"starts_on": "The first day of leave must be within two years ahead, or six years back"})
    if end is not None and end <= start:
        raise BadInputError({"ends_on": "The first day back must be after the first day of leave"})
    if end is not None and end - start > LONGEST:
        raise BadInputError({"ends_on": "A leave lasts six years at most. Check the year"})
    _hold_still(session, person_id)
    others = session.execute(
        sa.select(_leave.c.starts_on, _leave.c.ends_on).where(_leave.c.person_id == person_id, _leave.c.id != but)
    )
    for other in others:
        if overlap((other.starts_on, other.ends_on), spell):
            until = f"to {other.ends_on:%-d %B %Y}" if other.ends_on else "with no first day back yet"
            field = "ends_on" if but else "starts_on"
            said = f"They have another leave on record, from {other.starts_on:%-d %B %Y} {until}. Change that one first"
            raise BadInputError({field: said})


def _hold_still(session: WriteSession, person_id: int) -> None:
    """Two who record a leave of one person at the same moment come one after the other."""
    session.execute(sa.select(_person.c.id).where(_person.c.id == person_id).with_for_update())


def _written(
    session: WriteSession, actor: Actor, action: str, leave: LongLeave, now: datetime, **days: tuple[date | None, ...]
) -> None:
    """The kind is named and its value not kept: the audit log has readers who do not manage people."""
    changed = {field: (_iso(before), _iso(after)) for field, (before, after) in days.items()}
    fields = ("kind",) if action == "record leave" else ()
    audit.record(
        session, actor, action, "long_leave", leave.id, now=now, subject_id=leave.person_id, changed=changed,
        fields=fields,
    )  # fmt: skip
    staff_data_changed(session, now)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
