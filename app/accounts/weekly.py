"""One routine mail a person a week at most: everything they should hear of, gathered into one."""

from collections import defaultdict
from datetime import datetime, timedelta
from textwrap import shorten

import sqlalchemy as sa

from app.kernel import outbox
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.kernel.outbox import Mail, Notice
from app.organisation.models import Person
from app.organisation.queries import is_away

A_WEEK = timedelta(days=7)
TIME_TO_UNDO = timedelta(hours=1)

_mail, _notice, _person = table(Mail), table(Notice), table(Person)


def gather(session: WriteSession, settings: Settings, now: datetime) -> int:
    """Put one mail in the outbox for each person who has notices and had no routine mail for a week. Returns how many.

    A notice waits an hour first, so that a decision undone at once is never heard of. For somebody on long leave it
    waits until they are back.
    """
    recent = sa.select(_mail.c.person_id).where(_mail.c.routine, _still_counts(settings, now))
    waiting = session.execute(
        sa.select(_notice.c.id, _notice.c.person_id, _notice.c.line, _person.c.name, _person.c.email)
        .join(_person, _person.c.id == _notice.c.person_id)
        .where(
            _notice.c.mail_id.is_(None),
            _notice.c.withdrawn_at.is_(None),
            _notice.c.made_at <= now - TIME_TO_UNDO,
            _person.c.email.is_not(None),
            _notice.c.person_id.not_in(recent),
            ~is_away(_notice.c.person_id, london_date(now)),
        )
        .order_by(_notice.c.person_id, _notice.c.id)
    ).all()
    by_person = defaultdict(list)
    for row in waiting:
        by_person[row.person_id].append(row)
    for person_id, rows in by_person.items():
        key = f"weekly:{person_id}:{rows[0].id}"
        outbox.post(
            session,
            key=key,
            person_id=person_id,
            to_address=rows[0].email,
            subject=_subject([row.line for row in rows]),
            body=_body(settings, rows[0].name, [row.line for row in rows]),
            now=now,
            routine=True,
        )
        mail_id = session.scalar(sa.select(_mail.c.id).where(_mail.c.key == key))
        ids = [row.id for row in rows]
        session.execute(sa.update(_notice).where(_notice.c.id.in_(ids)).values(mail_id=mail_id))
    return len(by_person)


def _still_counts(settings: Settings, now: datetime) -> sa.ColumnElement[bool]:
    """Whether a routine mail is too near for another. One that the mail server kept back counts from when it went."""
    counts = sa.or_(_mail.c.made_at > now - A_WEEK, _mail.c.sent_at > now - A_WEEK)
    waits = sa.and_(_mail.c.sent_at.is_(None), _mail.c.given_up_at.is_(None))
    return sa.or_(counts, waits) if settings.smtp_url else counts


def _subject(lines: list[str]) -> str:
    first = shorten(lines[0].split("\n")[0].rstrip("."), 150, placeholder=" …")
    return first if len(lines) == 1 else f"{first} (and {len(lines) - 1} more)"


def _body(settings: Settings, name: str, lines: list[str]) -> str:
    listed = "\n\n".join(lines)
    return (
        f"Hello {name},\n\n{listed}\n\n"
        f"Your page: {settings.origin}/\n\n"
        f"Questions? Ask {_contact(settings)}.\n\n"
        "You get at most one mail like this a week."
    )


def _contact(settings: Settings) -> str:
    reached = ", ".join(part for part in (settings.qi_contact_phone, settings.qi_contact_email) if part)
    return f"{settings.qi_contact} ({reached})" if reached else settings.qi_contact
