"""A person reads: where they have got to is kept, and that they finished counts."""

from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor
from app.curriculum.queries import module_html
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, WriteSession
from app.kernel.errors import BadInputError
from app.learning.commands.completion import mark_started
from app.learning.commands.outcomes import RecordOutcome, record_outcome
from app.learning.models import Bookmark
from app.learning.queries import OnCourse, headings, joined
from app.learning.rules import EASY, OutcomeSource


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPlace:
    """`place` is the id of a heading, `easy/` before it in the easy-read text; empty: the beginning."""

    course: str
    module: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishReading:
    course: str
    module: str


def keep_place(session: WriteSession, actor: Actor, command: KeepPlace, now: datetime) -> None:
    """Move the bookmark. Once a course is finished there is nothing to come back to, and nothing is kept.

    The audit log knows that a course was begun, and no further step: where somebody stopped reading is theirs.
    """
    course, enrolment = joined(session, actor, command.course)
    if not enrolment.is_open:
        return
    _check_place(session, course, command)
    mark_started(session, actor, enrolment, now)
    bookmark = session.get(Bookmark, enrolment.id)
    if bookmark is None:
        bookmark = Bookmark(enrolment_id=enrolment.id, module="", at=now)
        session.add(bookmark)
    bookmark.module, bookmark.place, bookmark.at = command.module, command.place, now


def finish_reading(session: WriteSession, actor: Actor, command: FinishReading, now: datetime) -> OnCourse:
    """Record that the module's text was read. Returns the course as it stands then."""
    course, _enrolment = joined(session, actor, command.course)
    for activity in course.module(command.module).activities:
        if activity.kind is ActivityKind.READ:
            record_own(session, actor, course, activity, now)
    return joined(session, actor, command.course)[0]


def record_own(session: WriteSession, actor: Actor, course: OnCourse, activity: ActivityView, now: datetime) -> None:
    """Record what a person did themselves, just now; what they had done before stays as it is."""
    if activity.key in course.finished or not course.is_open:
        return
    command = RecordOutcome(
        person_id=actor.person_id,
        activity_id=activity.id,
        occurred_on=london_date(now),
        minutes=activity.minutes,
        participatory_minutes=activity.participatory_minutes,
        source=OutcomeSource(activity.kind.value),
    )
    record_outcome(session, actor, command, now)


def _check_place(session: ReadSession, course: OnCourse, command: KeepPlace) -> None:
    module = course.module(command.module)
    easy = command.place.startswith(EASY)
    if easy and not module.has_easy_read:
        raise BadInputError({"place": "This part has no easy-read text"})
    html = module_html(session, course.view.revision_id, module.key, easy=easy)
    if command.place and command.place.removeprefix(EASY) not in headings(html):
        raise BadInputError({"place": "There is no such place in this text"})
