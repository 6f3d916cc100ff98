"""What somebody learnt elsewhere stands on their record: as they say themselves, or as another system's list says."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError
from app.learning.commands.reach import one_at_a_time
from app.recognition.models import EvidenceItem
from app.recognition.rules import key_of

_item = table(EvidenceItem)
LONGEST_TITLE = 200
LONGEST_PROVIDER = 200
LONGEST_REFERENCE = 120
LONGEST_SOURCE = 200
EARLIEST = date(1948, 7, 5)
MOST_MINUTES = 60_000
"""A thousand hours: more in one item is a slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordItem:
    """`source` says where the item comes from: "Offered by the person", or "Imported from" and a file's name.

    `source_key` is the same for the same row of a list, however often it is imported; None for what is never the same.
    """

    person_id: int
    title: str
    completed_on: date
    source: str
    provider: str = ""
    minutes: int | None = None
    reference: str = ""
    source_key: str | None = None


def record_item(session: WriteSession, actor: Actor, command: RecordItem, now: datetime) -> int:
    """Write an item on a person's record, once for each person and source key. Returns its id.

    Raises BadInputError, by field, for a title or date that cannot be, and NotFoundError for anybody but a member of
    staff. Whoever calls has asked whether the actor may.
    """
    if errors := wrong_item(command, london_date(now)):
        raise BadInputError(errors)
    if one_at_a_time(session, command.person_id) is not PersonKind.STAFF:
        raise NotFoundError("person")
    if (found := _same(session, command)) is not None:
        return found
    item = EvidenceItem(
        person_id=command.person_id,
        title=command.title,
        provider=command.provider,
        title_key=key_of(command.title),
        provider_key=key_of(command.provider),
        completed_on=command.completed_on,
        minutes=command.minutes,
        reference=command.reference,
        source=command.source[:LONGEST_SOURCE],
        source_key=command.source_key,
        made_at=now,
        made_by_id=actor.person_id,
    )
    session.add(item)
    session.flush()
    changed = {"title": (None, command.title), "completed_on": (None, command.completed_on.isoformat())}
    audit.record(
        session,
        actor,
        "record learning from elsewhere",
        "evidence_item",
        item.id,
        now=now,
        subject_id=command.person_id,
        changed=changed,
    )
    return item.id


def _same(session: ReadSession, command: RecordItem) -> int | None:
    if command.source_key is None:
        return None
    same = sa.and_(_item.c.person_id == command.person_id, _item.c.source_key == command.source_key)
    found: int | None = session.scalar(sa.select(_item.c.id).where(same))
    return found


def wrong_item(command: RecordItem, today: date) -> dict[str, str]:
    """What stands in the way of writing an item, by field."""
    errors = {}
    if not command.title:
        errors["title"] = "Enter what it was: the name of the course or certificate"
    for field, text, most in (
        ("title", command.title, LONGEST_TITLE),
        ("provider", command.provider, LONGEST_PROVIDER),
        ("reference", command.reference, LONGEST_REFERENCE),
    ):
        if len(text) > most:
            errors[field] = f"Write at most {most} characters. You have {len(text)}"
    if not EARLIEST <= command.completed_on <= today:
        errors["completed_on"] = f"Enter the day it was finished: between {EARLIEST.year} and today"
    if command.minutes is not None and not 0 < command.minutes <= MOST_MINUTES:
        errors["minutes"] = f"Enter between 1 minute and {MOST_MINUTES // 60:,} hours, or leave it empty"
    return errors
