"""The staff record: how old it is, the file that waits, the form that brings one, and what was brought before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.intake.pages.wording import STAFF_RECORD, in_a_sentence
from app.intake.queries.records import ImportRecord
from app.intake.queries.uploads import OpenUpload
from app.intake.rules.uploads import UploadState
from app.organisation.queries import DirectorateRow
from app.web.form import Invalid
from app.web.page import Filled, Option, Page
from app.web.words import moment

IMPORTS_A_PAGE = 12
WAITING = "waiting-heading"
"""Where an error is shown that is about the file that waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    id: int
    when: str
    who: str
    file: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    id: int
    say: str
    applying: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRecordPage(Page):
    template: ClassVar[str] = "intake/home.html"
    who_sees: ClassVar[str] = STAFF_RECORD

    say: str
    waiting: Waiting | None
    form: Filled
    directorates: tuple[Option, ...]
    imports: tuple[ImportLine, ...]
    earlier: str
    later: str

    @classmethod
    def of(
        cls,
        waiting: OpenUpload | None,
        imports: list[ImportRecord],
        count: int,
        page: int,
        directorates: list[DirectorateRow],
        link: Callable[..., str],
        invalid: Invalid | None = None,
    ) -> "StaffRecordPage":
        errors = _beside_what_is_shown(invalid.errors, waiting) if invalid else {}
        return cls(
            say=_say(imports[0] if imports and page == 1 else None),
            waiting=_waiting(waiting) if waiting else None,
            form=Filled.of(invalid.values, errors) if invalid else Filled.of({"whole": "changes"}),
            directorates=directorate_options(directorates),
            imports=tuple(_line(record) for record in imports),
            earlier=link(page=page - 1) if page > 1 else "",
            later=link(page=page + 1) if page * IMPORTS_A_PAGE < count else "",
        )


def _beside_what_is_shown(errors: Mapping[str, str], waiting: OpenUpload | None) -> Mapping[str, str]:
    """While a file waits there is no form to bring another: what is said then is said of the file that waits."""
    if waiting is None:
        return {"file" if field == WAITING else field: said for field, said in errors.items()}
    return {WAITING: errors.get(WAITING) or "Apply the file that waits, or set it aside, before you bring another"}


def directorate_options(directorates: list[DirectorateRow]) -> tuple[Option, ...]:
    return tuple(Option(value=d.name, text=d.name) for d in directorates)


def _say(last: ImportRecord | None) -> str:
    if last is None:
        return "Bring the trust's staff file here once a month, and every total stands on it."
    return f"Last brought in on {moment(last.applied_at)} by {last.applied_by}: {_what(last)}."


def _what(record: ImportRecord) -> str:
    return in_a_sentence(record.counts, done=True) or "nobody changed"


def _waiting(found: OpenUpload) -> Waiting:
    return Waiting(
        id=found.id,
        say=f"{found.file_name}, brought by {found.made_by} on {moment(found.made_at)}, is not applied yet.",
        applying=found.state is UploadState.APPLYING and not found.stopped,
    )


def _line(record: ImportRecord) -> ImportLine:
    return ImportLine(
        id=record.id,
        when=_when(record.applied_at),
        who=record.applied_by,
        file=record.file_name,
        what=_what(record),
    )


def _when(at: datetime) -> str:
    return moment(at)
