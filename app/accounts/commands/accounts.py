"""An account is opened with the name its person signs in with, and can be suspended."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts.models import Credential
from app.accounts.queries import known_by_person, person_to_invite
from app.accounts.rules import username_problem
from app.accounts.sessions import end_all
from app.kernel import audit
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError
from app.kernel.names import tidy
from app.organisation.models import Person
from app.organisation.rules import address_key

_credential = table(Credential)

TAKEN = "This sign-in name cannot be used for a new account. Choose another"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAccount:
    """`username` is the person's e-mail address, or a name such as a.oneill for people without one."""

    person_id: int
    username: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend:
    """Shut a person out until it is lifted again (`suspended=False`)."""

    person_id: int
    suspended: bool = True


def open_account(session: WriteSession, actor: Actor, command: OpenAccount, now: datetime) -> Credential:
    """Give a person a sign-in name; they choose a password with the link or code of an invitation.

    Raises BadInputError for a name that is taken or that could be somebody else's address.
    """
    if known_by_person(session, command.person_id) is not None:
        raise RuleBrokenError("This person has an account already.")
    person = session.get(Person, command.person_id)
    if person is None:
        raise NotFoundError("person")
    username = checked_username(session, command.username, person)
    account = Credential(person_id=person.id, username=username, username_key=address_key(username))
    session.add(account)
    session.flush()
    changed = {"username": (None, username)}
    audit.record(
        session, actor, "open account", "credential", person.id, now=now, subject_id=person.id, changed=changed
    )
    return account


def checked_username(session: WriteSession, text: str, person: Person) -> str:
    """The sign-in name, tidied. The person's own e-mail address always may be one; no other address may."""
    username = tidy(text)
    key = address_key(username)
    if key != person.email_key and (problem := username_problem(username)):
        raise BadInputError({"username": problem})
    holder = session.scalar(sa.select(_credential.c.person_id).where(_credential.c.username_key == key))
    if holder is not None and holder != person.id:
        raise BadInputError({"username": TAKEN})
    return username


def suspend(session: WriteSession, actor: Actor, command: Suspend, now: datetime) -> None:
    """Shut somebody out at their next request, or let them in again. Nobody suspends themselves."""
    if command.person_id == actor.person_id:
        raise RuleBrokenError("You cannot suspend your own account. Ask another administrator.")
    person_to_invite(session, actor, command.person_id, now)
    account = session.get(Credential, command.person_id)
    if account is None:
        raise RuleBrokenError("This person has no account yet.")
    account.suspended = command.suspended
    if command.suspended:
        end_all(session, command.person_id, now)
    action = "suspend account" if command.suspended else "lift suspension"
    audit.record(
        session, actor, action, "credential", command.person_id, now=now, subject_id=command.person_id,
        fields=("suspended",),
    )  # fmt: skip
