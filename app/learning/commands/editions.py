"""Whoever is on an edition that nobody can complete goes on in the newest one."""

from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.queries import latest_edition, latest_view
from app.kernel import audit
from app.kernel.db import ReadSession, WriteSession, table
from app.learning.commands.completion import apply_completion
from app.learning.commands.reach import one_at_a_time
from app.learning.models import Enrolment
from app.learning.queries import open_enrolment

AT_ONCE = 500

_enrolment = table(Enrolment)


def follow_editions(session: WriteSession, actor: Actor, now: datetime, *, most: int = AT_ONCE) -> int:
    """Move open enrolments from editions that are partly open, or for authors, to the newest of their course.

    Such an edition promises nobody a completion, so that nothing of it can be broken, and whoever stayed would never
    see what opens next. What people did counts on, because outcomes belong to activities. An edition that can be
    completed is kept by whoever began it. Returns how many were moved, `most` at a time: call until it is 0.
    """
    left = _left_behind(session)
    found = sa.select(Enrolment).where(_enrolment.c.edition_id.in_(left), _enrolment.c.closed_at.is_(None))
    moving = session.scalars(found.order_by(_enrolment.c.id).limit(most)).all() if left else []
    for enrolment in moving:
        one_at_a_time(session, enrolment.person_id)
        enrolment.edition_id = left[enrolment.edition_id]
        session.flush()
        audit.record(
            session, actor, "follow edition", "enrolment", enrolment.id, now=now, subject_id=enrolment.person_id,
            fields=("edition_id",),
        )  # fmt: skip
        row = open_enrolment(session, enrolment.person_id, enrolment.course_id)
        if row is not None:
            apply_completion(session, actor, row, now)
    return len(moving)


def _left_behind(session: ReadSession) -> dict[int, int]:
    """Editions with open enrolments that nobody can complete → the newest edition of the same course."""
    rows = session.execute(
        sa.select(_enrolment.c.edition_id, _enrolment.c.course_id).where(_enrolment.c.closed_at.is_(None)).distinct()
    ).all()
    newest = {row.edition_id: latest_edition(session, row.course_id).id for row in rows}
    return {
        edition: new
        for edition, new in newest.items()
        if edition != new and not latest_view(session, edition).can_be_completed
    }
