"""Decide about a piece of work when the last word about it is in, and release what was decided."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.curriculum.queries import course_view, marking_guide
from app.curriculum.views import ActivityView, CourseView
from app.kernel import audit, outbox
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.kernel.errors import NotFoundError
from app.learning.commands import RecordOutcome, record_outcome
from app.learning.commands.reach import one_at_a_time
from app.learning.models import Enrolment
from app.learning.rules import OutcomeSource
from app.marking.models import PieceOfWork
from app.marking.queries.desk import TO_RELEASE
from app.marking.queries.marks import looks
from app.marking.rules import decision
from app.organisation.models import Person

_work, _enrolment = table(PieceOfWork), table(Enrolment)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseAll:
    """Every result of one task (its activity's id) that was decided up to a moment: those that were counted."""

    activity_id: int
    until: datetime


def decide(session: WriteSession, settings: Settings, actor: Actor, work: PieceOfWork, now: datetime) -> None:
    """Add it up when nothing is open any more. Released at once unless its guide releases all together.

    Whoever calls holds the work and its author.
    """
    _course, activity = _task_of(session, work)
    guide = marking_guide(session, work.revision_id, activity.guide)
    said = looks(session, [work.id]).get(work.id, ())
    final = decision(guide, {look.place: look.marks for look in said}, work.markers)
    if final is None or work.decided_at is not None:
        return
    work.points, work.passed, work.decided_at = final.points, final.passed, now
    session.flush()
    author = session.get_one(Enrolment, work.enrolment_id).person_id
    audit.record(session, actor, "decide work", "piece_of_work", work.id, now=now, subject_id=author)
    if not guide.release_together:
        _release(session, settings, actor, work, now)


def release_all(session: WriteSession, settings: Settings, actor: Actor, command: ReleaseAll, now: datetime) -> int:
    """Release what was decided, all of it or nothing. Returns how many; raises NotFoundError without the permission."""
    if not actor.may(Permission.MODERATE):
        raise NotFoundError("results")
    chosen = (TO_RELEASE, _work.c.activity_id == command.activity_id, _work.c.decided_at <= command.until)
    authors = sa.select(_enrolment.c.person_id).join(_work, _work.c.enrolment_id == _enrolment.c.id).where(*chosen)
    for person_id in sorted(set(session.scalars(authors))):
        one_at_a_time(session, person_id)
    works = session.scalars(
        sa.select(PieceOfWork)
        .where(*chosen)
        .order_by(_work.c.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for work in works:
        _release(session, settings, actor, work, now)
    return len(works)


def _release(session: WriteSession, settings: Settings, actor: Actor, work: PieceOfWork, now: datetime) -> None:
    """From here on the learner reads it and, when it passed, it counts. They hear of it once, without the result."""
    work.released_at = now
    session.flush()
    author = session.get_one(Person, session.get_one(Enrolment, work.enrolment_id).person_id)
    audit.record(session, actor, "release work", "piece_of_work", work.id, now=now, subject_id=author.id)
    course, activity = _task_of(session, work)
    if work.passed:
        record_outcome(session, actor, _outcome(author.id, activity, now), now)
    if author.email:
        subject, body = _told(settings, author, course, activity)
        outbox.post(
            session,
            key=f"work-released:{work.id}",
            person_id=author.id,
            to_address=author.email,
            subject=subject,
            body=body,
            now=now,
        )


def _task_of(session: WriteSession, work: PieceOfWork) -> tuple[CourseView, ActivityView]:
    course = course_view(session, work.revision_id)
    activity = course.activity_by_id(work.activity_id)
    assert activity is not None, "the revision of a piece of work has its activity"
    return course, activity


def _outcome(person_id: int, activity: ActivityView, now: datetime) -> RecordOutcome:
    return RecordOutcome(
        person_id=person_id,
        activity_id=activity.id,
        occurred_on=london_date(now),
        minutes=activity.minutes,
        participatory_minutes=activity.participatory_minutes,
        source=OutcomeSource.MARKED,
    )


def _told(settings: Settings, author: Person, course: CourseView, activity: ActivityView) -> tuple[str, str]:
    address = f"{settings.origin}/work/{course.slug}/{activity.key}"
    body = (
        f"Hello {author.name},\n\nyour work has been looked at: “{activity.title}” in “{course.title}”.\n\n"
        f"Read what was said about it:\n\n{address}\n\n"
        f"Questions? Ask {settings.qi_contact}. {settings.trust_name}"
    )
    return "Your work has been looked at", body
