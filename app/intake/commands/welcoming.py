"""Whoever joined with an import gets what every starter gets: an account, the introduction, an invitation if set."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts.commands import Invite, OpenAccount, invite, open_account
from app.accounts.models import Credential
from app.capability.commands import welcome_starter
from app.intake.models import StaffImportLine
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.organisation.models import Person

_line = table(StaffImportLine)


@dataclass(frozen=True, slots=True)
class WelcomeJoiner:
    """`line_id` is the line of the import by which they joined or came back."""

    line_id: int
    person_id: int


def welcome_joiner(
    session: WriteSession, settings: Settings, actor: Actor, command: WelcomeJoiner, now: datetime
) -> bool:
    """Once for each line: False when it was done before. Without an address, HR gives them a sign-in name by hand."""
    if not give_up_joiner(session, command):
        return False
    person = session.get(Person, command.person_id)
    assert person is not None
    account = session.get(Credential, person.id)
    if account is None and person.email:
        account = open_account(session, actor, OpenAccount(person_id=person.id, username=person.email), now)
    if account and person.email and settings.invite_joiners and not (account.password_hash or account.suspended):
        invite(session, settings, actor, Invite(person_id=person.id), now)
    welcome_starter(session, actor, person.id, now)
    return True


def give_up_joiner(session: WriteSession, command: WelcomeJoiner) -> bool:
    """Wait no longer. False when nobody waited."""
    mine = (_line.c.id == command.line_id) & _line.c.waits
    return session.scalar(sa.update(_line).where(mine).values(waits=False).returning(_line.c.id)) is not None
