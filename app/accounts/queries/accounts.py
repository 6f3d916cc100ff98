"""One person's account."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.accounts.models import Credential, OneTimeCode, SignInSession
from app.accounts.rules import CodePurpose
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Person
from app.organisation.queries import partner_in_reach, person_record
from app.organisation.rules import address_key

_person = table(Person)
_credential = table(Credential)
_code = table(OneTimeCode)
_session = table(SignInSession)


@dataclass(frozen=True, slots=True)
class Known:
    """What signing in needs to know of a person."""

    person_id: int
    kind: PersonKind
    name: str
    email: str | None
    username: str
    password_hash: str | None
    suspended: bool


@dataclass(frozen=True, slots=True)
class AccountRow:
    """The state of an account, for its administrator. No secret is in it."""

    username: str
    has_password: bool
    suspended: bool
    changed_at: datetime | None
    last_seen_at: datetime | None
    code_purpose: CodePurpose | None
    code_ends_at: datetime | None


_KNOWN = sa.select(
    _person.c.id,
    _person.c.kind,
    _person.c.name,
    _person.c.email,
    _credential.c.username,
    _credential.c.password_hash,
    _credential.c.suspended,
).join(_credential, _credential.c.person_id == _person.c.id)


def known_by_name(session: ReadSession, username: str) -> Known | None:
    """Whoever signs in with this address or username, however it is spelt."""
    row = session.execute(_KNOWN.where(_credential.c.username_key == address_key(username))).first()
    return Known(*row) if row else None


def known_by_person(session: ReadSession, person_id: int) -> Known | None:
    row = session.execute(_KNOWN.where(_person.c.id == person_id)).first()
    return Known(*row) if row else None


def as_actor(known: Known) -> Actor:
    """The person acting on their own account, before or while they sign in: nothing is held yet."""
    return Actor(known.person_id, known.kind, known.name)


def person_to_invite(session: ReadSession, actor: Actor, person_id: int, now: datetime) -> Person:
    """Staff for whoever may invite in that part of the trust, partners for whoever looks after them; else missing."""
    person = session.get(Person, person_id)
    if person is None or person.kind is PersonKind.SYSTEM:
        raise NotFoundError("person")
    if person.kind is PersonKind.PARTNER:
        partner_in_reach(session, actor, person_id)
    else:
        person_record(session, actor, Permission.INVITE, person_id, london_date(now))
    return person


def account_of(session: ReadSession, person_id: int, now: datetime) -> AccountRow | None:
    """A person's account; None while they have none. Ask for the person in reach first."""
    live = _code.c.used_at.is_(None) & (_code.c.ends_at > now)
    account = session.execute(
        sa.select(
            _credential.c.username,
            _credential.c.password_hash.is_not(None).label("has_password"),
            _credential.c.suspended,
            _credential.c.changed_at,
        ).where(_credential.c.person_id == person_id)
    ).first()
    if account is None:
        return None
    seen = session.scalar(sa.select(sa.func.max(_session.c.seen_at)).where(_session.c.person_id == person_id))
    code = session.execute(
        sa.select(_code.c.purpose, _code.c.ends_at)
        .where(_code.c.person_id == person_id, live)
        .order_by(_code.c.id.desc())
        .limit(1)
    ).first()
    return AccountRow(
        username=account.username,
        has_password=account.has_password,
        suspended=account.suspended,
        changed_at=account.changed_at,
        last_seen_at=seen,
        code_purpose=code.purpose if code else None,
        code_ends_at=code.ends_at if code else None,
    )
