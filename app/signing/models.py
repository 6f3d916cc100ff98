from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kernel.db import UtcDateTime, one_of
from app.signing.rules import LONGEST_LINE, SignOffDeed, SignOffState


class SignOff(SQLModel, table=True):
    """One request for a sign-off and how it ended. At most one waits for each activity of an enrolment."""

    __tablename__ = "sign_off"
    __table_args__ = (
        sa.UniqueConstraint("enrolment_id", "activity_id", "number"),
        sa.Index(
            "uq_sign_off_open",
            "enrolment_id",
            "activity_id",
            unique=True,
            sqlite_where=sa.text("state IN ('requested', 'confirmed')"),
            postgresql_where=sa.text("state IN ('requested', 'confirmed')"),
        ),
        sa.Index("ix_sign_off_asked", "asked_id", "state"),
    )

    id: int = Field(default=None, primary_key=True)
    enrolment_id: int = Field(foreign_key="enrolment.id", index=True)
    activity_id: int = Field(foreign_key="activity.id")
    revision_id: int = Field(foreign_key="revision.id")
    number: int = 1
    account: str
    """What the learner says that they did."""
    state: SignOffState = Field(sa_type=one_of(SignOffState), index=True)
    asked_id: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    comment: str = ""


class SignOffEvent(SQLModel, table=True):
    """What happened to a request, and when. Nothing here is ever changed."""

    __tablename__ = "sign_off_event"

    id: int = Field(default=None, primary_key=True)
    sign_off_id: int = Field(foreign_key="sign_off.id", index=True)
    deed: SignOffDeed = Field(sa_type=one_of(SignOffDeed))
    at: datetime = Field(sa_type=UtcDateTime)
    by_id: int = Field(foreign_key="person.id")
    asked_id: int = Field(foreign_key="person.id")
    comment: str = ""


class PracticeUse(SQLModel, table=True):
    """A piece of work in which somebody used a level that they hold, and what became of the telling.

    Confirmed, it stands beside an award event of its own. One that is REQUESTED waits for the person asked.
    """

    __tablename__ = "practice_use"
    __table_args__ = (sa.Index("ix_practice_use_asked", "asked_id", "state"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    tier: str = Field(foreign_key="tier.slug", max_length=60)
    what: str = Field(max_length=LONGEST_LINE)
    place: str = Field(max_length=LONGEST_LINE)
    worked_on: date
    """The last day of the work, or the day on which it is told of."""
    account: str
    """What was done, in a sentence or two: for whoever is asked."""
    state: SignOffState = Field(sa_type=one_of(SignOffState))
    told_at: datetime = Field(sa_type=UtcDateTime)
    told_by_id: int = Field(foreign_key="person.id")
    asked_id: int = Field(foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    comment: str = ""
