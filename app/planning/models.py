from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kernel.db import UtcDateTime, one_of
from app.planning.rules import ReleaseState, TargetKind

_OPEN = sa.text("superseded_at IS NULL")


class Target(SQLModel, table=True):
    """How many of a directorate should hold a level by the end of a financial year; superseded, never updated.

    `year` is the year in which it begins, on 1 April. `value` is people, or a per cent of the staff of the directorate;
    with `staff_group`, of that group alone.
    """

    __tablename__ = "target"
    __table_args__ = (
        sa.Index(
            "uq_target_open",
            "directorate_id",
            "tier",
            "year",
            "staff_group",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        sa.CheckConstraint("value >= 0 AND (kind <> 'per_cent' OR value <= 100)", name="value"),
    )

    id: int = Field(default=None, primary_key=True)
    directorate_id: int = Field(foreign_key="directorate.id")
    tier: str = Field(foreign_key="tier.slug", max_length=60)
    year: int
    kind: TargetKind = Field(sa_type=one_of(TargetKind))
    value: float
    staff_group: str = Field(default="", max_length=80)
    reason: str = Field(default="", max_length=300)
    set_by_id: int = Field(foreign_key="person.id")
    set_at: datetime = Field(sa_type=UtcDateTime)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Release(SQLModel, table=True):
    """Time to learn that a team is asked for, and what its manager answered; superseded, never updated.

    `needed_month` is the month in which the needs' dates ask for it, `month` the one in which it is to be given: both
    are the first day. They differ once a lead has taken another month that the manager offered.
    """

    __tablename__ = "release"
    __table_args__ = (
        sa.Index(
            "uq_release_open",
            "team_id",
            "tier",
            "needed_month",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        sa.CheckConstraint("minutes > 0 AND people > 0", name="asked"),
        sa.CheckConstraint("(state = 'other_date') = (other_month IS NOT NULL)", name="other_month"),
        sa.CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered"),
    )

    id: int = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id")
    tier: str = Field(foreign_key="tier.slug", max_length=60)
    needed_month: date
    month: date = Field(index=True)
    minutes: int
    people: int
    asked_at: datetime = Field(sa_type=UtcDateTime)
    state: ReleaseState = Field(default=ReleaseState.ASKED, sa_type=one_of(ReleaseState))
    other_month: date | None = None
    reason: str = Field(default="", max_length=300)
    answered_by_id: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
