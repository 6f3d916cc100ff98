"""One row of a file that is not taken as it is, and the form that puts it right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.intake.models import StaffUpload
from app.intake.pages.columns import NAMES
from app.intake.pages.wording import STAFF_RECORD
from app.intake.queries.uploads import ProblemRow
from app.intake.rules.columns import Column
from app.web.form import Invalid
from app.web.page import FieldError, Page, errors_of
from app.web.words import plural


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """`name` is the field in the form, `column` what the file calls it, `says` what it is for."""

    name: str
    column: str
    says: str
    value: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPage(Page):
    template: ClassVar[str] = "intake/row.html"
    who_sees: ClassVar[str] = STAFF_RECORD

    upload_id: int
    file: str
    row: int
    left: str
    cells: tuple[CellView, ...]
    errors: tuple[FieldError, ...]
    elsewhere: tuple[str, ...]
    before: str
    after: str

    @classmethod
    def of(
        cls,
        upload: StaffUpload,
        row: int,
        cells: Mapping[str, str],
        problems: list[ProblemRow],
        left: list[int],
        link: Callable[[int], str],
        invalid: Invalid | None = None,
    ) -> "RowPage":
        """`left` are the rows that still have errors."""
        says = {name: NAMES.get(Column(column), column) for column, name in upload.columns.items()}
        problems = [problem for problem in problems if not problem.put_right]
        said = invalid.errors if invalid else _by_field(list(says), problems)
        typed = invalid.values if invalid else {}
        views = tuple(
            CellView(
                name=cell_field(at),
                column=name,
                says=words if words.casefold() != name.casefold() else "",
                value=typed.get(cell_field(at), cells.get(name, "")),
                error=said.get(cell_field(at), ""),
            )
            for at, (name, words) in enumerate(says.items())
        )
        others = [other for other in left if other != row]
        return cls(
            upload_id=upload.id,
            file=upload.file_name,
            row=row,
            left=f"{plural(len(others), 'other row')} to put right." if others else "This is the last one.",
            cells=views,
            errors=errors_of(said),
            elsewhere=tuple(p.reason for p in problems if p.field not in says) if not invalid else (),
            before=link(max(before)) if (before := [r for r in left if r < row]) else "",
            after=link(min(after)) if (after := [r for r in left if r > row]) else "",
        )


def cell_field(at: int) -> str:
    return f"cell-{at}"


def _by_field(names: list[str], problems: list[ProblemRow]) -> dict[str, str]:
    said: dict[str, str] = {}
    for problem in problems:
        if problem.field in names:
            said.setdefault(cell_field(names.index(problem.field)), problem.reason)
    return said
