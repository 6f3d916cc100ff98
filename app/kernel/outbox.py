"""Mails wait in the database, in the same transaction as the deed that caused them; the worker sends them.

Two kinds. A *prompt* mail (an invitation, a reset) goes as soon as it can. A *notice* (assigned, due soon, overdue)
waits to be gathered with others into at most one routine mail a person a week. `key` is the ledger: a mail or a
notice with a key that exists is not made again, however often the worker restarts.
"""

from datetime import datetime, timedelta
from textwrap import shorten

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kernel.db import ReadSession, UtcDateTime, WriteSession, insert_new, table


class Mail(SQLModel, table=True):
    """One message to one person. Sent once: `sent_at` is set in the transaction that ends its lease."""

    __tablename__ = "mail"

    id: int = Field(default=None, primary_key=True)
    key: str = Field(max_length=120, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    routine: bool = False
    to_address: str = Field(max_length=320)
    subject: str = Field(max_length=200)
    body: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    not_before: datetime = Field(sa_type=UtcDateTime, index=True)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tries: int = 0
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    given_up_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    problem: str = Field(default="", max_length=500)


class Notice(SQLModel, table=True):
    """One thing a person should hear of, waiting for their next routine mail."""

    __tablename__ = "notice"

    id: int = Field(default=None, primary_key=True)
    key: str = Field(max_length=120, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = Field(max_length=40)
    line: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    mail_id: int | None = Field(default=None, foreign_key="mail.id", index=True)


def post(
    session: WriteSession,
    *,
    key: str,
    person_id: int,
    to_address: str,
    subject: str,
    body: str,
    now: datetime,
    routine: bool = False,
    delay: timedelta = timedelta(0),
) -> bool:
    """Put a mail in the outbox. False when one with this key is there already."""
    return insert_new(
        session,
        Mail,
        "key",
        key=key,
        person_id=person_id,
        routine=routine,
        to_address=to_address,
        subject=shorten(subject, 200, placeholder=" …"),
        body=body,
        made_at=now,
        not_before=now + delay,
        tries=0,
        problem="",
    )


def tell(session: WriteSession, *, key: str, person_id: int, kind: str, line: str, now: datetime) -> bool:
    """Leave a notice for a person's next routine mail. False when one with this key is there already."""
    return insert_new(session, Notice, "key", key=key, person_id=person_id, kind=kind, line=line, made_at=now)


def withdraw(session: WriteSession, key: str, now: datetime) -> None:
    """Take back a notice that has not been mailed yet (a need that was undone)."""
    session.execute(
        sa.update(Notice).where(table(Notice).c.key == key, table(Notice).c.mail_id.is_(None)).values(withdrawn_at=now)
    )


def settle_past(session: WriteSession, now: datetime) -> None:
    """Take every mail of a story that was told about the past as sent when it was made."""
    session.execute(sa.update(table(Mail)).where(table(Mail).c.made_at < now).values(sent_at=table(Mail).c.made_at))


def recent_mails(session: ReadSession, limit: int = 200) -> list[Mail]:
    """The newest mails, for the demonstration's outbox page and the administrator."""
    return list(session.scalars(sa.select(Mail).order_by(table(Mail).c.id.desc()).limit(limit)))
