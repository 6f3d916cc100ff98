"""The courses that are open to somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.access.actor import Actor
from app.access.permissions import Permission
from app.curriculum.rules import Audience
from app.kernel.clock import london_date
from app.learning.queries import Holding, OnCourse
from app.learning.wording import State, taken
from app.web.page import Page
from app.web.words import plural, short_day

PLANNERS_SEE = (
    "Only you see this page. Whoever plans learning for your team sees how many modules you have finished and the "
    "levels you hold, never what you wrote or answered."
)
PARTNER_SEES = (
    "Only you see this page. The people who look after this site can see that you have an account, and the few "
    "administrators among them that you finished a part. It is in no health record and on no list of staff."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLine:
    slug: str
    title: str
    for_whom: str
    summary: str
    takes: str
    state: State
    remark: str
    go_on: str
    module: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguePage(Page):
    template: ClassVar[str] = "learning/catalogue.html"
    who_sees: ClassVar[str] = PLANNERS_SEE

    say: str
    courses: tuple[CourseLine, ...]
    teaches: bool
    may_move: bool

    @classmethod
    def of(cls, courses: Sequence[OnCourse], held: Mapping[str, Holding], actor: Actor) -> Self:
        """`held`: the levels that the person holds, by tier."""
        lines = tuple(_line(course, held) for course in courses)
        teaches, may_move = actor.may(Permission.TEACH), actor.may(Permission.AUTHOR)
        return cls(say=_say(courses), courses=lines, teaches=teaches, may_move=may_move)


def _say(courses: Sequence[OnCourse]) -> str:
    courses = [c for c in courses if c.view.audience is not Audience.AUTHOR]
    going = [c for c in courses if c.is_open and c.to_do]
    if going:
        course = going[0]
        module = course.to_do
        assert module is not None
        return f"You are on {course.view.title}. Next is “{module.title}”."
    return f"{plural(len(courses), 'course')}. Each says for whom it is."


def _line(course: OnCourse, held: Mapping[str, Holding]) -> CourseLine:
    view, module = course.view, course.to_do
    going_on = course.is_open and module is not None
    return CourseLine(
        slug=view.slug,
        title=view.title,
        for_whom=view.for_whom,
        summary=view.summary,
        takes=taken(view),
        state=course_state(course, held),
        remark="Some of it is not yet open, so nobody can complete it yet." if view.partly_open else "",
        go_on=f"Go on with module {module.number}" if going_on and module else "",
        module=module.key if going_on and module else "",
    )


def course_state(course: OnCourse, held: Mapping[str, Holding]) -> State:
    """Where somebody stands with a course, in words. A level may have been reached elsewhere, or in earlier years."""
    enrolment, view = course.enrolment, course.view
    level = held.get(view.awards or "")
    if enrolment is None and level is not None and not level.withdrawn:
        return State(f"Level held since {short_day(level.first_granted_on)}", "good")
    if enrolment is None:
        return State("Not begun", "quiet")
    if enrolment.completed_at is not None:
        return State(f"Completed {short_day(london_date(enrolment.completed_at))}", "good")
    finished = sum(1 for m in view.open_modules if not course.left_in(m))
    if finished == len(view.open_modules):
        return State("All that is open is done", "good")
    if enrolment.started_at is None:
        return State("Enrolled, not begun", "act")
    units = "parts" if view.audience is Audience.PARTNER else "modules"
    return State(f"Learning: {finished} of {len(view.modules)} {units} done", "act")
