"""The report of a month that has ended is kept, once."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel import audit
from app.kernel.db import WriteSession, insert_new, table
from app.oversight.models import KeptReport
from app.oversight.rules.figures import Report
from app.oversight.rules.keeping import VERSION, plain

_kept = table(KeptReport)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepReport:
    """`month` is named by its first day; the report is as at its last."""

    month: date
    report: Report


def keep_report(session: WriteSession, actor: Actor, command: KeepReport, now: datetime) -> bool:
    """Keep it for good. False, and nothing changes, where that month's is kept already: by this server or another."""
    values = {"version": VERSION, "made_at": now, "content": plain(command.report)}
    if not insert_new(session, KeptReport, "month", month=command.month, **values):
        return False
    kept_id = session.scalars(sa.select(_kept.c.id).where(_kept.c.month == command.month)).one()
    audit.record(session, actor, "keep monthly report", _kept.name, kept_id, now=now, fields=("content",))
    return True
