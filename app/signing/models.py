from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kernel.db import UtcDateTime, one_of
from app.signing.rules import SignOffDeed, SignOffState


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
