"""Reports that were kept, and which month's is to be kept next."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.rules import add_months
from app.oversight.models import KeptReport
from app.oversight.queries.reach import check_reach, names_people, told
from app.oversight.rules.figures import Report
from app.oversight.rules.keeping import read

_kept = table(KeptReport)


@dataclass(frozen=True, slots=True)
class Kept:
    """A month, by its first day, and when its report was made."""

    month: date
    made_at: datetime


def kept_months(session: ReadSession) -> list[Kept]:
    """Every month whose report was kept, the newest first."""
    rows = session.execute(sa.select(_kept.c.month, _kept.c.made_at).order_by(_kept.c.month.desc()))
    return [Kept(*row) for row in rows]


def kept_report(session: ReadSession, actor: Actor, directorate_id: int, month: date) -> Report | None:
    """What was reported of that month, as far as the actor may read it; None where nothing was.

    Raises NotFoundError for what is out of reach, and for a directorate of which that report says nothing.
    """
    check_reach(actor, Permission.SEE_OVERSIGHT, directorate_id)
    content = session.scalar(sa.select(_kept.c.content).where(_kept.c.month == month))
    if content is None:
        return None
    whole = read(content)
    found = whole if names_people(actor, directorate_id) else told(actor, whole)
    if found.part(directorate_id) is None:
        raise NotFoundError("directorate")
    return found


def month_to_keep(session: ReadSession, now: datetime) -> date | None:
    """The month before this one, by its first day, until its report is kept; None from then on."""
    month = add_months(london_date(now).replace(day=1), -1)
    is_kept = session.scalar(sa.select(_kept.c.id).where(_kept.c.month == month))
    return month if is_kept is None else None
