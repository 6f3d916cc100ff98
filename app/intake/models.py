from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.intake.rules.decisions import Unknown, Verdict
from app.intake.rules.lines import LineKind
from app.intake.rules.plan import WholeKind
from app.intake.rules.uploads import UploadState
from app.kernel.db import UtcDateTime, one_of


class StaffImport(SQLModel, table=True):
    """One staff file that was applied: who, when, which file and what came of it. Written once and kept.

    `told`: HR has been sent a mail about it.
    """

    __tablename__ = "staff_import"

    id: int = Field(default=None, primary_key=True)
    applied_at: datetime = Field(sa_type=UtcDateTime, index=True)
    applied_by_id: int = Field(foreign_key="person.id")
    file_name: str = Field(max_length=200)
    file_hash: str = Field(max_length=64)
    plan: str = Field(max_length=16)
    whole: WholeKind = Field(sa_type=one_of(WholeKind))
    directorate_id: int | None = Field(default=None, foreign_key="directorate.id")
    rows: int
    counts: dict[str, int] = Field(sa_type=sa.JSON)
    columns: dict[str, str] = Field(sa_type=sa.JSON)
    remarks: list[str] = Field(sa_type=sa.JSON)
    told: bool = False


class StaffImportLine(SQLModel, table=True):
    """One thing an import did to one person, in the words of its preview.

    `waits` while a joiner or rejoiner has not been given their account, invitation and introduction yet.
    """

    __tablename__ = "staff_import_line"
    __table_args__ = (
        sa.Index(
            "ix_staff_import_line_waits",
            "id",
            sqlite_where=sa.text("waits"),
            postgresql_where=sa.text("waits"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="staff_import.id", index=True)
    kind: LineKind = Field(sa_type=one_of(LineKind))
    row: int | None = None
    person_id: int = Field(foreign_key="person.id", index=True)
    employee_number: str = Field(max_length=30)
    name: str = Field(max_length=210)
    place: str = Field(max_length=250)
    day: date
    changed: list[list[str]] = Field(sa_type=sa.JSON)
    waits: bool = False


class StaffImportProblem(SQLModel, table=True):
    """A row that an import did not take, and why."""

    __tablename__ = "staff_import_problem"

    id: int = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="staff_import.id", index=True)
    row: int
    field: str = Field(max_length=200)
    reason: str = Field(max_length=600)
    employee_number: str = Field(default="", max_length=30)


class StaffColumns(SQLModel, table=True):
    """What the columns of one shape of file say, as the trust decided: kept under the fingerprint of its header."""

    __tablename__ = "staff_columns"

    id: int = Field(default=None, primary_key=True)
    fingerprint: str = Field(max_length=64, unique=True)
    columns: dict[str, str] = Field(sa_type=sa.JSON)
    kept_at: datetime = Field(sa_type=UtcDateTime)


class StaffDecision(SQLModel, table=True):
    """What HR decided about words of the staff file that the program does not know."""

    __tablename__ = "staff_decision"
    __table_args__ = (sa.UniqueConstraint("about", "words"),)

    id: int = Field(default=None, primary_key=True)
    about: Unknown = Field(sa_type=one_of(Unknown))
    words: str = Field(max_length=250)
    verdict: Verdict = Field(sa_type=one_of(Verdict))
    target: str = Field(default="", max_length=250)
    decided_at: datetime = Field(sa_type=UtcDateTime)


class StaffUpload(SQLModel, table=True):
    """A staff file between its arrival in the browser and its import. Nothing is kept but the columns that are used.

    `open_as` is the same word for every upload that waits or is worked on, so that there is one at a time; `beat_at`
    is when its work was last heard of. `corrections` are by row and column, `decided` as [about, words, verdict,
    target]; `undecided` as [about, words, rows], `kept_words` as [about, words, rows] of what is taken as written.
    """

    __tablename__ = "staff_upload"

    id: int = Field(default=None, primary_key=True)
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    file_name: str = Field(max_length=200)
    file_hash: str = Field(max_length=64)
    whole: str = Field(max_length=200)
    sheet: str = Field(default="", max_length=100)
    state: UploadState = Field(sa_type=one_of(UploadState))
    open_as: str | None = Field(default=None, max_length=10, unique=True)
    phase: str = Field(default="", max_length=80)
    progress: int = 0
    beat_at: datetime = Field(sa_type=UtcDateTime)
    said: str = ""
    header: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    columns: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)
    chosen: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)
    content: bytes | None = Field(default=None, sa_type=sa.LargeBinary)
    sheets: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    remarks: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    corrections: dict[str, dict[str, str]] = Field(default_factory=dict, sa_type=sa.JSON)
    decided: list[list[str]] = Field(default_factory=list, sa_type=sa.JSON)
    rows: int = 0
    plan: str = Field(default="", max_length=16)
    counts: dict[str, int] = Field(default_factory=dict, sa_type=sa.JSON)
    undecided: list[list[Any]] = Field(default_factory=list, sa_type=sa.JSON)
    kept_words: list[list[Any]] = Field(default_factory=list, sa_type=sa.JSON)
    plan_remarks: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    proposals: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    asked_by_id: int | None = Field(default=None, foreign_key="person.id")
    good_rows: bool = False
    leavers_expected: bool = False
    import_id: int | None = Field(default=None, foreign_key="staff_import.id")


class StaffUploadLine(SQLModel, table=True):
    """One thing that an upload's import would do, as its preview shows it. `found_by` is what a search looks at."""

    __tablename__ = "staff_upload_line"
    __table_args__ = (sa.Index("ix_staff_upload_line_upload_kind", "upload_id", "kind"),)

    id: int = Field(default=None, primary_key=True)
    upload_id: int = Field(foreign_key="staff_upload.id")
    kind: LineKind = Field(sa_type=one_of(LineKind))
    row: int | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id")
    employee_number: str = Field(max_length=30)
    name: str = Field(max_length=210)
    place: str = Field(max_length=250)
    day: date
    changed: list[list[str]] = Field(sa_type=sa.JSON)
    found_by: str = Field(max_length=600)


class StaffUploadProblem(SQLModel, table=True):
    """A row of an upload that would not be taken, and why; `put_right` once somebody wrote something else instead.

    `cells` are what the row says, by the columns' names; `by_decision` as in Problem.
    """

    __tablename__ = "staff_upload_problem"

    id: int = Field(default=None, primary_key=True)
    upload_id: int = Field(foreign_key="staff_upload.id", index=True)
    row: int
    field: str = Field(max_length=200)
    reason: str = Field(max_length=600)
    employee_number: str = Field(default="", max_length=30)
    cells: dict[str, str] = Field(sa_type=sa.JSON)
    found_by: str = Field(max_length=600)
    by_decision: bool = False
    put_right: bool = False
