"""The imports that were made, kept for good."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.intake.models import StaffImport, StaffImportLine, StaffImportProblem
from app.intake.queries.uploads import A_PAGE, LineRow, ProblemRow, reaches
from app.intake.rules.lines import LineKind
from app.intake.rules.plan import WholeKind
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.kernel.names import folded
from app.organisation.models import Directorate, Person

_import, _line, _problem = table(StaffImport), table(StaffImportLine), table(StaffImportProblem)
_person, _directorate = table(Person), table(Directorate)


@dataclass(frozen=True, slots=True)
class ImportRecord:
    id: int
    applied_at: datetime
    applied_by: str
    file_name: str
    whole: WholeKind
    directorate: str | None
    rows: int
    counts: dict[str, int]
    columns: dict[str, str]
    remarks: list[str]


_RECORD = (
    sa.select(
        _import.c.id,
        _import.c.applied_at,
        _person.c.name,
        _import.c.file_name,
        _import.c.whole,
        _directorate.c.name.label("directorate"),
        _import.c.rows,
        _import.c.counts,
        _import.c.columns,
        _import.c.remarks,
    )
    .join(_person, _person.c.id == _import.c.applied_by_id)
    .outerjoin(_directorate, _directorate.c.id == _import.c.directorate_id)
)


def imports(session: ReadSession, actor: Actor, page: int, most: int = 12) -> tuple[list[ImportRecord], int]:
    """A page of imports (from 1), the newest first; and how many there are."""
    reaches(actor)
    count = session.scalar(sa.select(sa.func.count()).select_from(_import)) or 0
    rows = session.execute(_RECORD.order_by(_import.c.id.desc()).limit(most).offset((page - 1) * most))
    return [ImportRecord(*row) for row in rows], count


def import_record(session: ReadSession, actor: Actor, import_id: int) -> ImportRecord:
    """Raises NotFoundError."""
    reaches(actor)
    row = session.execute(_RECORD.where(_import.c.id == import_id)).first()
    if row is None:
        raise NotFoundError("import")
    return ImportRecord(*row)


def import_lines(
    session: ReadSession, import_id: int, kind: LineKind | None, words: str, page: int, most: int = A_PAGE
) -> tuple[list[LineRow], int]:
    """A page of what an import did, under the names that people have now; and how many lines there are."""
    found = _line.c.import_id == import_id
    if kind is not None:
        found &= _line.c.kind == kind
    for word in folded(words).split():
        found &= _person.c.sort_key.contains(word, autoescape=True) | _says(word, "employee_number", "place", of=_line)
    columns = [_line.c[name] for name in LineRow.__dataclass_fields__]
    joined = sa.join(_line, _person, _person.c.id == _line.c.person_id)
    wanted = sa.select(*columns).select_from(joined).where(found).order_by(_line.c.id)
    count = session.scalar(sa.select(sa.func.count()).select_from(joined).where(found)) or 0
    rows = session.execute(wanted.limit(most).offset((page - 1) * most))
    return [LineRow(*row) for row in rows], count


def import_problems(
    session: ReadSession, import_id: int, words: str, page: int, most: int = A_PAGE
) -> tuple[list[ProblemRow], int]:
    """A page of the rows that an import did not take; and how many there are."""
    found = _problem.c.import_id == import_id
    for word in folded(words).split():
        found &= _says(word, "employee_number", "field", "reason", of=_problem)
    wanted = sa.select(_problem.c.row, _problem.c.field, _problem.c.reason, _problem.c.employee_number).where(found)
    count = session.scalar(sa.select(sa.func.count()).select_from(_problem).where(found)) or 0
    rows = session.execute(wanted.order_by(_problem.c.row, _problem.c.id).limit(most).offset((page - 1) * most))
    return [ProblemRow(*row) for row in rows], count


def _says(word: str, *columns: str, of: sa.Table) -> sa.ColumnElement[bool]:
    """Whether one of these columns has the word, in capitals or not."""
    return sa.or_(*(sa.func.lower(of.c[name]).contains(word, autoescape=True) for name in columns))
