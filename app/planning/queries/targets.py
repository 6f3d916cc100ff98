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


_ROWS = sa.select(
    _target.c.id,
    _target.c.directorate_id,
    _target.c.tier,
    _target.c.year,
    _target.c.kind,
    _target.c.value,
    _target.c.staff_group,
    _target.c.reason,
    _person.c.name,
    _target.c.set_at,
).join(_person, _person.c.id == _target.c.set_by_id)


def open_targets(session: ReadSession, directorate_ids: Collection[int], year: int) -> list[TargetRow]:
    """The targets of these directorates for a financial year. Ask first whether they are in reach."""
    t = _target.c
    rows = session.execute(
        _ROWS.where(t.directorate_id.in_(directorate_ids), t.year == year, t.superseded_at.is_(None)).order_by(
            t.directorate_id, t.tier, t.staff_group
        )
    )
    return [TargetRow(*row) for row in rows]


def seen_targets(session: ReadSession, directorate_id: int, year: int, ids: Collection[int]) -> dict[int, TargetRow]:
    """Targets of a directorate by id, in force or not: a target is superseded and never changed."""
    t = _target.c
    rows = session.execute(_ROWS.where(t.id.in_(ids), t.directorate_id == directorate_id, t.year == year))
    return {row.id: row for row in (TargetRow(*found) for found in rows)}
