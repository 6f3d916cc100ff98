"""Where something to write, tick or rate stands, and when it was saved."""

from dataclasses import dataclass
from datetime import date

from app.access.actor import Actor
from app.curriculum.views import ActivityView
from app.kernel.clock import london_date
from app.learning.queries import NoteRow, OnCourse
from app.learning.wording import is_partner, place_in_course
from app.web.words import clock_time, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an activity stands: the course, its module, and what the page calls them."""

    slug: str
    module: str
    key: str
    where: str
    back: str
    joined: bool

    @classmethod
    def of(cls, course: OnCourse, activity: ActivityView, actor: Actor) -> "Place":
        partner = is_partner(actor)
        module = course.module(activity.module)
        return cls(
            slug=course.view.slug,
            module=module.key,
            key=activity.key,
            where=place_in_course(course.view, module, partner=partner),
            back=f"Back to {'part' if partner else 'module'} {module.number}, {module.title}",
            joined=course.enrolment is not None,
        )


def saved_words(note: NoteRow, today: date) -> str:
    """Saved 21:14; with the day when it was not today; empty before the first save."""
    if note.saved_at is None:
        return ""
    same_day = london_date(note.saved_at) == today
    return f"Saved {clock_time(note.saved_at) if same_day else moment(note.saved_at)}"
