"""Attempts whose time ran out with nobody there: for the worker, and for whoever grants more time."""

from datetime import datetime

import sqlalchemy as sa

from app.assessment.models import Attempt
from app.assessment.rules import GRACE
from app.kernel.db import ReadSession, table
from app.learning.models import Enrolment

MOST_AT_ONCE = 200
"""What is left waits for the next round, a minute later."""

_attempt, _enrolment = table(Attempt), table(Enrolment)


def overdue(session: ReadSession, now: datetime) -> list[tuple[int, int]]:
    """The attempts that no answer can reach any more, as (attempt's id, person's id), the longest overdue first."""
    rows = session.execute(
        sa.select(_attempt.c.id, _enrolment.c.person_id)
        .join(_enrolment, _enrolment.c.id == _attempt.c.enrolment_id)
        .where(_attempt.c.submitted_at.is_(None), _attempt.c.due_at < now - GRACE)
        .order_by(_attempt.c.due_at, _attempt.c.id)
        .limit(MOST_AT_ONCE)
    )
    return [(row.id, row.person_id) for row in rows]
