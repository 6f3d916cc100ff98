"""What is kept from one import to the next."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.intake.models import StaffColumns, StaffDecision, StaffImport
from app.intake.rules.decisions import Decision, Decisions
from app.kernel.db import ReadSession, table

_columns, _decision, _import = table(StaffColumns), table(StaffDecision), table(StaffImport)


@dataclass(frozen=True, slots=True)
class ImportRow:
    id: int
    applied_at: datetime
    file_name: str
    counts: dict[str, int]


def kept_columns(session: ReadSession, fingerprint: str) -> dict[str, str]:
    """What the columns of this shape of file say; empty for a shape that is new."""
    found = session.scalar(sa.select(_columns.c.columns).where(_columns.c.fingerprint == fingerprint))
    return dict(found or {})


def kept_decisions(session: ReadSession) -> Decisions:
    wanted = sa.select(_decision.c.about, _decision.c.words, _decision.c.verdict, _decision.c.target)
    return {(row.about, row.words): Decision(row.verdict, row.target) for row in session.execute(wanted)}


def last_import(session: ReadSession, file_hash: str) -> ImportRow | None:
    """The last time this very file was applied."""
    wanted = (
        sa.select(_import.c.id, _import.c.applied_at, _import.c.file_name, _import.c.counts)
        .where(_import.c.file_hash == file_hash)
        .order_by(_import.c.id.desc())
        .limit(1)
    )
    row = session.execute(wanted).first()
    return ImportRow(*row) if row else None
