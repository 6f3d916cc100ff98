"""Sign-in sessions: a random token in a cookie, its hash in a row, idle and absolute limits."""

import hashlib
import logging
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from app.access.actor import Actor, Held, PersonKind, ScopeKind
from app.access.permissions import Role
from app.accounts.models import Credential, RoleGrant, SignInSession
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import Database, ReadSession, WriteSession, table
from app.kernel.errors import BusyError
from app.organisation.models import Employment, Person

log = logging.getLogger("qi.accounts")

SEEN_EVERY = timedelta(minutes=5)

_person = table(Person)
_session = table(SignInSession)
_credential = table(Credential)
_grant = table(RoleGrant)
_employment = table(Employment)
_left = _employment.alias("left")
_stayed = _employment.alias("stayed")

# The statements of this file, and others over `granted_today`, take the day as a parameter: `{"today": on}`.
_today = sa.bindparam("today", type_=sa.Date)
_works_here = (
    sa.exists()
    .where(
        _employment.c.person_id == _person.c.id,
        _employment.c.starts_on <= _today,
        sa.or_(_employment.c.ends_on.is_(None), _employment.c.ends_on > _today),
    )
    .label("works_here")
)
# A role does not outlive a break: whoever left and came back is given their roles anew.
granted_today = sa.and_(
    _grant.c.person_id == _person.c.id,
    _grant.c.starts_on <= _today,
    sa.or_(_grant.c.ends_on.is_(None), _grant.c.ends_on > _today),
    ~sa.exists().where(
        _left.c.person_id == _grant.c.person_id,
        _left.c.ends_on > _grant.c.starts_on,
        _left.c.ends_on <= _today,
        ~sa.exists().where(
            _stayed.c.person_id == _left.c.person_id,
            _stayed.c.starts_on <= _left.c.ends_on,
            sa.or_(_stayed.c.ends_on.is_(None), _stayed.c.ends_on > _left.c.ends_on),
        ),
    ),
)
# One row for each role held, and one without for whoever holds none.
_HELD = (
    sa.select(_works_here, _grant.c.role, _grant.c.scope_kind, _grant.c.scope_id, _grant.c.ends_on)
    .select_from(_person.outerjoin(_grant, granted_today))
    .where(_person.c.id == sa.bindparam("person_id"))
)
_WHO = (
    sa.select(
        _session.c.id,
        _session.c.seen_at,
        _session.c.ends_at.label("session_ends_at"),
        _session.c.ended_at,
        _person.c.id.label("person_id"),
        _person.c.kind,
        _person.c.name,
        _credential.c.suspended,
        _works_here,
        _grant.c.role,
        _grant.c.scope_kind,
        _grant.c.scope_id,
        _grant.c.ends_on,
    )
    .select_from(_session.join(_person).join(_credential).outerjoin(_grant, granted_today))
    .where(_session.c.token_hash == sa.bindparam("token_hash"))
)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin(
    session: WriteSession, settings: Settings, person_id: int, now: datetime, *, browser: str = "", address: str = ""
) -> str:
    """Begin a sign-in and return its token, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignInSession(
            token_hash=token_hash(token),
            person_id=person_id,
            began_at=now,
            seen_at=now,
            ends_at=now + timedelta(hours=settings.session_hours),
            browser=browser[:120],
            address=address[:64],
        )
    )
    return token


def find_actor(
    db: Database, session: ReadSession, settings: Settings, token: str | None, now: datetime
) -> Actor | None:
    """Whoever a cookie's token stands for, with the grants they hold today; None when nobody, ended or left.

    A leaver's employment has ended, so they are nobody at their next request. Marks the session as seen at most
    every five minutes, in a transaction of its own.
    """
    if not token:
        return None
    rows = session.execute(_WHO, {"token_hash": token_hash(token), "today": london_date(now)}).all()
    if not rows:
        return None
    row = rows[0]
    idle_until = row.seen_at + timedelta(minutes=settings.session_idle_minutes)
    if row.suspended or row.ended_at is not None or min(row.session_ends_at, idle_until) <= now:
        return None
    held = _held_in(row.kind, rows)
    if held is None:
        return None
    if row.seen_at + SEEN_EVERY <= now:
        _see(db, row.id, now)
    return Actor(row.person_id, row.kind, row.name, held, row.id)


def _see(db: Database, session_id: int, now: datetime) -> None:
    """Whoever only reads is not turned away when nothing can be written."""
    try:
        with db.write() as session:
            session.execute(sa.update(_session).where(_session.c.id == session_id).values(seen_at=now))
    except (OperationalError, BusyError):
        log.warning("a sign-in could not be marked as seen", exc_info=True)


def held_by(session: ReadSession, person_id: int, kind: PersonKind, now: datetime) -> tuple[Held, ...] | None:
    """What a person holds today. None when they may not sign in: staff without a current post, the system."""
    return _held_in(kind, session.execute(_HELD, {"person_id": person_id, "today": london_date(now)}).all())


def _held_in(kind: PersonKind, rows: Sequence[sa.Row[Any]]) -> tuple[Held, ...] | None:
    if kind is PersonKind.PARTNER:
        return (Held(Role.PARTNER, ScopeKind.OWN),)
    if kind is PersonKind.SYSTEM or not rows or not rows[0].works_here:
        return None
    granted = (Held(row.role, row.scope_kind, row.scope_id, row.ends_on) for row in rows if row.role is not None)
    return (Held(Role.STAFF, ScopeKind.OWN), *granted)


def end_by_token(session: WriteSession, token: str | None, now: datetime) -> None:
    """End the sign-in that a cookie stands for, if there is one."""
    if token:
        mine = (_session.c.token_hash == token_hash(token)) & _session.c.ended_at.is_(None)
        session.execute(sa.update(_session).where(mine).values(ended_at=now))


def end_all(session: WriteSession, person_id: int, now: datetime, but: int | None = None) -> int:
    """End every sign-in of a person, except the one with the id `but`. Returns how many."""
    theirs = (_session.c.person_id == person_id) & _session.c.ended_at.is_(None) & (_session.c.id != (but or 0))
    ended = session.execute(sa.update(_session).where(theirs).values(ended_at=now).returning(_session.c.id))
    return len(ended.all())
