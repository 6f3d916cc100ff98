"""Joiners and rejoiners of imports who wait for their account, invitation and introduction."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.intake.models import StaffImport, StaffImportLine
from app.kernel.db import ReadSession, table

_line = table(StaffImportLine)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    line_id: int
    person_id: int


def waiting(session: ReadSession, most: int) -> list[WaitingRow]:
    """The first so many, in the order in which they joined."""
    wanted = sa.select(_line.c.id, _line.c.person_id).where(_line.c.waits).order_by(_line.c.id).limit(most)
    return [WaitingRow(*row) for row in session.execute(wanted)]


def untold(session: ReadSession) -> bool:
    """Whether there is an import of which HR has not been told."""
    return session.scalar(sa.select(table(StaffImport).c.id).where(~table(StaffImport).c.told).limit(1)) is not None
