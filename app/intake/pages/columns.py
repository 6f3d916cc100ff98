"""How the columns of a file are understood, and the form that says otherwise."""

from dataclasses import dataclass
from typing import ClassVar

from app.intake.models import StaffUpload
from app.intake.pages.home import directorate_options
from app.intake.pages.wording import STAFF_RECORD
from app.intake.rules.columns import PLACE, REQUIRED, Column
from app.organisation.queries import DirectorateRow
from app.web.form import Invalid
from app.web.page import Filled, Option, Page

NAMES = {
    Column.EMPLOYEE_NUMBER: "Employee number",
    Column.ASSIGNMENT_NUMBER: "Assignment number",
    Column.GIVEN_NAME: "First name",
    Column.FAMILY_NAME: "Last name",
    Column.EMAIL: "Work e-mail",
    Column.DIRECTORATE: "Directorate",
    Column.TEAM: "Team",
    Column.STAFF_GROUP: "Staff group",
    Column.JOB_ROLE: "Job role",
    Column.BAND: "Band or grade",
    Column.PATTERN: "Full or part time (or whole-time equivalent)",
    Column.MANAGER: "Manager’s employee number",
    Column.PRIMARY: "Whether it is the main post",
    Column.START: "First day",
    Column.END: "Last day",
    Column.STATUS: "Assignment status (long leave)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLine:
    """One thing that a staff file can say: `field` is its place in the form, `says` the file's own column."""

    field: str
    name: str
    says: str
    needed: str


def field_of(column: Column) -> str:
    return f"says-{column.name.lower()}"


def column_lines(upload: StaffUpload, invalid: Invalid | None = None) -> tuple[ColumnLine, ...]:
    return tuple(
        ColumnLine(
            field=field_of(column),
            name=NAMES.get(column, str(column).capitalize()),
            says=invalid.values.get(field_of(column), "") if invalid else upload.columns.get(column, ""),
            needed="needed" if column in REQUIRED else "one of these two is needed" if column in PLACE else "",
        )
        for column in Column
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsPage(Page):
    template: ClassVar[str] = "intake/columns.html"
    who_sees: ClassVar[str] = STAFF_RECORD

    upload_id: int
    file: str
    columns: tuple[ColumnLine, ...]
    header: tuple[str, ...]
    sheets: tuple[str, ...]
    form: Filled
    directorates: tuple[Option, ...]

    @classmethod
    def of(
        cls,
        upload: StaffUpload,
        directorates: list[DirectorateRow],
        chosen: dict[str, str],
        invalid: Invalid | None = None,
    ) -> "ColumnsPage":
        return cls(
            upload_id=upload.id,
            file=upload.file_name,
            columns=column_lines(upload, invalid),
            header=tuple(upload.header),
            sheets=tuple(upload.sheets) if len(upload.sheets) > 1 else (),
            form=Filled.of(invalid.values, invalid.errors) if invalid else Filled.of(chosen),
            directorates=directorate_options(directorates),
        )
