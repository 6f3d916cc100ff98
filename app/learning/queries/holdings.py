"""Which levels people hold on a day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa

from app.kernel.db import ReadSession, table
from app.learning.models import Award, AwardEvent
from app.learning.rules import AwardEventKind
from app.organisation.queries import Leaves, leaves_of
from app.organisation.rules import Spell, moved_by

_award, _event = table(Award), table(AwardEvent)

People = Collection[int] | sa.Select[tuple[int]]
"""Ids, or a statement that selects them: a whole directorate need not travel to the database and back."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A level that a person holds, or held. `granted_on` is when they last earned it, `withdrawn` if it was taken.

    `valid_until` is moved by so many days of long leave: `moved`.
    """

    award_id: int
    granted_on: date
    valid_until: date | None
    edition_id: int | None
    source: str
    first_granted_on: date
    applied_on: date | None = None
    withdrawn_on: date | None = None
    moved: int = 0

    @property
    def withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    def lapsed(self, on: date) -> bool:
        """Whether it should have been refreshed by that day."""
        return self.valid_until is not None and self.valid_until < on


_EVENTS = (
    sa.select(
        _award.c.id,
        _award.c.person_id,
        _award.c.tier,
        _event.c.kind,
        _event.c.occurred_on,
        _event.c.valid_until,
        _event.c.edition_id,
        _event.c.source,
    )
    .join(_event, _event.c.award_id == _award.c.id)
    .order_by(_event.c.occurred_on, _event.c.id)
)


def holdings(
    session: ReadSession, person_ids: People, on: date, leaves: Leaves | None = None
) -> dict[int, dict[str, Holding]]:
    """Person → tier → what they hold as known on that day. People without any are left out. Two statements.

    One statement for whoever knows these people's `leaves` as on that day already.
    """
    away = leaves_of(session, person_ids, on) if leaves is None else leaves
    rows = session.execute(_EVENTS.where(_award.c.person_id.in_(person_ids), _event.c.occurred_on <= on))
    held: dict[int, dict[str, Holding]] = {}
    for row in rows:
        tiers = held.setdefault(row.person_id, {})
        if (after := _after(tiers.get(row.tier), row)) is not None:
            tiers[row.tier] = after
    for person_id in held.keys() & away.keys():
        held[person_id] = {tier: _moved(one, away[person_id], on) for tier, one in held[person_id].items()}
    return {person_id: tiers for person_id, tiers in held.items() if tiers}


def _moved(held: Holding, spells: Sequence[Spell], on: date) -> Holding:
    if held.valid_until is None:
        return held
    days = moved_by(spells, held.granted_on, held.valid_until, on)
    return replace(held, valid_until=held.valid_until + timedelta(days=days), moved=days)


def _after(before: Holding | None, row: sa.Row[tuple[object, ...]]) -> Holding | None:
    """A holding after one more of its events."""
    if row.kind in (AwardEventKind.GRANTED, AwardEventKind.REFRESHED):
        first = before.first_granted_on if before and not before.withdrawn else row.occurred_on
        applied = before.applied_on if before else None
        return Holding(row.id, row.occurred_on, row.valid_until, row.edition_id, row.source, first, applied)
    if before is None:
        return None
    if row.kind is AwardEventKind.APPLIED:
        return replace(before, applied_on=row.occurred_on)
    return replace(before, withdrawn_on=row.occurred_on)
