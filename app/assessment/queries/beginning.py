"""What an attempt would be, were it begun now: with one's own time and tries, or why it cannot be."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.assessment import rules
from app.assessment.queries.adjustments import leeway
from app.assessment.queries.attempts import Tried, tries
from app.assessment.rules import Leeway
from app.curriculum.models import Course
from app.curriculum.queries import latest_view
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView, CourseView
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.models import Enrolment
from app.learning.queries.enrolments import was_taken_up

_course, _enrolment = table(Course), table(Enrolment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """`earlier` are the tries in every enrolment; those `here` are of this one."""

    enrolment_id: int
    closed: bool
    course: CourseView
    activity: ActivityView
    earlier: tuple[Tried, ...]
    leeway: Leeway

    @property
    def here(self) -> list[Tried]:
        return [t for t in self.earlier if t.enrolment_id == self.enrolment_id]

    @property
    def open_now(self) -> int | None:
        """The attempt that is open already."""
        return next((t.attempt_id for t in self.here if not t.handed_in), None)

    @property
    def minutes(self) -> int | None:
        """How long it may take; None: as long as one likes."""
        return rules.own_minutes(self.activity.time_limit, self.leeway)

    @property
    def tries_left(self) -> int | None:
        return rules.tries_left(self._tries, len(self.here))

    @property
    def _tries(self) -> int | None:
        return rules.own_tries(self.activity.attempts, self.leeway)

    @property
    def refusal(self) -> str:
        """Why nothing can be begun, in words; empty when it can."""
        if self.activity.kind is ActivityKind.PRACTICE:
            return ""
        if any(t.passed for t in self.here):
            return "You have already passed this. There is nothing left to take here."
        if self.closed:
            return "You have finished this course. To take it again, enrol on it from Courses first."
        if self.tries_left == 0:
            return f"You have used all {self._tries} tries. Ask the QI team what to do next."
        return ""

    @property
    def tells_first(self) -> bool:
        """Whether one is told how long one has before the time runs."""
        return self.activity.time_limit is not None and self.open_now is None and not self.refusal


def newest_enrolment(slug: str, actor: Actor) -> sa.Select[Enrolment]:
    """The actor's enrolment on a course that counts today."""
    return (
        sa.select(Enrolment)
        .join(_course, _course.c.id == _enrolment.c.course_id)
        .where(_course.c.slug == slug, _enrolment.c.person_id == actor.person_id, was_taken_up(_enrolment))
        .order_by(_enrolment.c.episode.desc())
        .limit(1)
    )


def beginning(session: ReadSession, actor: Actor, slug: str, key: str, now: datetime) -> Beginning:
    """Raises NotFoundError for a course that one is not on, and for what is no quiz of it."""
    enrolment = session.scalar(newest_enrolment(slug, actor))
    if enrolment is None:
        raise NotFoundError("enrolment")
    course = latest_view(session, enrolment.edition_id)
    activity = course.activity(key)
    if activity is None or not activity.is_quiz:
        raise NotFoundError("activity")
    return Beginning(
        enrolment_id=enrolment.id,
        closed=enrolment.closed_at is not None,
        course=course,
        activity=activity,
        earlier=tuple(tries(session, actor.person_id, activity.id)),
        leeway=leeway(session, actor.person_id, now),
    )
