from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.equality.rules.characteristics import Characteristic
from app.equality.rules.counts import PartKind
from app.kernel.db import UtcDateTime, one_of


class YearState(StrEnum):
    """DRAFT waits until HR keeps it, and nobody else sees it."""

    DRAFT = "draft"
    KEPT = "kept"


class EqualityYear(SQLModel, table=True):
    """A financial year (by its first) of which HR's file was read: by whom and when. Taken back, it is deleted whole.

    `as_at` is the day on which people were in post. `said` is what was noticed in reading, by line; no cell's words.
    """

    __tablename__ = "equality_year"
    __table_args__ = (
        sa.UniqueConstraint("year", "state"),
        {"sqlite_autoincrement": True},  # whoever looks at a draft that is gone must not keep the next one
    )

    id: int = Field(default=None, primary_key=True)
    year: int
    as_at: date
    state: YearState = Field(sa_type=one_of(YearState))
    read_at: datetime = Field(sa_type=UtcDateTime)
    read_by_id: int = Field(foreign_key="person.id")
    said: dict[str, Any] = Field(sa_type=sa.JSON)


class EqualityCount(SQLModel, table=True):
    """People of a group in post, and how many of them completed a level in the year: both rounded, none below ten.

    `trained` is None where it may not be shown: then it is not kept either. No row is about a person.
    """

    __tablename__ = "equality_count"
    __table_args__ = (
        sa.UniqueConstraint("year_id", "characteristic", "tier", "place"),
        sa.CheckConstraint("people >= 10 AND (trained IS NULL OR trained >= 10)", name="many"),
    )

    id: int = Field(default=None, primary_key=True)
    year_id: int = Field(foreign_key="equality_year.id", ondelete="CASCADE")
    characteristic: Characteristic = Field(sa_type=one_of(Characteristic))
    tier: str = Field(foreign_key="tier.slug", max_length=60)
    place: int
    kind: PartKind = Field(sa_type=one_of(PartKind))
    name: str = Field(default="", max_length=60)
    people: int
    trained: int | None = None
