"""When everything that an edition requires is done, the enrolment is complete and its level is granted."""

from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.queries import course_view
from app.kernel import audit
from app.kernel.db import WriteSession, table
from app.learning.commands.awards import GrantAward, grant_award
from app.learning.models import Enrolment
from app.learning.queries import EnrolmentRow, done
from app.learning.rules import is_complete

_enrolment = table(Enrolment)


def mark_started(session: WriteSession, actor: Actor, enrolment: EnrolmentRow, now: datetime) -> None:
    """Note the moment at which a person first did something in the course."""
    if enrolment.started_at is None:
        mark_begun(session, actor, enrolment.id, enrolment.person_id, now)


def mark_begun(session: WriteSession, actor: Actor, enrolment_id: int, person_id: int, now: datetime) -> None:
    """The same for whoever knows an enrolment by its id: from then on nobody takes its place back as one not begun."""
    not_yet = sa.update(_enrolment).where(
        _enrolment.c.id == enrolment_id, _enrolment.c.started_at.is_(None), _enrolment.c.closed_at.is_(None)
    )
    if session.execute(not_yet.values(started_at=now).returning(_enrolment.c.id)).first() is not None:
        audit.record(
            session, actor, "start course", "enrolment", enrolment_id, now=now, subject_id=person_id,
            fields=("started_at",),
        )  # fmt: skip


def apply_completion(session: WriteSession, actor: Actor, enrolment: EnrolmentRow, now: datetime) -> bool:
    """Close the enrolment and grant its level if its edition can be completed and its rule holds."""
    view = course_view(session, enrolment.revision_id)
    finished = done(session, enrolment.id)
    if not view.can_be_completed or not is_complete(view.completion, finished):
        return False
    session.execute(
        sa.update(_enrolment).where(_enrolment.c.id == enrolment.id).values(completed_at=now, closed_at=now)
    )
    audit.record(
        session, actor, "complete course", "enrolment", enrolment.id, now=now, subject_id=enrolment.person_id,
        fields=("completed_at", "closed_at"),
    )  # fmt: skip
    if view.awards:
        command = GrantAward(
            person_id=enrolment.person_id,
            tier=view.awards,
            occurred_on=max(finished[key] for key in view.completion),
            edition_id=view.edition_id,
            source=f"course {view.slug}, edition {view.edition_number}",
        )
        grant_award(session, actor, command, now)
    return True
