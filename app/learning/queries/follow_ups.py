"""What a course asks weeks after it was completed: what came of it?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from app.curriculum.queries import all_courses
from app.curriculum.queries.memory import course_views
from app.curriculum.rules import Audience
from app.curriculum.views import ActivityView, CourseView
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.learning.models import Note
from app.learning.queries.enrolments import EnrolmentRow, enrolments_of
from app.learning.rules import ASKED_FOR, asked_on
from app.organisation.queries import leaves_of
from app.organisation.rules import Spell, moved_by

_note = table(Note)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that somebody can answer now."""

    course: str
    course_title: str
    module: str
    activity: str
    title: str
    completed_on: date


def follow_ups(session: ReadSession, person_id: int, today: date) -> list[FollowUp]:
    """What a person is asked now, and has not answered yet: the newest course first. Long leave puts it off."""
    completed = [e for e in enrolments_of(session, person_id) if e.completed_at is not None]
    views = course_views(session, [e.revision_id for e in completed]) if completed else []
    spells = leaves_of(session, [person_id], today).get(person_id, ()) if completed else ()
    due = list(_due(zip(completed, views, strict=True), spells, today))
    answered = _answered(session, person_id, [activity.id for _, _, activity in due]) if due else set()
    return [
        FollowUp(view.slug, view.title, activity.module, activity.key, activity.title, done)
        for view, done, activity in due
        if activity.id not in answered
    ]


def asking_later(session: ReadSession) -> list[tuple[CourseView, ActivityView]]:
    """Every question of the newest editions that is asked after the course."""
    courses = (view for audience in (Audience.STAFF, Audience.PARTNER) for view in all_courses(session, audience))
    return [(view, activity) for view in courses for activity in view.activities if activity.after_days]


def _due(
    completed: Iterable[tuple[EnrolmentRow, CourseView]], spells: Sequence[Spell], today: date
) -> Iterator[tuple[CourseView, date, ActivityView]]:
    for enrolment, view in completed:
        assert enrolment.completed_at is not None
        done = london_date(enrolment.completed_at)
        for activity in view.activities:
            if activity.after_days and _is_time(done, activity.after_days, spells, today):
                yield view, done, activity


def _is_time(done: date, after_days: int, spells: Sequence[Spell], today: date) -> bool:
    first, last = asked_on(done, after_days), done + ASKED_FOR
    first, last = (day + timedelta(days=moved_by(spells, done, day, today)) for day in (first, last))
    return first <= today <= last


def _answered(session: ReadSession, person_id: int, activities: list[int]) -> set[int]:
    wanted = sa.select(_note.c.activity_id).where(_note.c.person_id == person_id, _note.c.activity_id.in_(activities))
    return set(session.scalars(wanted))
