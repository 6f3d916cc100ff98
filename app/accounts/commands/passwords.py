"""Choosing a password. Hashing is done before, outside the transaction: these deeds receive the hash."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.access.actor import Actor
from app.accounts import codes
from app.accounts.models import Credential
from app.accounts.queries import Known, as_actor, known_by_person
from app.accounts.sessions import end_all
from app.kernel import audit
from app.kernel.db import WriteSession
from app.kernel.errors import NotFoundError, RuleBrokenError

GONE = "This link or code has been used, was replaced by a newer one, or is too old. Ask for another."


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """A password chosen with a one-time link or code (see codes.hashed)."""

    code_hash: str
    password_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword:
    """One's own, after the present one was asked for."""

    password_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPassword:
    """For the command line, the demonstration and tests: never offered on a page."""

    person_id: int
    password_hash: str


def accept(session: WriteSession, command: Accept, now: datetime) -> Known:
    """Use the code up, keep the password and end every sign-in there was. Returns who it is, to sign them in.

    A starter may choose a password before their first day. Raises RuleBrokenError when the code is gone.
    """
    person_id = codes.redeem(session, command.code_hash, now)
    known = known_by_person(session, person_id) if person_id else None
    if known is None or known.suspended:
        raise RuleBrokenError(GONE)
    _keep(session, as_actor(known), known.person_id, command.password_hash, "choose password", now)
    end_all(session, known.person_id, now)
    return replace(known, password_hash=command.password_hash)


def change_password(session: WriteSession, actor: Actor, command: ChangePassword, now: datetime) -> None:
    """Keep the new password and end one's sign-ins in every other browser."""
    _keep(session, actor, actor.person_id, command.password_hash, "change password", now)
    end_all(session, actor.person_id, now, but=actor.session_id)


def set_password(session: WriteSession, actor: Actor, command: SetPassword, now: datetime) -> None:
    """Set somebody's password, and end their sign-ins."""
    _keep(session, actor, command.person_id, command.password_hash, "set password", now)
    end_all(session, command.person_id, now)


def _keep(session: WriteSession, actor: Actor, person_id: int, password_hash: str, action: str, now: datetime) -> None:
    account = session.get(Credential, person_id)
    if account is None:
        raise NotFoundError("account")
    account.password_hash, account.changed_at = password_hash, now
    audit.record(session, actor, action, "credential", person_id, now=now, subject_id=person_id, fields=("password",))
