"""How what is told of a use is written and changes: its state, one line in the audit log, and who hears of it."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.kernel import audit, outbox
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.kernel.errors import StaleError
from app.learning.commands import ApplyAward, apply_award
from app.signing.models import PracticeUse
from app.signing.practice_wording import asked_line, decided_line, moved_line
from app.signing.queries import Use
from app.signing.rules import SignOffState

_use = table(PracticeUse)
STALE = "Something was done about this since you opened it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A piece of work: what it was, where, its last day, and in a sentence or two what was done."""

    what: str
    place: str
    worked_on: date | None
    account: str


def work_of(use: Use) -> Work:
    return Work(what=use.what, place=use.place, worked_on=use.worked_on, account=use.account)


def write_use(
    session: WriteSession,
    actor: Actor,
    person_id: int,
    tier: str,
    work: Work,
    asked_id: int,
    now: datetime,
    *,
    confirmed: bool = False,
) -> PracticeUse:
    assert work.worked_on is not None, "checked before"
    use = PracticeUse(
        person_id=person_id,
        tier=tier,
        what=work.what,
        place=work.place,
        worked_on=work.worked_on,
        account=work.account,
        state=SignOffState.CONFIRMED if confirmed else SignOffState.REQUESTED,
        told_at=now,
        told_by_id=actor.person_id,
        asked_id=asked_id,
        decided_at=now if confirmed else None,
        decided_by_id=actor.person_id if confirmed else None,
    )
    session.add(use)
    session.flush()
    action = "confirm use in practice" if confirmed else "tell use in practice"
    fields = ("what", "place", "worked_on", "account", "asked_id")
    audit.record(session, actor, action, "practice_use", use.id, now=now, subject_id=person_id, fields=fields)
    return use


def turn_use(session: WriteSession, actor: Actor, use: Use, action: str, now: datetime, **values: object) -> None:
    """Change one that waits as it was read, or raise StaleError."""
    as_read = (_use.c.id == use.id, _use.c.state == SignOffState.REQUESTED, _use.c.asked_id == use.asked_id)
    done = session.execute(sa.update(_use).where(*as_read).values(values))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise StaleError(STALE)
    fields = tuple(values)
    audit.record(session, actor, action, "practice_use", use.id, now=now, subject_id=use.person_id, fields=fields)


def apply_use(session: WriteSession, actor: Actor, use: Use, now: datetime) -> None:
    command = ApplyAward(person_id=use.person_id, tier=use.tier, occurred_on=use.worked_on, source=use.what)
    apply_award(session, actor, command, now)


def ask_no_longer(session: WriteSession, use: Use, now: datetime) -> None:
    """Nobody is told by next week's mail of what no longer waits for them, or for whom it waited."""
    for key in (_asked_key(use.id, use.asked_id), _moved_key(use.id, use.asked_id)):
        outbox.withdraw(session, key, now)


def _asked_key(use_id: int, asked_id: int) -> str:
    return f"use-asked:{use_id}:{asked_id}"


def _moved_key(use_id: int, asked_id: int) -> str:
    return f"use-moved:{use_id}:{asked_id}"


def ask_about(session: WriteSession, settings: Settings, use: Use, now: datetime) -> None:
    line, key = asked_line(settings, use), _asked_key(use.id, use.asked_id)
    outbox.tell(session, key=key, person_id=use.asked_id, kind="use-asked", line=line, now=now)


def tell_moved(session: WriteSession, settings: Settings, use: Use, before: str, now: datetime) -> None:
    """`before` was asked, and `use` is as it stands now. Partners find it on their page."""
    if use.kind is PersonKind.STAFF:
        line, key = moved_line(settings, use, before), _moved_key(use.id, use.asked_id)
        outbox.tell(session, key=key, person_id=use.person_id, kind="use-moved", line=line, now=now)


def tell_decided(
    session: WriteSession, settings: Settings, use: Use, by: str, now: datetime, *, confirmed: bool
) -> None:
    """Partners find it on their page: they get no routine mail."""
    if use.kind is PersonKind.STAFF:
        line, key = decided_line(settings, use, by, confirmed=confirmed), f"use-decided:{use.id}"
        outbox.tell(session, key=key, person_id=use.person_id, kind="use-decided", line=line, now=now)
