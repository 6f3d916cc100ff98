"""Somebody tells of a piece of work in which they used a level; whoever may says that it was so, or sends it back."""

from dataclasses import dataclass
from datetime import date, datetime

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import ReadSession, WriteSession
from app.kernel.errors import BadInputError, NotFoundError, StaleError
from app.learning.commands.reach import one_at_a_time
from app.learning.queries import own_level
from app.organisation.queries import person_in_reach
from app.signing.commands.using import (
    STALE,
    Work,
    apply_use,
    ask_about,
    ask_no_longer,
    tell_decided,
    turn_use,
    work_of,
    write_use,
)
from app.signing.queries.practice import (
    Use,
    check_confirms,
    confirmers,
    held_level,
    may_decide_use,
    use_by_id,
    uses_of,
    waiting_of,
)
from app.signing.rules import SignOffState, problems_with_use

LONGEST_COMMENT = 1000
NOT_HELD = "Since they told you, the level was taken back or begun anew. Send it back, with a word why"


@dataclass(frozen=True, slots=True, kw_only=True)
class TellUse:
    """`seen` is the id of what was told last when the page was opened; 0 for nothing."""

    tier: str
    work: Work
    asked_id: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideUse:
    """To send it back takes words."""

    use_id: int
    confirm: bool
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmUse:
    """Somebody who may confirm names a piece of work themselves."""

    person_id: int
    tier: str
    work: Work


def tell_use(session: WriteSession, settings: Settings, actor: Actor, command: TellUse, now: datetime) -> int:
    """Returns its id; told twice the same is one. Raises NotFoundError for a level that the actor does not hold,

    BadInputError by field, and StaleError while another waits, or when something happened since.
    """
    one_at_a_time(session, actor.person_id)
    held = held_level(session, actor.person_id, command.tier, london_date(now))
    before = uses_of(session, actor.person_id, command.tier)
    latest, waits = before[0] if before else None, waiting_of(before)
    if waits and work_of(waits) == command.work and waits.asked_id == command.asked_id:
        return waits.id
    if command.seen != (latest.id if latest else 0) or waits:
        raise StaleError(STALE)
    errors = _problems(command.work, held.first_granted_on, now)
    if not confirmers(session, [actor.person_id], london_date(now)).may(command.asked_id, actor.person_id):
        errors["asked"] = "Choose somebody from the list: only they may confirm it today"
    if errors:
        raise BadInputError(errors)
    use = write_use(session, actor, actor.person_id, command.tier, command.work, command.asked_id, now)
    ask_about(session, settings, use_by_id(session, use.id), now)
    return use.id


def withdraw_use(session: WriteSession, actor: Actor, tier: str, now: datetime) -> None:
    """Take back what waits of one's own; twice is once. Raises StaleError when it was decided first."""
    one_at_a_time(session, actor.person_id)
    before = uses_of(session, actor.person_id, tier)
    if not before:
        raise NotFoundError("use in practice")
    waits = waiting_of(before)
    if waits is None and before[0].state is SignOffState.WITHDRAWN:
        return
    if waits is None:
        raise StaleError(STALE)
    turn_use(session, actor, waits, "take back use in practice", now, state=SignOffState.WITHDRAWN)
    ask_no_longer(session, waits, now)


def decide_use(session: WriteSession, settings: Settings, actor: Actor, command: DecideUse, now: datetime) -> Use:
    """Confirm, which writes that the level was used, or send back. The same decision twice is one.

    Raises NotFoundError unless it is the actor's to decide today, BadInputError to send back without words, and
    StaleError when it waits no longer.
    """
    one_at_a_time(session, use_by_id(session, command.use_id).person_id)
    use = may_decide_use(session, actor, command.use_id, london_date(now))
    became = SignOffState.CONFIRMED if command.confirm else SignOffState.REJECTED
    if (use.state, use.decided_by_id, use.comment) == (became, actor.person_id, command.comment):
        return use
    if not use.waits:
        raise StaleError(STALE)
    if len(command.comment) > LONGEST_COMMENT:
        raise BadInputError({"comment": f"Write at most {LONGEST_COMMENT:,} characters"})
    if not command.confirm and not command.comment:
        raise BadInputError({"comment": "Write why you send it back, in a sentence. They read it"})
    if command.confirm and not _held_then(session, use, london_date(now)):
        raise BadInputError({"comment": NOT_HELD})
    action = "confirm use in practice" if command.confirm else "send back use in practice"
    decided = {"decided_at": now, "decided_by_id": actor.person_id, "comment": command.comment}
    turn_use(session, actor, use, action, now, state=became, **decided)
    ask_no_longer(session, use, now)
    if command.confirm:
        apply_use(session, actor, use, now)
    tell_decided(session, settings, use, actor.name, now, confirmed=command.confirm)
    return use


def _held_then(session: ReadSession, use: Use, today: date) -> bool:
    """Whether the level is still theirs, and was on the day of the work."""
    held = own_level(session, use.person_id, use.tier, today)
    return held is not None and held.first_granted_on <= use.worked_on


def confirm_use(session: WriteSession, settings: Settings, actor: Actor, command: ConfirmUse, now: datetime) -> Use:
    """Confirm a piece of work that nobody told of. The same twice is one.

    Raises NotFoundError unless the person is in reach, holds the level and is the actor's to confirm.
    """
    one_at_a_time(session, command.person_id)
    today = london_date(now)
    person_in_reach(session, actor, Permission.SEE_CAPABILITY, command.person_id, today)
    check_confirms(session, actor, command.person_id, today)
    held = held_level(session, command.person_id, command.tier, today)
    for use in uses_of(session, command.person_id, command.tier):
        if (
            use.decided_by_id == actor.person_id
            and use.state is SignOffState.CONFIRMED
            and work_of(use) == command.work
        ):
            return use
    if errors := _problems(command.work, held.first_granted_on, now):
        raise BadInputError(errors)
    written = write_use(
        session, actor, command.person_id, command.tier, command.work, actor.person_id, now, confirmed=True
    )
    use = use_by_id(session, written.id)
    apply_use(session, actor, use, now)
    tell_decided(session, settings, use, actor.name, now, confirmed=True)
    return use


def _problems(work: Work, held_since: date, now: datetime) -> dict[str, str]:
    return problems_with_use(
        work.what, work.place, work.worked_on, work.account, held_since=held_since, today=london_date(now)
    )
