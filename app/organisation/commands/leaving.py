"""A person leaves. Their history stays; their sign-in ends with their last post."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import RuleBrokenError
from app.organisation.commands.away import end_with_employment
from app.organisation.commands.posts import staff_data_changed
from app.organisation.models import Employment
from app.organisation.queries import person_record

_employment = table(Employment)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndEmployment:
    """`on` is the first day on which the person is no longer here."""

    person_id: int
    on: date


def end_employment(session: WriteSession, actor: Actor, command: EndEmployment, now: datetime) -> None:
    """End every post of a person. Raises NotFoundError unless the actor manages them today."""
    person_record(session, actor, Permission.MANAGE_PEOPLE, command.person_id, london_date(now))
    posts = session.scalars(
        sa.select(Employment).where(
            _employment.c.person_id == command.person_id,
            sa.or_(_employment.c.ends_on.is_(None), _employment.c.ends_on > command.on),
        )
    ).all()
    if not posts:
        raise RuleBrokenError("Their posts already end by that day.")
    later = [p for p in posts if p.starts_on >= command.on]
    if later:
        raise RuleBrokenError(f"They have a post that begins on {later[0].starts_on:%-d %B %Y}. Choose a later day.")
    changed = {"ends_on": (_day(next((p.ends_on for p in posts if p.is_primary), None)), command.on.isoformat())}
    for post in posts:
        post.ends_on = command.on
    main = next((p for p in posts if p.is_primary), posts[0])
    audit.record(
        session, actor, "end employment", "employment", main.id, now=now, subject_id=command.person_id, changed=changed
    )
    end_with_employment(session, actor, command.person_id, command.on, now)
    staff_data_changed(session, now)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
