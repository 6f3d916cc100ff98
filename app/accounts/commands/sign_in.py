"""Signing in and out. The rows of sign-ins are their own record; only ending one by hand is written down besides."""

from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts.models import Credential, SignInSession
from app.accounts.passwords import Verdict
from app.accounts.queries import Known
from app.accounts.sessions import begin, end_all, end_by_token, held_by, token_hash
from app.kernel import audit
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.kernel.errors import NotFoundError

_session = table(SignInSession)
_credential = table(Credential)


def sign_in(
    session: WriteSession,
    settings: Settings,
    known: Known,
    verdict: Verdict,
    now: datetime,
    *,
    former_token: str | None = None,
    browser: str = "",
    address: str = "",
) -> tuple[str, Actor] | None:
    """Begin a sign-in after a right password: a new token, and this browser's former sign-in ends.

    None when they may not sign in: the password was wrong, the account is suspended, they have left, or the password
    was changed while this one was being looked at.
    """
    held = held_by(session, known.person_id, known.kind, now)
    if not verdict.right or known.suspended or held is None or not _still(session, known):
        return None
    if verdict.newer_hash:
        mine = _credential.c.person_id == known.person_id
        session.execute(sa.update(_credential).where(mine).values(password_hash=verdict.newer_hash))
    end_by_token(session, former_token, now)
    token = begin(session, settings, known.person_id, now, browser=browser, address=address)
    session.flush()
    session_id = session.scalar(sa.select(_session.c.id).where(_session.c.token_hash == token_hash(token)))
    return token, Actor(known.person_id, known.kind, known.name, held, session_id)


def sign_out(session: WriteSession, token: str | None, now: datetime) -> None:
    end_by_token(session, token, now)


def end_session(session: WriteSession, actor: Actor, session_id: int, now: datetime) -> None:
    """End one of one's own sign-ins. Raises NotFoundError for anybody else's."""
    row = session.get(SignInSession, session_id)
    if row is None or row.person_id != actor.person_id or row.ended_at is not None:
        raise NotFoundError("sign-in")
    row.ended_at = now
    audit.record(session, actor, "end sign-in", "sign_in_session", row.id, now=now, subject_id=actor.person_id)


def end_other_sessions(session: WriteSession, actor: Actor, now: datetime) -> int:
    """End one's sign-ins in every other browser. Returns how many there were."""
    ended = end_all(session, actor.person_id, now, but=actor.session_id)
    audit.record(
        session, actor, "end other sign-ins", "person", actor.person_id, now=now, subject_id=actor.person_id, rows=ended
    )
    return ended


def _still(session: WriteSession, known: Known) -> bool:
    stored = session.execute(
        sa.select(_credential.c.password_hash, _credential.c.suspended).where(
            _credential.c.person_id == known.person_id
        )
    ).one()
    return stored.password_hash == known.password_hash and not stored.suspended
