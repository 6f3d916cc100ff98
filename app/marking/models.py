from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kernel.db import UtcDateTime, one_of
from app.marking.rules import MarkPlace


class PieceOfWork(SQLModel, table=True):
    """What a learner wrote for a task, in one of its goes. Open until handed in; judged by the words it is pinned to.

    `decided_at`: every mark is in. `released_at`: the learner may see it, and only then does it count.
    """

    __tablename__ = "piece_of_work"
    __table_args__ = (
        sa.UniqueConstraint("enrolment_id", "activity_id", "number"),
        sa.Index(
            "uq_piece_of_work_open",
            "enrolment_id",
            "activity_id",
            unique=True,
            sqlite_where=sa.text("handed_in_at IS NULL"),
            postgresql_where=sa.text("handed_in_at IS NULL"),
        ),
        sa.CheckConstraint("released_at IS NULL OR decided_at IS NOT NULL", name="decided_before_release"),
        sa.CheckConstraint("decided_at IS NULL OR handed_in_at IS NOT NULL", name="handed_in_before_decision"),
        sa.Index("ix_piece_of_work_waiting", "decided_at", "handed_in_at"),
    )

    id: int = Field(default=None, primary_key=True)
    enrolment_id: int = Field(foreign_key="enrolment.id", index=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    revision_id: int = Field(foreign_key="revision.id")
    number: int = 1
    content: dict[str, str] = Field(sa_type=sa.JSON)
    version: int = 0
    began_at: datetime = Field(sa_type=UtcDateTime)
    saved_at: datetime = Field(sa_type=UtcDateTime)
    handed_in_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    markers: int = 1
    """How many mark it: the guide's number, or two where it fell to the sample of second marks."""
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    points: int | None = None
    out_of: int
    pass_mark: int
    passed: bool | None = None


class Mark(SQLModel, table=True):
    """One person's judgement of a piece of work: a value and, where they wish, a comment for each point.

    Given back, it is free for somebody else. Nobody marks the same work twice.
    """

    __tablename__ = "mark"
    __table_args__ = (
        sa.Index(
            "uq_mark_place",
            "work_id",
            "place",
            unique=True,
            sqlite_where=sa.text("given_back_at IS NULL"),
            postgresql_where=sa.text("given_back_at IS NULL"),
        ),
        sa.Index(
            "uq_mark_marker",
            "work_id",
            "marker_id",
            unique=True,
            sqlite_where=sa.text("given_back_at IS NULL"),
            postgresql_where=sa.text("given_back_at IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    work_id: int = Field(foreign_key="piece_of_work.id", index=True)
    marker_id: int = Field(foreign_key="person.id", index=True)
    place: MarkPlace = Field(sa_type=one_of(MarkPlace))
    taken_at: datetime = Field(sa_type=UtcDateTime)
    marks: dict[str, int] = Field(sa_type=sa.JSON)
    comments: dict[str, str] = Field(sa_type=sa.JSON)
    comment: str = ""
    version: int = 0
    saved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    given_back_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Calibration(SQLModel, table=True):
    """A marker's try at a worked sample. Their marks count once they agree with enough points of all samples."""

    __tablename__ = "calibration"
    __table_args__ = (sa.UniqueConstraint("marker_id", "activity_id", "sample", "number"),)

    id: int = Field(default=None, primary_key=True)
    marker_id: int = Field(foreign_key="person.id", index=True)
    activity_id: int = Field(foreign_key="activity.id")
    revision_id: int = Field(foreign_key="revision.id")
    sample: str = Field(max_length=80)
    number: int = 1
    marks: dict[str, Any] = Field(sa_type=sa.JSON)
    agreed: int
    out_of: int
    marked_at: datetime = Field(sa_type=UtcDateTime)
