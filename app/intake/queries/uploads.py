"""Staff files in the browser, and what their previews show."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.intake.models import StaffUpload, StaffUploadLine, StaffUploadProblem
from app.intake.rules.lines import LineKind
from app.intake.rules.uploads import UploadState, has_stopped
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.kernel.names import folded
from app.organisation.models import Person

_upload, _line, _problem, _person = (
    table(StaffUpload), table(StaffUploadLine), table(StaffUploadProblem), table(Person),
)  # fmt: skip
A_PAGE = 100


@dataclass(frozen=True, slots=True)
class OpenUpload:
    id: int
    made_by: str
    made_at: datetime
    file_name: str
    state: UploadState
    stopped: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a preview or of the record of an import."""

    kind: LineKind
    row: int | None
    person_id: int | None
    employee_number: str
    name: str
    place: str
    day: date
    changed: list[list[str]]


@dataclass(frozen=True, slots=True)
class ProblemRow:
    row: int
    field: str
    reason: str
    employee_number: str
    by_decision: bool = False
    put_right: bool = False


@dataclass(frozen=True, slots=True)
class RowsWrong:
    """How many rows are still to be put right, and how many were put right since the preview was made."""

    left: int
    mended: int


def reaches(actor: Actor) -> None:
    """Whoever manages people in the whole trust; for anybody else there is no such page."""
    if not actor.reach(Permission.MANAGE_PEOPLE).trust:
        raise NotFoundError("staff record")


def open_upload(session: ReadSession, now: datetime) -> OpenUpload | None:
    """The file that waits or is worked on."""
    wanted = (
        sa.select(
            _upload.c.id, _person.c.name, _upload.c.made_at, _upload.c.file_name, _upload.c.state, _upload.c.beat_at
        )
        .join(_person, _person.c.id == _upload.c.made_by_id)
        .where(_upload.c.open_as.is_not(None))
    )
    row = session.execute(wanted).first()
    if row is None:
        return None
    return OpenUpload(row.id, row.name, row.made_at, row.file_name, row.state, has_stopped(row.state, row.beat_at, now))


def upload_record(session: ReadSession, actor: Actor, upload_id: int) -> StaffUpload:
    """Raises NotFoundError."""
    reaches(actor)
    upload = session.get(StaffUpload, upload_id)
    if upload is None:
        raise NotFoundError("upload")
    return upload


def preview_lines(
    session: ReadSession, upload_id: int, kind: LineKind | None, words: str, page: int, most: int = A_PAGE
) -> tuple[list[LineRow], int]:
    """A page of lines (from 1) and how many there are in all."""
    found = sa.and_(_line.c.upload_id == upload_id, *_matching(_line.c.found_by, words))
    if kind is not None:
        found &= _line.c.kind == kind
    columns = [_line.c[name] for name in LineRow.__dataclass_fields__]
    wanted = sa.select(*columns).where(found).order_by(_line.c.id).limit(most).offset((page - 1) * most)
    count = session.scalar(sa.select(sa.func.count()).select_from(_line).where(found)) or 0
    return [LineRow(*row) for row in session.execute(wanted)], count


def preview_problems(
    session: ReadSession, upload_id: int, words: str, page: int, most: int = A_PAGE
) -> tuple[list[ProblemRow], int]:
    """A page of what is wrong, by row; and how much is."""
    found = sa.and_(_problem.c.upload_id == upload_id, *_matching(_problem.c.found_by, words))
    columns = [_problem.c[name] for name in ProblemRow.__dataclass_fields__]
    wanted = (
        sa.select(*columns)
        .where(found)
        .order_by(_problem.c.put_right, _problem.c.row, _problem.c.id)
        .limit(most)
        .offset((page - 1) * most)
    )
    count = session.scalar(sa.select(sa.func.count()).select_from(_problem).where(found)) or 0
    return [ProblemRow(*row) for row in session.execute(wanted)], count


def rows_with_errors(session: ReadSession, upload_id: int) -> list[int]:
    """The rows that nobody has put right yet, in their order; not those on which nothing is wrong but another row."""
    wanted = (
        sa.select(_problem.c.row)
        .distinct()
        .where(
            _problem.c.upload_id == upload_id, ~_problem.c.put_right, ~_problem.c.by_decision, _problem.c.field != ""
        )
        .order_by(_problem.c.row)
    )
    return list(session.scalars(wanted))


def rows_wrong(session: ReadSession, upload_id: int) -> RowsWrong:
    row, open_still = _problem.c.row, ~_problem.c.put_right & ~_problem.c.by_decision & (_problem.c.field != "")
    rows = [sa.func.count(sa.case((those, row)).distinct()) for those in (open_still, _problem.c.put_right)]
    return RowsWrong(*session.execute(sa.select(*rows).where(_problem.c.upload_id == upload_id)).one())


def cells_of_row(session: ReadSession, upload_id: int, row: int) -> dict[str, str]:
    """What a row with errors says in the file, by the columns' names. Raises NotFoundError."""
    of_row = (_problem.c.upload_id == upload_id) & (_problem.c.row == row)
    cells = session.scalar(sa.select(_problem.c.cells).where(of_row).limit(1))
    if cells is None:
        raise NotFoundError("row")
    return dict(cells)


def problems_of_row(session: ReadSession, upload_id: int, row: int) -> list[ProblemRow]:
    columns = [_problem.c[name] for name in ProblemRow.__dataclass_fields__]
    wanted = sa.select(*columns).where(_problem.c.upload_id == upload_id, _problem.c.row == row)
    return [ProblemRow(*found) for found in session.execute(wanted.order_by(_problem.c.id))]


def _matching(column: sa.ColumnElement[str], words: str) -> list[sa.ColumnElement[bool]]:
    return [column.contains(word, autoescape=True) for word in folded(words).split()]
