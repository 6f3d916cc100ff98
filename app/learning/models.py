from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kernel.db import UtcDateTime, one_of
from app.learning.rules import AwardEventKind, EnrolmentSource, OutcomeSource


class Enrolment(SQLModel, table=True):
    """A person on a course, pinned to the edition they began. A later episode keeps the earlier ones.

    Outcomes count from `counts_from` on; None: all of them, so that two halves join. Only somebody who completed the
    course and begins it again starts from nothing.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "course_id", "episode"),
        sa.Index(
            "uq_enrolment_open",
            "person_id",
            "course_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    course_id: int = Field(foreign_key="course.id", index=True)
    edition_id: int = Field(foreign_key="edition.id")
    episode: int = 1
    source: EnrolmentSource = Field(sa_type=one_of(EnrolmentSource))
    counts_from: date | None = None
    enrolled_at: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    completed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EditionMove(SQLModel, table=True):
    """An open enrolment went on in a newer edition: from which to which, and who moved it."""

    __tablename__ = "edition_move"

    id: int = Field(default=None, primary_key=True)
    enrolment_id: int = Field(foreign_key="enrolment.id", index=True)
    from_edition_id: int = Field(foreign_key="edition.id")
    to_edition_id: int = Field(foreign_key="edition.id")
    moved_at: datetime = Field(sa_type=UtcDateTime)
    moved_by_id: int = Field(foreign_key="person.id")


class Bookmark(SQLModel, table=True):
    """How far somebody has come in a course: the module and the heading they had reached."""

    __tablename__ = "bookmark"

    enrolment_id: int = Field(foreign_key="enrolment.id", primary_key=True)
    module: str = Field(max_length=80)
    place: str = Field(default="", max_length=120)
    at: datetime = Field(sa_type=UtcDateTime)


class Outcome(SQLModel, table=True):
    """A person did an activity on a day. Not tied to an enrolment, so that halves join across cohorts."""

    __tablename__ = "outcome"
    __table_args__ = (sa.UniqueConstraint("person_id", "activity_id", "source", "occurred_on"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    occurred_on: date
    minutes: int
    participatory_minutes: int
    source: OutcomeSource = Field(sa_type=one_of(OutcomeSource))
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by_id: int = Field(foreign_key="person.id")


class Award(SQLModel, table=True):
    """A person holds a tier. What happened to it, and when, is in its dated events."""

    __tablename__ = "award"
    __table_args__ = (sa.UniqueConstraint("person_id", "tier"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    tier: str = Field(foreign_key="tier.slug", max_length=60, index=True)


class AwardEvent(SQLModel, table=True):
    """Granted, applied, refreshed or withdrawn, on a day. `valid_until` holds from this event on; None: for good."""

    __tablename__ = "award_event"
    __table_args__ = (sa.Index("ix_award_event_in_time", "award_id", "occurred_on", "id", "kind", "valid_until"),)

    id: int = Field(default=None, primary_key=True)
    award_id: int = Field(foreign_key="award.id")
    kind: AwardEventKind = Field(sa_type=one_of(AwardEventKind))
    occurred_on: date
    valid_until: date | None = None
    edition_id: int | None = Field(default=None, foreign_key="edition.id")
    source: str = Field(max_length=120)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by_id: int = Field(foreign_key="person.id")


class Note(SQLModel, table=True):
    """Words somebody wrote in a course, theirs unless they share them. Steps and confidence keep data here."""

    __tablename__ = "note"
    __table_args__ = (sa.UniqueConstraint("person_id", "activity_id"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    activity_id: int = Field(foreign_key="activity.id")
    version: int = 1
    content: dict[str, Any] = Field(sa_type=sa.JSON)
    saved_at: datetime = Field(sa_type=UtcDateTime)
    shared_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    replied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reply: str = ""
    replied_by_id: int | None = Field(default=None, foreign_key="person.id")
