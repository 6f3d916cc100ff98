"""The targets in force."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.kernel.db import ReadSession, table
from app.organisation.models import Person
from app.planning.models import Target
from app.planning.rules import TargetKind

_target, _person = table(Target), table(Person)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target in force; `staff_group` is empty for the whole directorate."""

    id: int
    directorate_id: int
    tier: str
    year: int
    kind: TargetKind
    value: float
    staff_group: str
    reason: str
    set_by: str
    set_at: datetime


def open_targets(session: ReadSession, directorate_ids: Collection[int], year: int) -> list[TargetRow]:
    """The targets of these directorates for a financial year. Ask first whether they are in reach."""
    t = _target.c
    rows = session.execute(
        sa.select(
            t.id,
            t.directorate_id,
            t.tier,
            t.year,
            t.kind,
            t.value,
            t.staff_group,
            t.reason,
            _person.c.name,
            t.set_at,
        )
        .join(_person, _person.c.id == t.set_by_id)
        .where(t.directorate_id.in_(directorate_ids), t.year == year, t.superseded_at.is_(None))
        .order_by(t.directorate_id, t.tier, t.staff_group)
    )
    return [TargetRow(*row) for row in rows]
