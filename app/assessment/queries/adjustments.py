"""Adjustments: what they say for whoever grants them, what they come to for the attempt."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.assessment.models import Adjustment
from app.assessment.rules import Leeway, in_force, together
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.organisation.models import Person
from app.organisation.queries import PersonRow, person_record

_adjustment, _person = table(Adjustment), table(Person)
_granter, _ender = _person.alias("granter"), _person.alias("ender")
_DATES = (_adjustment.c.starts_on, _adjustment.c.ends_on, _adjustment.c.ended_at)
_LEEWAY = sa.select(
    *_DATES, _adjustment.c.extra_time_percent, _adjustment.c.no_time_limit, _adjustment.c.extra_tries
).where(_adjustment.c.person_id == sa.bindparam("person_id"))


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    id: int
    leeway: Leeway
    arrangement: str
    reason: str
    starts_on: date
    ends_on: date | None
    ended_at: datetime | None
    granted_at: datetime
    granted_by: str
    ended_by: str | None


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A member of staff and every adjustment they were ever granted, the newest first."""

    person: PersonRow
    rows: tuple[AdjustmentRow, ...]


def leeway(session: ReadSession, person_id: int, now: datetime) -> Leeway:
    """What all that is in force for a person comes to: neither a reason nor a date leaves this query."""
    today = london_date(now)
    rows = session.execute(_LEEWAY, {"person_id": person_id})
    return together(
        Leeway(percent=row.extra_time_percent, no_limit=row.no_time_limit, tries=row.extra_tries)
        for row in rows
        if in_force(row.starts_on, row.ends_on, row.ended_at, now, today)
    )


def adjustments(session: ReadSession, actor: Actor, person_id: int, on: date) -> Adjusted:
    """Raises NotFoundError for somebody who is missing, out of reach or no member of staff."""
    person = person_record(session, actor, Permission.ADJUST, person_id, on)
    rows = session.execute(
        sa.select(_adjustment, _granter.c.name.label("granted_by"), _ender.c.name.label("ended_by"))
        .join(_granter, _granter.c.id == _adjustment.c.granted_by_id)
        .outerjoin(_ender, _ender.c.id == _adjustment.c.ended_by_id)
        .where(_adjustment.c.person_id == person_id)
        .order_by(_adjustment.c.starts_on.desc(), _adjustment.c.id.desc())
    )
    return Adjusted(
        person,
        tuple(
            AdjustmentRow(
                row.id,
                Leeway(percent=row.extra_time_percent, no_limit=row.no_time_limit, tries=row.extra_tries),
                row.arrangement,
                row.reason,
                row.starts_on,
                row.ends_on,
                row.ended_at,
                row.granted_at,
                row.granted_by,
                row.ended_by,
            )
            for row in rows
        ),
    )


def arranged_between(session: ReadSession, one_id: int, other_id: int) -> bool:
    """Whether one of these two decided an adjustment for the other. Says nothing of what it is."""
    both = (one_id, other_id)
    decided = sa.or_(_adjustment.c.granted_by_id.in_(both), _adjustment.c.ended_by_id.in_(both))
    wanted = sa.select(_adjustment.c.id).where(_adjustment.c.person_id.in_(both), decided).limit(1)
    return session.execute(wanted).first() is not None
