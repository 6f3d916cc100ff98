from datetime import datetime
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
