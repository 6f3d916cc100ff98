"""Past learning: lists of completions from other systems."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.intake.rules.past.decisions import Meaning
from app.intake.rules.past.plan import PastKind
from app.kernel.db import UtcDateTime, one_of


class PastImport(SQLModel, table=True):
    """One list of completions that was applied: who, when, which file and what came of it. Kept for good.

    `ended_at` is None while it is under way, and stays so when it was stopped: the same file then takes what is left.
    """

    __tablename__ = "past_import"

    id: int = Field(default=None, primary_key=True)
    applied_at: datetime = Field(sa_type=UtcDateTime, index=True)
    applied_by_id: int = Field(foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    file_name: str = Field(max_length=200)
    file_hash: str = Field(max_length=64)
    plan: str = Field(max_length=16)
    rows: int
    counts: dict[str, int] = Field(sa_type=sa.JSON)
    columns: dict[str, str] = Field(sa_type=sa.JSON)
    remarks: list[str] = Field(sa_type=sa.JSON)


class PastImportLine(SQLModel, table=True):
    """One completion that an import took, in the words of its preview."""

    __tablename__ = "past_import_line"

    id: int = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="past_import.id", index=True)
    kind: PastKind = Field(sa_type=one_of(PastKind))
    row: int
    person_id: int = Field(foreign_key="person.id", index=True)
    employee_number: str = Field(max_length=30)
    name: str = Field(max_length=210)
    course: str = Field(max_length=200)
    completed_on: date
    minutes: int | None = None
    says: str = Field(max_length=400)


class PastImportProblem(SQLModel, table=True):
    """A row that an import did not take, and why."""

    __tablename__ = "past_import_problem"

    id: int = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="past_import.id", index=True)
    row: int
    field: str = Field(max_length=200)
    reason: str = Field(max_length=600)
    employee_number: str = Field(default="", max_length=30)


class PastColumnsKept(SQLModel, table=True):
    """What the columns of one shape of list say, as the trust decided: kept under the fingerprint of its header."""

    __tablename__ = "past_columns"

    id: int = Field(default=None, primary_key=True)
    fingerprint: str = Field(max_length=64, unique=True)
    columns: dict[str, str] = Field(sa_type=sa.JSON)
    kept_at: datetime = Field(sa_type=UtcDateTime)


class PastDecisionKept(SQLModel, table=True):
    """What HR decided about a course that lists name and the program does not know. `words` are folded."""

    __tablename__ = "past_decision"

    id: int = Field(default=None, primary_key=True)
    words: str = Field(max_length=250, unique=True)
    meaning: Meaning = Field(sa_type=one_of(Meaning))
    course: str = Field(default="", max_length=250)
    decided_at: datetime = Field(sa_type=UtcDateTime)
    decided_by_id: int = Field(foreign_key="person.id")


class PastUpload(SQLModel, table=True):
    """A list that waits to be looked at and applied: the columns that are read and no other, packed. Soon deleted."""

    __tablename__ = "past_upload"

    id: int = Field(default=None, primary_key=True)
    made_at: datetime = Field(sa_type=UtcDateTime, index=True)
    made_by_id: int = Field(foreign_key="person.id")
    file_name: str = Field(max_length=200)
    file_hash: str = Field(max_length=64)
    rows: int
    columns: dict[str, str] = Field(sa_type=sa.JSON)
    remarks: list[str] = Field(sa_type=sa.JSON)
    content: bytes = Field(sa_type=sa.LargeBinary)
