"""Which levels people hold on a day."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.kernel.db import ReadSession, table
from app.learning.models import Award, AwardEvent
from app.learning.rules import AwardEventKind, Holding
from app.organisation.queries import Leaves, leaves_of, stopped_clock
from app.organisation.rules import Spell, moved_by

_award, _event, _later = table(Award), table(AwardEvent), table(AwardEvent).alias("later")
GIVES = (AwardEventKind.GRANTED, AwardEventKind.REFRESHED)
DECIDES = (*GIVES, AwardEventKind.WITHDRAWN)
"""The newest of these says whether somebody holds a level, and until when."""

People = Collection[int] | sa.Select[tuple[int]]
"""Ids, or a statement that selects them: a whole directorate need not travel to the database and back."""


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

_PERSON = 1
"""Where an event's row has its person."""


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
        _add(held.setdefault(row[_PERSON], {}), row)
    return {person_id: _moved(tiers, away.get(person_id, ()), on) for person_id, tiers in held.items() if tiers}


def decides_on(on: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """Whether a row of table(AwardEvent) gives or takes a level, and nothing has overtaken it by that day."""
    overtaken = sa.exists().where(
        _later.c.award_id == _event.c.award_id,
        _later.c.occurred_on <= on,
        _later.c.kind.in_(DECIDES),
        sa.or_(
            _later.c.occurred_on > _event.c.occurred_on,
            sa.and_(_later.c.occurred_on == _event.c.occurred_on, _later.c.id > _event.c.id),
        ),
    )
    return sa.and_(_event.c.kind.in_(DECIDES), _event.c.occurred_on <= on, ~overtaken)


def is_valid(on: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """Whether the level of such a row is still held, long leave left aside."""
    return sa.or_(_event.c.valid_until.is_(None), _event.c.valid_until >= on)


def holds(person_id: sa.ColumnElement[int], tier: sa.ColumnElement[str], on: date) -> sa.ColumnElement[bool]:
    """Whether the person of a row holds the tier of that row on a day, long leave left aside."""
    newest = (
        sa.select(sa.and_(_event.c.kind.in_(GIVES), is_valid(on)))
        .select_from(_award.join(_event, _event.c.award_id == _award.c.id))
        .where(_award.c.person_id == person_id, _award.c.tier == tier)
        .where(_event.c.kind.in_(DECIDES), _event.c.occurred_on <= on)
        .order_by(_event.c.occurred_on.desc(), _event.c.id.desc())
        .limit(1)
    )
    return sa.func.coalesce(newest.scalar_subquery(), sa.false())


def all_held(on: date) -> sa.Select[tuple[int, str]]:
    """The same of everybody: who holds which tier on a day, long leave left aside."""
    held = sa.and_(decides_on(on), _event.c.kind.in_(GIVES), is_valid(on))
    return sa.select(_award.c.person_id, _award.c.tier).join(_event, _event.c.award_id == _award.c.id).where(held)


def refreshed_later(person_id: sa.ColumnElement[int], tier: sa.ColumnElement[str], on: date) -> sa.ColumnElement[bool]:
    """Whether long leave has moved a day, past then, by which the person of a row was to refresh the row's tier."""
    past = sa.and_(_event.c.valid_until < on, _event.c.occurred_on <= on)
    moved = stopped_clock(_award.c.person_id, _event.c.occurred_on, _event.c.valid_until)
    own = sa.and_(_award.c.person_id == person_id, _award.c.tier == tier, _event.c.award_id == _award.c.id)
    return sa.exists().where(own, past, moved)


def own_levels(session: ReadSession, person_id: int, on: date) -> dict[str, Holding]:
    """Tier → what this person holds on that day, past its date or not; what was withdrawn is not there."""
    held = holdings(session, [person_id], on).get(person_id, {})
    return {tier: one for tier, one in held.items() if not one.withdrawn}


def own_level(session: ReadSession, person_id: int, tier: str | None, on: date) -> Holding | None:
    """One of them; None where they do not hold it."""
    return own_levels(session, person_id, on).get(tier or "")


@dataclass(frozen=True, slots=True)
class Histories:
    """Everything that ever happened to some people's levels, for questions about a different day for each."""

    events: Mapping[int, Sequence[sa.Row[Any]]]
    leaves: Leaves

    def on(self, person_id: int, day: date) -> dict[str, Holding]:
        """Tier → what this person held as known on that day."""
        held: dict[str, Holding] = {}
        for row in self.events.get(person_id, ()):
            if row.occurred_on <= day:
                _add(held, row)
        return _moved(held, self.leaves.get(person_id, ()), day)


def histories(session: ReadSession, person_ids: People, until: date) -> Histories:
    """What happened to these people's levels up to a day, in order. Two statements."""
    events: dict[int, list[sa.Row[Any]]] = defaultdict(list)
    for row in session.execute(_EVENTS.where(_award.c.person_id.in_(person_ids), _event.c.occurred_on <= until)):
        events[row.person_id].append(row)
    return Histories(events, leaves_of(session, person_ids, until))


def _moved(held: dict[str, Holding], spells: Sequence[Spell], on: date) -> dict[str, Holding]:
    """Each with its end moved by the days of leave."""
    return {tier: _moved_one(one, spells, on) for tier, one in held.items()} if spells else held


def _moved_one(held: Holding, spells: Sequence[Spell], on: date) -> Holding:
    if held.valid_until is None:
        return held
    days = moved_by(spells, held.granted_on, held.valid_until, on)
    return held._replace(valid_until=held.valid_until + timedelta(days=days), moved=days)


def _add(held: dict[str, Holding], row: Sequence[Any]) -> None:
    """One more event of one person's levels."""
    award_id, _person_id, tier, kind, on, valid_until, edition_id, source = row
    before = held.get(tier)
    if kind in GIVES:
        still = before if before and not before.withdrawn else None
        first, applied = (still.first_granted_on, still.applied_on) if still else (on, None)
        held[tier] = Holding(award_id, on, valid_until, edition_id, source, first, applied)
    elif before is not None:
        used = kind is AwardEventKind.APPLIED
        held[tier] = before._replace(applied_on=on) if used else before._replace(withdrawn_on=on)
