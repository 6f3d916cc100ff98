"""Somebody arrives: the person, and the account they will sign in with, in one transaction."""

from dataclasses import replace
from datetime import datetime

from app.access.actor import Actor
from app.accounts.commands.accounts import OpenAccount, checked_username, open_account
from app.accounts.models import Credential
from app.kernel import audit
from app.kernel.db import WriteSession
from app.kernel.errors import BadInputError
from app.organisation.commands import Hire, Rejoin, WelcomePartner, hire, rejoin, welcome_partner
from app.organisation.models import Employment, Person
from app.organisation.rules import address_key

NO_NAME = "Enter a sign-in name, such as a.oneill, for somebody without an e-mail address"


def take_on(session: WriteSession, actor: Actor, command: Hire, now: datetime) -> Person:
    """Hire somebody and open their account under their e-mail address, or the username they were given."""
    person = hire(session, actor, command, now)
    _open(session, actor, person, command.username, now)
    return person


def welcome(
    session: WriteSession, actor: Actor, command: WelcomePartner, username: str | None, now: datetime
) -> Person:
    """Welcome a patient partner and open their account under the name they choose, or their e-mail address."""
    person = welcome_partner(session, actor, command, now)
    _open(session, actor, person, username, now)
    return person


def take_back(session: WriteSession, actor: Actor, command: Rejoin, now: datetime) -> Employment:
    """Somebody comes back. Their account follows them to a new address; roles they once held do not come back."""
    post = rejoin(session, actor, replace(command, username=None), now)
    person = session.get(Person, command.person_id)
    assert person is not None
    account = session.get(Credential, person.id)
    if account is None:
        _open(session, actor, person, command.username, now)
    elif person.email and "@" in account.username and account.username_key != person.email_key:
        _rename(session, actor, account, checked_username(session, person.email, person), now)
    return post


def _open(session: WriteSession, actor: Actor, person: Person, username: str | None, now: datetime) -> None:
    chosen = (username or "").strip() or person.email
    if not chosen:
        raise BadInputError({"username": NO_NAME})
    open_account(session, actor, OpenAccount(person_id=person.id, username=chosen), now)


def _rename(session: WriteSession, actor: Actor, account: Credential, username: str, now: datetime) -> None:
    changed = {"username": (account.username, username)}
    account.username, account.username_key = username, address_key(username)
    audit.record(
        session, actor, "rename account", "credential", account.person_id, now=now, subject_id=account.person_id,
        changed=changed,
    )  # fmt: skip
