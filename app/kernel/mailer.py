"""Sends what waits in the outbox over SMTP. A mail is leased, sent, then marked; a lost worker's lease runs out.

A mail can reach its reader twice only when the server took it and its answer was lost; then both copies carry the
same Message-ID.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.kernel.clock import Clock
from app.kernel.config import Settings
from app.kernel.db import Database, ReadSession, table
from app.kernel.outbox import Mail
from app.kernel.smtp import Tried, deliver

LEASE = timedelta(minutes=10)
"""Longer than one mail can take: every answer of a server that almost hangs, one after the other."""

SECONDS_TO_WAIT = 15.0
AT_ONCE = 20
MOST_TRIES = 30
"""About four days with the waits below, as mail servers do: an outage over a long weekend loses no invitation."""

LONGEST_WAIT = 240

MayReceive = Callable[[ReadSession, Collection[int], datetime], set[int]]
"""Which of these people may still be written to (a leaver may not)."""

_mail = table(Mail)


@dataclass(slots=True)
class Round:
    """What one round of the worker did."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0


def send_waiting(
    db: Database, settings: Settings, may_receive: MayReceive, clock: Clock, patience: float = SECONDS_TO_WAIT
) -> Round:
    """Send up to twenty mails that are due; the round ends early when the server does not answer.

    Without an SMTP server they stay where they are. `patience`: seconds to wait for each of the server's answers.
    """
    done = Round()
    while settings.smtp_url and done.sent + done.put_off + done.given_up < AT_ONCE:
        mail = _lease(db, clock.now())
        if mail is None:
            break
        tried = _try(db, settings, may_receive, mail, clock.now(), patience)
        _settle(db, mail, tried, clock.now(), done)
        if not tried.reached:
            break
    return done


def _try(
    db: Database, settings: Settings, may_receive: MayReceive, mail: Mail, now: datetime, patience: float
) -> Tried:
    with db.read() as session:
        welcome = may_receive(session, {mail.person_id}, now)
    return deliver(settings, mail, patience) if welcome else Tried("This person has left.", final=True)


def _lease(db: Database, now: datetime) -> Mail | None:
    """The mail that has waited longest, for this worker alone. One at a time: a slow server holds up no other mail."""
    due = (
        _mail.c.sent_at.is_(None),
        _mail.c.given_up_at.is_(None),
        _mail.c.not_before <= now,
        sa.or_(_mail.c.leased_until.is_(None), _mail.c.leased_until <= now),
    )
    with db.read() as session:
        if session.scalar(sa.select(_mail.c.id).where(*due).limit(1)) is None:
            return None
    first = sa.select(Mail).where(*due).order_by(_mail.c.not_before, _mail.c.id).limit(1)
    with db.write() as session:
        mail = session.scalar(first.with_for_update(skip_locked=True))
        if mail is not None:
            mail.leased_until = now + LEASE
            mail.tries += 1
            session.flush()
            session.expunge(mail)
        return mail


SENT_AND_GONE = "This text is not kept after sending: it held a link that works once."


def _settle(db: Database, mail: Mail, tried: Tried, now: datetime, done: Round) -> None:
    values: dict[str, object] = {"leased_until": None, "problem": tried.problem[:500]}
    if not tried.problem:
        values |= {"sent_at": now} | ({} if mail.routine else {"body": SENT_AND_GONE})
        done.sent += 1
    elif tried.final or mail.tries >= MOST_TRIES:
        values["given_up_at"] = now
        done.given_up += 1
    else:
        values["not_before"] = now + timedelta(minutes=min(2**mail.tries, LONGEST_WAIT))
        done.put_off += 1
    with db.write() as session:
        session.execute(sa.update(_mail).where(_mail.c.id == mail.id).values(values))
