from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.cohorts.rules import CohortState
from app.kernel.db import UtcDateTime, one_of


class Cohort(SQLModel, table=True):
    """A group that takes a level together, over [starts_on, ends_on], both days included. `places` is for all of it."""

    __tablename__ = "cohort"
    __table_args__ = (
        sa.CheckConstraint("places > 0", name="places"),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        sa.CheckConstraint("(state = 'dropped') = (dropped_at IS NOT NULL)", name="dropped_at"),
        sa.Index("ix_cohort_starts_on", "starts_on"),
    )

    id: int = Field(default=None, primary_key=True)
    tier: str = Field(foreign_key="tier.slug", max_length=60, index=True)
    title: str = Field(max_length=120)
    state: CohortState = Field(default=CohortState.PLANNED, sa_type=one_of(CohortState))
    starts_on: date
    ends_on: date
    places: int
    planned_by_id: int = Field(foreign_key="person.id")
    planned_at: datetime = Field(sa_type=UtcDateTime)
    dropped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    why_dropped: str = Field(default="", max_length=300)
    note: str = Field(default="", max_length=300)


class CohortDirectorate(SQLModel, table=True):
    """A directorate that a cohort is for. A cohort without any is for the whole trust.

    `places` are kept for this directorate alone; without a number it shares those that are kept for nobody.
    Where each has a number, all of them do.
    """

    __tablename__ = "cohort_directorate"
    __table_args__ = (sa.CheckConstraint("places IS NULL OR places > 0", name="places"),)

    cohort_id: int = Field(foreign_key="cohort.id", primary_key=True)
    directorate_id: int = Field(foreign_key="directorate.id", primary_key=True)
    places: int | None = None
