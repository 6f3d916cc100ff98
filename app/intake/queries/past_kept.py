"""What is kept of lists of completions: decisions and columns for the next one, and what each import did."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.intake.models.past import (
    PastColumnsKept,
    PastDecisionKept,
    PastImport,
    PastImportLine,
    PastImportProblem,
    PastUpload,
)
from app.intake.rules.past.decisions import PastDecision, PastDecisions
from app.intake.rules.past.plan import PastKind
from app.intake.rules.rows import Problem
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Person

_columns, _decision, _upload = table(PastColumnsKept), table(PastDecisionKept), table(PastUpload)
_import, _line, _problem = table(PastImport), table(PastImportLine), table(PastImportProblem)
_person = table(Person)


@dataclass(frozen=True, slots=True)
class UploadRow:
    id: int
    made_at: datetime
    made_by: str
    file_name: str
    rows: int


@dataclass(frozen=True, slots=True)
class PastImportRow:
    id: int
    applied_at: datetime
    applied_by: str
    ended_at: datetime | None
    file_name: str
    rows: int
    counts: dict[str, int]
    columns: dict[str, str]
    remarks: list[str]


@dataclass(frozen=True, slots=True)
class PastLineRow:
    kind: PastKind
    row: int
    person_id: int
    employee_number: str
    name: str
    course: str
    completed_on: date
    minutes: int | None
    says: str


def past_in_reach(actor: Actor) -> None:
    """Raises NotFoundError unless the actor manages the people of the whole trust: lists name anybody."""
    if not actor.reach(Permission.MANAGE_PEOPLE).trust:
        raise NotFoundError("past learning")


def kept_past_columns(session: ReadSession, fingerprint: str) -> dict[str, str]:
    """What the columns of this shape of list say; empty for a shape that is new."""
    found = session.scalar(sa.select(_columns.c.columns).where(_columns.c.fingerprint == fingerprint))
    return dict(found or {})


def kept_past_decisions(session: ReadSession) -> PastDecisions:
    wanted = sa.select(_decision.c.words, _decision.c.meaning, _decision.c.course)
    return {row.words: PastDecision(row.meaning, row.course) for row in session.execute(wanted)}


def uploads(session: ReadSession, actor: Actor) -> list[UploadRow]:
    """Lists that wait to be looked at and applied, newest first."""
    past_in_reach(actor)
    wanted = sa.select(_upload.c.id, _upload.c.made_at, _person.c.name, _upload.c.file_name, _upload.c.rows)
    found = wanted.join(_person, _person.c.id == _upload.c.made_by_id).order_by(_upload.c.id.desc())
    return [UploadRow(*row) for row in session.execute(found)]


def upload_of(session: ReadSession, actor: Actor, upload_id: int) -> PastUpload:
    past_in_reach(actor)
    found = session.get(PastUpload, upload_id)
    if found is None:
        raise NotFoundError("upload")
    return found


_IMPORTS = sa.select(
    _import.c.id,
    _import.c.applied_at,
    _person.c.name,
    _import.c.ended_at,
    _import.c.file_name,
    _import.c.rows,
    _import.c.counts,
    _import.c.columns,
    _import.c.remarks,
).join(_person, _person.c.id == _import.c.applied_by_id)


def past_imports(session: ReadSession, actor: Actor, most: int = 100) -> list[PastImportRow]:
    """What was brought in before, newest first."""
    past_in_reach(actor)
    return [PastImportRow(*row) for row in session.execute(_IMPORTS.order_by(_import.c.id.desc()).limit(most))]


def past_import(session: ReadSession, actor: Actor, import_id: int) -> PastImportRow:
    past_in_reach(actor)
    row = session.execute(_IMPORTS.where(_import.c.id == import_id)).first()
    if row is None:
        raise NotFoundError("import")
    return PastImportRow(*row)


def past_lines(session: ReadSession, import_id: int, kind: PastKind | None, start: int, most: int) -> list[PastLineRow]:
    """So many lines of one import from `start` on, of one kind or of all, in the order of the file."""
    wanted = sa.select(*(_line.c[name] for name in PastLineRow.__slots__)).where(_line.c.import_id == import_id)
    if kind:
        wanted = wanted.where(_line.c.kind == kind)
    found = wanted.order_by(_line.c.row, _line.c.id).offset(start).limit(most)
    return [PastLineRow(*row) for row in session.execute(found)]


def past_problems(session: ReadSession, import_id: int, start: int, most: int) -> list[Problem]:
    wanted = sa.select(_problem.c.row, _problem.c.field, _problem.c.reason, _problem.c.employee_number)
    found = wanted.where(_problem.c.import_id == import_id).order_by(_problem.c.row, _problem.c.id)
    return [Problem(*row) for row in session.execute(found.offset(start).limit(most))]
