from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.access.actor import PersonKind
from app.kernel.db import UtcDateTime, one_of
from app.organisation.rules import Basis, LeaveKind


class Trust(SQLModel, table=True):
    """The one row that the first migration writes: what is known of this trust besides its settings."""

    __tablename__ = "trust"

    id: int = Field(default=None, primary_key=True)
    demonstration: bool = False
    staff_data_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    staff_data_source: str = Field(default="", max_length=120)


class Directorate(SQLModel, table=True):
    __tablename__ = "directorate"

    id: int = Field(default=None, primary_key=True)
    name: str = Field(max_length=120, unique=True)
    starts_on: date
    ends_on: date | None = None
    successor_id: int | None = Field(default=None, foreign_key="directorate.id")


class Team(SQLModel, table=True):
    __tablename__ = "team"
    __table_args__ = (sa.UniqueConstraint("directorate_id", "name"),)

    id: int = Field(default=None, primary_key=True)
    directorate_id: int = Field(foreign_key="directorate.id", index=True)
    name: str = Field(max_length=120)
    starts_on: date
    ends_on: date | None = None
    successor_id: int | None = Field(default=None, foreign_key="team.id")
    site: str = Field(default="", max_length=120)
    """The building or place where it works; empty where the trust keeps no sites."""


class Person(SQLModel, table=True):
    """A human being (or the system). No role and no directorate here: those are grants and employments, with dates."""

    __tablename__ = "person"

    id: int = Field(default=None, primary_key=True)
    kind: PersonKind = Field(sa_type=one_of(PersonKind), index=True)
    name: str = Field(max_length=200)
    list_name: str = Field(max_length=200)
    sort_key: str = Field(max_length=400, index=True)
    email: str | None = Field(default=None, max_length=320)
    email_key: str | None = Field(default=None, max_length=320, unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    merged_into_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    """The record of the same person that stays, where two were merged: this one is empty and only leads there."""


class PartnerProfile(SQLModel, table=True):
    """What a patient partner chose, and the human they can call. Never joined to staff."""

    __tablename__ = "partner_profile"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    contact_name: str = Field(max_length=120)
    contact_phone: str = Field(max_length=60)
    contact_hours: str = Field(default="", max_length=120)
    public_check: bool = False


_IN_TEAM = ("team_id", "is_primary", "starts_on", "ends_on", "person_id", "staff_group", "band")


class Employment(SQLModel, table=True):
    """One post over [starts_on, ends_on). Moving ends one and begins another, so that the past counts where it was."""

    __tablename__ = "employment"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name="ends_after_start"),
        sa.CheckConstraint("basis = 'employed' OR (sponsor_id IS NOT NULL AND ends_on IS NOT NULL)", name="sponsored"),
        sa.CheckConstraint("basis <> 'employed' OR employee_number IS NOT NULL", name="numbered"),
        sa.Index(
            "uq_employment_open_primary",
            "person_id",
            unique=True,
            sqlite_where=sa.text("is_primary AND ends_on IS NULL"),
            postgresql_where=sa.text("is_primary AND ends_on IS NULL"),
        ),
        # Who has their main post in a team on a day, and as what: counted without reading the rows.
        sa.Index("ix_employment_in_team", *_IN_TEAM),
        # Of the posts that name a manager alone: where few do, an index of all would say that it finds too many.
        sa.Index(
            "ix_employment_manager",
            "manager_id",
            sqlite_where=sa.text("manager_id IS NOT NULL"),
            postgresql_where=sa.text("manager_id IS NOT NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    basis: Basis = Field(sa_type=one_of(Basis))
    employee_number: str | None = Field(default=None, max_length=30, index=True)
    assignment_number: str | None = Field(default=None, max_length=40)
    team_id: int = Field(foreign_key="team.id")
    manager_id: int | None = Field(default=None, foreign_key="person.id")
    sponsor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    staff_group: str = Field(max_length=80)
    job_role: str = Field(max_length=120)
    band: str = Field(default="", max_length=40)
    pattern: str = Field(default="", max_length=40)
    """Full time, Part time, or in the staff file's own words; empty where nobody said. As it stands, without a past."""
    is_primary: bool = True
    starts_on: date
    ends_on: date | None = None


class LongLeave(SQLModel, table=True):
    """A person is away over [starts_on, ends_on); no end: not known yet. Spells of one person share no day."""

    __tablename__ = "long_leave"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name="ends_after_start"),
        sa.Index(
            "uq_long_leave_open",
            "person_id",
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: LeaveKind = Field(sa_type=one_of(LeaveKind))
    starts_on: date
    ends_on: date | None = None
    recorded_by_id: int = Field(foreign_key="person.id")
    recorded_at: datetime = Field(sa_type=UtcDateTime)
