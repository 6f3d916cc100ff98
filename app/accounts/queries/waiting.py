"""What waits for an administrator."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Credential
from app.accounts.queries.grants import GrantRow, ending_soon
from app.kernel.db import ReadSession, table
from app.kernel.outbox import Mail
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import people_condition

MOST = 20
"""Lines of each list on the first look; `every` shows them all."""

_person = table(Person)
_employment = table(Employment)
_team = table(Team)
_credential = table(Credential)
_mail = table(Mail)


@dataclass(frozen=True, slots=True)
class WithoutAccount:
    person_id: int
    list_name: str
    team: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class UnsentMail:
    person_id: int
    name: str
    subject: str
    problem: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first of each, and how many there are."""

    without_account: tuple[WithoutAccount, ...]
    without_account_total: int
    unsent: tuple[UnsentMail, ...]
    unsent_total: int
    ending: tuple[GrantRow, ...]


def waiting(session: ReadSession, actor: Actor, on: date, *, every: bool = False) -> Waiting:
    most = None if every else MOST
    people, people_total = without_account(session, actor, on, most)
    mails, mails_total = unsent(session, actor, most)
    return Waiting(tuple(people), people_total, tuple(mails), mails_total, tuple(ending_soon(session, actor, on)))


def without_account(
    session: ReadSession, actor: Actor, on: date, most: int | None = MOST
) -> tuple[list[WithoutAccount], int]:
    """Staff in post who have not been able to sign in: no account, or no password chosen yet."""
    base = (
        sa.select(_person.c.id, _person.c.list_name, _team.c.name, _employment.c.starts_on)
        .select_from(_employment)
        .join(_person, _person.c.id == _employment.c.person_id)
        .join(_team, _team.c.id == _employment.c.team_id)
        .outerjoin(_credential, _credential.c.person_id == _person.c.id)
        .where(people_condition(actor, Permission.INVITE, on), _credential.c.password_hash.is_(None))
    )
    total = session.scalar(sa.select(sa.func.count()).select_from(base.subquery()))
    rows = session.execute(base.order_by(_employment.c.starts_on.desc(), _person.c.sort_key).limit(most))
    return [WithoutAccount(*row) for row in rows], total or 0


def unsent(session: ReadSession, actor: Actor, most: int | None = MOST) -> tuple[list[UnsentMail], int]:
    """Mails that were given up, newest first. Their text is nobody's but the reader's: links in it open accounts."""
    if not actor.may(Permission.SEE_OUTBOX):
        return [], 0
    base = (
        sa.select(_mail.c.person_id, _person.c.name, _mail.c.subject, _mail.c.problem, _mail.c.made_at)
        .join(_person, _person.c.id == _mail.c.person_id)
        .where(_mail.c.given_up_at.is_not(None))
    )
    total = session.scalar(sa.select(sa.func.count()).select_from(base.subquery()))
    rows = session.execute(base.order_by(_mail.c.id.desc()).limit(most))
    return [UnsentMail(*row) for row in rows], total or 0
