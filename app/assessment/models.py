from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kernel.db import UtcDateTime


class Attempt(SQLModel, table=True):
    """One try at a quiz, pinned to a revision, its questions drawn once. Marked at submission, never after."""

    __tablename__ = "attempt"
    __table_args__ = (
        sa.UniqueConstraint("enrolment_id", "activity_id", "number"),
        sa.Index(
            "uq_attempt_open",
            "enrolment_id",
            "activity_id",
            unique=True,
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    enrolment_id: int = Field(foreign_key="enrolment.id", index=True)
    activity_id: int = Field(foreign_key="activity.id")
    revision_id: int = Field(foreign_key="revision.id")
    number: int
    seed: int
    questions: list[str] = Field(sa_type=sa.JSON)
    began_at: datetime = Field(sa_type=UtcDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    right: int | None = None
    out_of: int
    pass_mark: int | None = None
    passed: bool | None = None
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the time is up, by the server's clock, a person's extra time included; None: no limit."""


class AttemptAnswer(SQLModel, table=True):
    """The answer to one drawn question, as data. `version` counts the saves; an older one cannot overwrite a newer."""

    __tablename__ = "attempt_answer"
    __table_args__ = (sa.UniqueConstraint("attempt_id", "question"),)

    id: int = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="attempt.id", index=True)
    question: str = Field(max_length=80)
    version: int = 1
    value: Any = Field(sa_type=sa.JSON)
    saved_at: datetime = Field(sa_type=UtcDateTime)
    right: bool | None = None


class Adjustment(SQLModel, table=True):
    """More time or more tries for a person, for a reason that only those who grant adjustments can read."""

    __tablename__ = "adjustment"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name="ends_after_start"),
        sa.CheckConstraint("extra_time_percent BETWEEN 0 AND 300", name="extra_time"),
        sa.CheckConstraint("extra_tries BETWEEN 0 AND 20", name="extra_tries"),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    extra_time_percent: int = 0
    no_time_limit: bool = False
    extra_tries: int = 0
    arrangement: str = ""
    """Anything else that was agreed: a reader, a quiet room."""
    reason: str
    starts_on: date
    ends_on: date | None = None
    granted_by_id: int = Field(foreign_key="person.id")
    granted_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")
