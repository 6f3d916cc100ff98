"""Begin an attempt, or go on with the one that is open."""

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.assessment import queries
from app.assessment.models import Attempt
from app.assessment.queries import Tried
from app.assessment.rules import drawn_questions, tries_left
from app.curriculum.models import Course
from app.curriculum.queries import latest_view, questions
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView, CourseView
from app.kernel import audit
from app.kernel.db import WriteSession, table
from app.kernel.errors import NotFoundError, RuleBrokenError
from app.learning.models import Enrolment

LARGEST_SEED = 2**31

_course, _enrolment = table(Course), table(Enrolment)


@dataclass(frozen=True, slots=True, kw_only=True)
class StartAttempt:
    """`course` is its slug and `activity` its key in the files. A `seed` makes the draw repeatable."""

    course: str
    activity: str
    seed: int | None = None


def start_attempt(session: WriteSession, actor: Actor, command: StartAttempt, now: datetime) -> Attempt:
    """Draw the questions and pin the words of today. An attempt that is open already is returned as it is.

    Raises NotFoundError for a course one is not on, RuleBrokenError when there are no tries left.
    """
    enrolment = _newest_enrolment(session, actor, command.course)
    course = latest_view(session, enrolment.edition_id)
    activity = course.activity(command.activity)
    if activity is None or not activity.is_quiz:
        raise NotFoundError("activity")
    earlier = queries.tries(session, actor.person_id, activity.id)
    here = [t for t in earlier if t.enrolment_id == enrolment.id]
    if open_now := next((t for t in here if not t.handed_in), None):
        return session.get_one(Attempt, open_now.attempt_id)
    _refuse_one_too_many(enrolment, activity, here)
    seed = secrets.randbelow(LARGEST_SEED) if command.seed is None else command.seed % LARGEST_SEED
    asked = _drawn(session, course, activity, earlier, seed)
    attempt = Attempt(
        enrolment_id=enrolment.id,
        activity_id=activity.id,
        revision_id=course.revision_id,
        number=len(here) + 1,
        seed=seed,
        questions=asked,
        began_at=now,
        out_of=len(asked),
        pass_mark=activity.pass_mark,
    )
    session.add(attempt)
    session.flush()
    audit.record(session, actor, "start attempt", "attempt", attempt.id, now=now, subject_id=actor.person_id)
    return attempt


def _newest_enrolment(session: WriteSession, actor: Actor, slug: str) -> Enrolment:
    """Locked, so that two presses at once make one attempt."""
    found = session.scalar(
        sa.select(Enrolment)
        .join(_course, _course.c.id == _enrolment.c.course_id)
        .where(_course.c.slug == slug, _enrolment.c.person_id == actor.person_id)
        .order_by(_enrolment.c.episode.desc())
        .limit(1)
        .with_for_update(of=Enrolment)
    )
    if found is None:
        raise NotFoundError("enrolment")
    return found


def _refuse_one_too_many(enrolment: Enrolment, activity: ActivityView, here: list[Tried]) -> None:
    if activity.kind is ActivityKind.PRACTICE:
        return
    if any(t.passed for t in here):
        raise RuleBrokenError("You have already passed this. There is nothing left to take here.")
    if enrolment.closed_at is not None:
        raise RuleBrokenError("You have finished this course. To take it again, enrol on it from Courses first.")
    if tries_left(activity.attempts, len(here)) == 0:
        raise RuleBrokenError(f"You have used all {activity.attempts} tries. Ask the QI team what to do next.")


def _drawn(
    session: WriteSession, course: CourseView, activity: ActivityView, earlier: list[Tried], seed: int
) -> list[str]:
    bank = [q.key for q in questions(session, course.revision_id, activity.quiz)]
    met = Counter(key for t in earlier for key in t.questions)
    return drawn_questions(bank, activity.draw, met, seed)
