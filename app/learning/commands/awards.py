"""A person comes to hold a level, or it is taken back. What happened before stays in its dated events."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.curriculum.models import Tier
from app.curriculum.queries import latest_view
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError
from app.learning.commands.reach import may_act_for
from app.learning.models import Award, AwardEvent
from app.learning.queries import Holding, own_level
from app.learning.rules import AwardEventKind, valid_until

_award, _tier = table(Award), table(Tier)
LONGEST_REASON = 120


class Lapse(Enum):
    """When a level lapses, where nobody said a day."""

    AS_THE_LEVEL_SAYS = "as the level says"


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantAward:
    """`source` says what it rests on: a course and its edition, a portfolio, an external record.

    `valid_until` is given where somebody decided it: the last day, or None for a level that then never lapses.
    """

    person_id: int
    tier: str
    occurred_on: date
    edition_id: int | None = None
    source: str
    valid_until: date | Lapse | None = Lapse.AS_THE_LEVEL_SAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAward:
    person_id: int
    tier: str
    occurred_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyAward:
    """The level was used in a piece of work, which `source` names, that ended on that day."""

    person_id: int
    tier: str
    occurred_on: date
    source: str


def grant_award(session: WriteSession, actor: Actor, command: GrantAward, now: datetime) -> AwardEvent:
    """Write that a person holds a level from that day; a level they hold already is refreshed.

    The same day, source and given last day twice is one event. Whoever calls has asked whether the actor may.
    """
    held = _held(session, command.person_id, command.tier, command.occurred_on)
    if held and _is_the_same(held, command):
        return _event_of(session, held)
    kind = AwardEventKind.REFRESHED if held else AwardEventKind.GRANTED
    until = _until(session, command)
    event = AwardEvent(
        award_id=_award_id(session, command.person_id, command.tier),
        kind=kind,
        occurred_on=command.occurred_on,
        valid_until=until,
        edition_id=command.edition_id,
        source=command.source[:LONGEST_REASON],
        recorded_at=now,
        recorded_by_id=actor.person_id,
    )
    action = "refresh award" if held else "grant award"
    return _written(session, actor, action, event, command, now)


def withdraw_award(session: WriteSession, actor: Actor, command: WithdrawAward, now: datetime) -> AwardEvent:
    """Take a level back, for a reason. Raises RuleBrokenError when the person does not hold it."""
    may_act_for(session, actor, command.person_id, Permission.MANAGE_PEOPLE, london_date(now))
    if not command.reason.strip():
        raise BadInputError({"reason": "Enter why the level is withdrawn"})
    held = _held(session, command.person_id, command.tier, command.occurred_on)
    if held is None:
        raise RuleBrokenError("They do not hold this level on that day, so there is nothing to withdraw.")
    event = AwardEvent(
        award_id=held.award_id,
        kind=AwardEventKind.WITHDRAWN,
        occurred_on=command.occurred_on,
        edition_id=held.edition_id,
        source=command.reason.strip()[:LONGEST_REASON],
        recorded_at=now,
        recorded_by_id=actor.person_id,
    )
    return _written(session, actor, "withdraw award", event, command, now)


def apply_award(session: WriteSession, actor: Actor, command: ApplyAward, now: datetime) -> AwardEvent:
    """Write that a level was used in practice, as the actor confirms. Whoever calls has asked whether they may.

    Raises RuleBrokenError when the person does not hold it, or came to hold it after that day.
    """
    held = _held(session, command.person_id, command.tier, london_date(now))
    if held is None or command.occurred_on < held.first_granted_on:
        raise RuleBrokenError("They did not hold this level on that day, so it was not used.")
    event = AwardEvent(
        award_id=held.award_id,
        kind=AwardEventKind.APPLIED,
        occurred_on=command.occurred_on,
        edition_id=held.edition_id,
        source=command.source[:LONGEST_REASON],
        recorded_at=now,
        recorded_by_id=actor.person_id,
    )
    return _written(session, actor, "confirm use of award", event, command, now)


def _written(
    session: WriteSession,
    actor: Actor,
    action: str,
    event: AwardEvent,
    command: GrantAward | WithdrawAward | ApplyAward,
    now: datetime,
) -> AwardEvent:
    session.add(event)
    session.flush()
    changed = {"tier": (None, command.tier), "occurred_on": (None, command.occurred_on.isoformat())}
    person_id = command.person_id
    audit.record(session, actor, action, "award_event", event.id, now=now, subject_id=person_id, changed=changed)
    return event


def _held(session: ReadSession, person_id: int, tier: str, on: date) -> Holding | None:
    return own_level(session, person_id, tier, on)


def _is_the_same(held: Holding, command: GrantAward) -> bool:
    same_until = command.valid_until is Lapse.AS_THE_LEVEL_SAYS or command.valid_until == held.valid_until
    return same_until and (held.granted_on, held.source) == (command.occurred_on, command.source[:LONGEST_REASON])


def _until(session: ReadSession, command: GrantAward) -> date | None:
    if isinstance(command.valid_until, Lapse):
        return valid_until(command.occurred_on, _validity_months(session, command))
    return command.valid_until


def _event_of(session: ReadSession, held: Holding) -> AwardEvent:
    event = session.scalar(
        sa.select(AwardEvent)
        .where(table(AwardEvent).c.award_id == held.award_id, table(AwardEvent).c.occurred_on == held.granted_on)
        .where(table(AwardEvent).c.kind != AwardEventKind.APPLIED)
        .order_by(table(AwardEvent).c.id.desc())
        .limit(1)
    )
    assert event is not None
    return event


def _award_id(session: WriteSession, person_id: int, tier: str) -> int:
    found = session.scalar(sa.select(_award.c.id).where(_award.c.person_id == person_id, _award.c.tier == tier))
    if found is not None:
        return int(found)
    award = Award(person_id=person_id, tier=tier)
    session.add(award)
    session.flush()
    return award.id


def _validity_months(session: ReadSession, command: GrantAward) -> int | None:
    if command.edition_id is not None:
        return latest_view(session, command.edition_id).validity_months
    row = session.execute(sa.select(_tier.c.validity_months).where(_tier.c.slug == command.tier)).first()
    if row is None:
        raise NotFoundError("tier")
    months: int | None = row.validity_months
    return months
