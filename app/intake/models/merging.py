"""Records that are, or are not, one person."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.intake.rules.merging import RowDeed
from app.kernel.db import UtcDateTime, one_of


class PersonMerge(SQLModel, table=True):
    """Two records of one person made one: `gone_id` led to `kept_id` until it was undone."""

    __tablename__ = "person_merge"
    __table_args__ = (
        sa.CheckConstraint("gone_id <> kept_id", name="two_records"),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by_somebody"),
        sa.Index(
            "uq_person_merge_gone",
            "gone_id",
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    gone_id: int = Field(foreign_key="person.id", index=True)
    kept_id: int = Field(foreign_key="person.id", index=True)
    reason: str = Field(max_length=300)
    numbers: list[str] = Field(sa_type=sa.JSON)
    """The employee numbers of both: a later file may name the person by any of them."""
    merged_at: datetime = Field(sa_type=UtcDateTime)
    merged_by_id: int = Field(foreign_key="person.id")
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by_id: int | None = Field(default=None, foreign_key="person.id")


class PersonMergeRow(SQLModel, table=True):
    """What a merge did to one row: the values of the columns it touched, before and after. `part_of` is the row that
    an added one is a part of."""

    __tablename__ = "person_merge_row"

    id: int = Field(default=None, primary_key=True)
    merge_id: int = Field(foreign_key="person_merge.id", index=True)
    name: str = Field(max_length=60)
    row_id: int
    deed: RowDeed = Field(sa_type=one_of(RowDeed))
    before: dict[str, Any] = Field(sa_type=sa.JSON)
    after: dict[str, Any] = Field(sa_type=sa.JSON)
    part_of: int | None = None


class TwoPeople(SQLModel, table=True):
    """HR looked at two records that seemed to be one person and judged that they are two. Taken back, the row goes."""

    __tablename__ = "two_people"
    __table_args__ = (
        sa.UniqueConstraint("first_id", "second_id"),
        sa.CheckConstraint("first_id < second_id", name="in_order"),
    )

    id: int = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="person.id")
    second_id: int = Field(foreign_key="person.id", index=True)
    judged_at: datetime = Field(sa_type=UtcDateTime)
    judged_by_id: int = Field(foreign_key="person.id")
