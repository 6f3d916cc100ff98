"""Who did what, when. Every command records one event in its own transaction, and none without an actor."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kernel.db import UtcDateTime, WriteSession


class Deed(Protocol):
    """Whoever acts: a signed-in person, or the named system actor."""

    @property
    def person_id(self) -> int: ...


class AuditEvent(SQLModel, table=True):
    """One deed. Holds ids and field names only, so that it can be kept when a person is erased."""

    __tablename__ = "audit_event"
    __table_args__ = (sa.Index("ix_audit_event_entity", "entity", "entity_id"),)

    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    actor_id: int = Field(foreign_key="person.id", index=True)
    action: str = Field(max_length=60)
    entity: str = Field(max_length=40)
    entity_id: int
    subject_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    fields: str = Field(default="", max_length=500)
    rows: int | None = None


class AuditValue(SQLModel, table=True):
    """A personal value before and after, beside its event, erasable without touching the event."""

    __tablename__ = "audit_value"

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="audit_event.id", index=True, ondelete="CASCADE")
    field: str = Field(max_length=60)
    before: str | None = None
    after: str | None = None


class AnonymousDeedError(TypeError):
    """Somebody tried to write without saying who they are."""


def record(
    session: WriteSession,
    actor: Deed,
    action: str,
    entity: str,
    entity_id: int,
    *,
    now: datetime,
    subject_id: int | None = None,
    changed: Mapping[str, tuple[str | None, str | None]] | None = None,
    fields: tuple[str, ...] = (),
    rows: int | None = None,
) -> AuditEvent:
    """Write down one deed.

    `action` is a verb phrase such as "grant role"; `entity` a table's name; `subject_id` the person it is about;
    `changed` maps a field to its values before and after (kept in the erasable side table); `fields` names fields
    whose values are not kept at all: answers, ratings, reflections. `rows` is the row count of an export.
    Raises AnonymousDeedError without an actor.
    """
    if actor is None or not actor.person_id:
        raise AnonymousDeedError(action)
    changes = changed or {}
    written = AuditEvent(
        at=now,
        actor_id=actor.person_id,
        action=action,
        entity=entity,
        entity_id=entity_id,
        subject_id=subject_id,
        fields=",".join([*changes, *fields]),
        rows=rows,
    )
    session.add(written)
    if changes:
        session.flush()
        for field, (before, after) in changes.items():
            session.add(AuditValue(event_id=written.id, field=field, before=before, after=after))
    return written
