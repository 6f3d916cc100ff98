"""Past learning: the form that brings a list, the lists that wait, and what was brought before."""

from dataclasses import dataclass
from typing import ClassVar

from app.intake.pages.past import WHO, counted
from app.intake.queries.past_kept import PastImportRow, UploadRow
from app.intake.rules.past.columns import MOST_ROWS, REQUIRED, PastColumn, field_of
from app.intake.rules.past.plan import PastKind
from app.web.form import Invalid
from app.web.page import Filled, Page
from app.web.words import moment, plural

HELP = {
    PastColumn.NAME: "Only to check that the number is theirs",
    PastColumn.RESULT: "Rows that say “not completed”, “did not attend” or “in progress” are left out",
    PastColumn.EDITION: "The number of an edition here",
    PastColumn.MINUTES: "How long it took",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnField:
    name: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    id: int
    file: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImportLine:
    id: int
    when: str
    who: str
    file: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastHomePage(Page):
    template: ClassVar[str] = "intake/past_home.html"
    who_sees: ClassVar[str] = WHO

    most: str
    form: Filled
    fields: tuple[ColumnField, ...]
    named: bool
    """Whether the columns' names are unfolded: somebody has named one, or must."""
    waiting: tuple[WaitingLine, ...]
    imports: tuple[PastImportLine, ...]

    @classmethod
    def of(
        cls, waiting: list[UploadRow], imports: list[PastImportRow], invalid: Invalid | None = None
    ) -> "PastHomePage":
        fields = tuple(_field(column) for column in PastColumn)
        values = dict(invalid.values) if invalid else {}
        return cls(
            most=f"{MOST_ROWS:,}",
            form=Filled.of(values, invalid.errors if invalid else None),
            fields=fields,
            named=any(values.get(field.name) for field in fields),
            waiting=tuple(
                WaitingLine(
                    id=w.id, file=w.file_name, what=f"{plural(w.rows, 'row')}, by {w.made_by}, {moment(w.made_at)}"
                )
                for w in waiting
            ),
            imports=tuple(
                PastImportLine(
                    id=i.id,
                    when=moment(i.applied_at),
                    who=i.applied_by,
                    file=i.file_name,
                    what=f"{counted(kept_counts(i))}{'' if i.ended_at else ' (not finished)'}",
                )
                for i in imports
            ),
        )


def _field(column: PastColumn) -> ColumnField:
    label = f"{column[0].upper()}{column[1:]}"
    optional = "" if column in REQUIRED else " (not needed)"
    return ColumnField(name=field_of(column), label=f"{label}{optional}", hint=HELP.get(column, ""))


def kept_counts(row: PastImportRow) -> dict[str, int]:
    """The record's counts under the names of the lists."""
    names = {PastKind.COMPLETED: "completed", PastKind.AGAIN: "again", PastKind.EVIDENCE: "evidence"}
    more = {"levels": "levels", "left out": "out", "errors": "errors", "unchanged": "same"}
    return {key: row.counts.get(str(name), 0) for name, key in (names | more).items()}
