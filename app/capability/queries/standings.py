"""Where people stand in every tier as at one day: a fixed number of statements, however many people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

import sqlalchemy as sa

from app.capability.models import LevelRequest, Requirement
from app.capability.queries.begun import Key, People, learning_of, placed
from app.capability.rules import (
    NOT_STARTED,
    Held,
    Need,
    NeedSource,
    PauseReason,
    Progress,
    RequestState,
    Standing,
    places_offered,
    progress_of,
)
from app.curriculum.queries import tiers
from app.curriculum.rules import Audience
from app.curriculum.views import TierView
from app.kernel.clock import LONDON, london_date
from app.kernel.db import ReadSession, table
from app.learning.queries import holdings
from app.organisation.queries import Leaves, leaves_of
from app.organisation.rules import away_on, moved_by

_requirement, _request = table(Requirement), table(LevelRequest)

Decided = tuple[int, Need | None, date | None, NeedSource | None, PauseReason | None, int]
"""A requirement's id and what it says; the last is by how many days leave has moved its date."""
UNDECIDED: Decided = (0, None, None, None, None, 0)


@dataclass(frozen=True, slots=True)
class AsAt:
    """A day, and the moment up to which what was decided counts."""

    on: date
    at: datetime

    @classmethod
    def of(cls, on: date, now: datetime) -> "AsAt":
        return cls(on, min(now, datetime.combine(on, time.max, LONDON).astimezone(now.tzinfo)))


def open_at(at: datetime) -> sa.ColumnElement[bool]:
    """Whether a requirement held at that moment."""
    return sa.and_(
        _requirement.c.decided_at <= at,
        sa.or_(_requirement.c.superseded_at.is_(None), _requirement.c.superseded_at > at),
    )


def unanswered() -> sa.ColumnElement[bool]:
    """Whether a request still waits: nobody answered it, nor decided about the level since it was asked for."""
    return sa.and_(_request.c.state == RequestState.WAITING, ~_decided_since())


def on_plan() -> sa.ColumnElement[bool]:
    """Whether a request is on the plan for a place to come, and nobody has decided about the level since."""
    return sa.and_(_request.c.state == RequestState.PLANNED, ~_decided_since())


def _decided_since() -> sa.ColumnElement[bool]:
    return sa.exists().where(
        _requirement.c.person_id == _request.c.person_id,
        _requirement.c.tier == _request.c.tier,
        _requirement.c.superseded_at.is_(None),
        _requirement.c.decided_at >= _request.c.asked_at,
    )


def matrix_tiers(session: ReadSession) -> tuple[TierView, ...]:
    """The tiers that the grid shows, in their order: never a partners' one."""
    return tuple(t for t in tiers(session) if t.in_matrix and t.audience is Audience.STAFF)


@dataclass(frozen=True)
class Standings:
    """Everything that is known of some people, tier by tier. Where nothing is known, a tier's blank standing."""

    tiers: tuple[TierView, ...]
    blanks: tuple[Standing, ...]
    told: Mapping[int, Mapping[str, Standing]]
    """Person → tier → their standing, where anything is known: of a thousand people's cells a third."""
    away: frozenset[int]
    """Who is on long leave on that day."""

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {tier.slug: place for place, tier in enumerate(self.tiers)}

    @cached_property
    def _blanks_away(self) -> tuple[Standing, ...]:
        return tuple(blank._replace(away=True) for blank in self.blanks)

    def of(self, person_id: int) -> tuple[Standing, ...]:
        told = self.told.get(person_id)
        blanks = self._blanks_away if person_id in self.away else self.blanks
        if not told:
            return blanks
        own = list(blanks)
        for tier, standing in told.items():
            if (place := self._places.get(tier)) is not None:
                own[place] = standing
        return tuple(own)

    def one(self, person_id: int, tier: str) -> Standing:
        """One person in one tier; nothing known of a tier that the grid does not show."""
        blank = next((b for t, b in zip(self.tiers, self.blanks, strict=True) if t.slug == tier), Standing())
        told = self.told.get(person_id, {}).get(tier)
        return told or (blank._replace(away=True) if person_id in self.away else blank)


def standings(session: ReadSession, people: People, when: AsAt, tiers: tuple[TierView, ...]) -> Standings:
    """Where these people stand. Seven statements."""
    leaves = leaves_of(session, people, when.on)
    away, learning = _away(leaves, when.on), learning_of(session, people, when.on, when.at)
    return _together(
        tiers,
        away,
        _decided(session, people, when, leaves),
        _progress(session, people, when, leaves, away, learning),
        asked=_requested(session, people, unanswered()),
        planned=_requested(session, people, on_plan()),
        given=placed(session, people, when.at),
    )


def blank_standings(tiers: tuple[TierView, ...]) -> Standings:
    """Of nobody."""
    return _together(tiers, frozenset(), {}, {})


def levels_needed(session: ReadSession, people: People, when: AsAt, tiers: tuple[TierView, ...]) -> Standings:
    """The same without how far whoever has not completed a level has come, or whether they asked. Three statements."""
    leaves = leaves_of(session, people, when.on)
    away = _away(leaves, when.on)
    progress = _progress(session, people, when, leaves, away, {})
    return _together(tiers, away, _decided(session, people, when, leaves), progress)


def _away(leaves: Leaves, on: date) -> frozenset[int]:
    return frozenset(person_id for person_id, spells in leaves.items() if away_on(spells, on))


_NONE: frozenset[Key] = frozenset()


def _together(
    tiers: tuple[TierView, ...],
    away: frozenset[int],
    decided: dict[Key, Decided],
    progress: dict[Key, Progress],
    *,
    asked: frozenset[Key] = _NONE,
    planned: frozenset[Key] = _NONE,
    given: frozenset[Key] = _NONE,
) -> Standings:
    offered = {tier.slug: places_offered(tier.delivered) for tier in tiers}
    told: dict[int, dict[str, Standing]] = {}
    for key in decided.keys() | progress.keys() | asked | planned:
        person_id, tier = key
        seen, need, due, source, pause_reason, moved = decided.get(key, UNDECIDED)
        told.setdefault(person_id, {})[tier] = Standing(
            progress.get(key, NOT_STARTED),
            seen,
            need,
            due,
            source,
            pause_reason,
            key in asked,
            offered.get(tier, True) or key in given,
            moved,
            person_id in away,
            key in planned,
        )
    return Standings(tiers, tuple(Standing(offered=one) for one in offered.values()), told, away)


def _requested(session: ReadSession, people: People, state: sa.ColumnElement[bool]) -> frozenset[Key]:
    wanted = sa.select(_request.c.person_id, _request.c.tier).where(_request.c.person_id.in_(people), state)
    return frozenset((row.person_id, row.tier) for row in session.execute(wanted))


def _decided(session: ReadSession, people: People, when: AsAt, leaves: Leaves) -> dict[Key, Decided]:
    r = _requirement.c
    rows = session.execute(
        sa.select(r.person_id, r.tier, r.id, r.need, r.due, r.source, r.pause_reason, r.decided_at).where(
            r.person_id.in_(people), open_at(when.at)
        )
    )
    found: dict[Key, Decided] = {}
    for person_id, tier, seen, need, due, source, pause_reason, decided_at in rows:
        moved, by = 0, due
        if person_id in leaves and need is Need.REQUIRED and due is not None:
            moved = moved_by(leaves[person_id], london_date(decided_at), due, when.on)
            by = due + timedelta(days=moved)
        found[person_id, tier] = (seen, need, by, source, pause_reason, moved)
    return found


def _progress(
    session: ReadSession,
    people: People,
    when: AsAt,
    leaves: Leaves,
    away: frozenset[int],
    learning: dict[Key, tuple[int, int]],
) -> dict[Key, Progress]:
    held = {
        (person_id, tier): Held(holding.granted_on, holding.valid_until, holding.moved, holding)
        for person_id, tiers in holdings(session, people, when.on, leaves).items()
        for tier, holding in tiers.items()
        if not holding.withdrawn
    }
    return {
        key: progress_of(held.get(key), learning.get(key), when.on, away=key[0] in away)
        for key in held.keys() | learning.keys()
    }
