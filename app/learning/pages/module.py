"""One module: its text as prepared at load, and what there is to do in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.access.actor import Actor
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView, ModuleView
from app.kernel.clock import london_date
from app.learning.pages.catalogue import PARTNER_SEES, PLANNERS_SEE
from app.learning.pages.text import Text
from app.learning.queries import OnCourse
from app.learning.rules import EASY
from app.learning.wording import State, is_partner, needs, place_in_course, state_of, title_of
from app.web.page import Page
from app.web.words import day


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One activity below the text. `first`: the one to do now, whose button is the page's main one."""

    key: str
    kind: str
    title: str
    needs: str
    state: State
    done: bool
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    key: str
    title: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModulePage(Page):
    template: ClassVar[str] = "learning/module.html"
    prepared: ClassVar[tuple[str, ...]] = ("text_html", "closing_html")
    who_sees: ClassVar[str] = PLANNERS_SEE

    slug: str
    key: str
    title: str
    where: str
    joined: bool
    keeps: bool
    """Whether the bookmark moves: on a course that one has finished there is nothing to come back to."""
    easy: bool
    has_easy_read: bool
    printing: bool
    reached: str
    reached_at: str
    text_html: str
    closing_html: str
    """The words and sources at the end of a text: they follow what there is to do, so that nobody reads past it."""
    before: tuple[Task, ...]
    tasks: tuple[Task, ...]
    completed_on: str
    completed_id: int | None
    previous: Neighbour | None
    following: Neighbour | None

    @classmethod
    def of(
        cls, course: OnCourse, module: ModuleView, text: Text, actor: Actor, *, easy: bool, printing: bool
    ) -> "ModulePage":
        partner = is_partner(actor)
        page = PartnerModulePage if partner else cls
        enrolment = course.enrolment
        place, reached = _reached(course, module, text, easy=easy)
        before, tasks = _tasks(course, module)
        completed = enrolment.completed_at if enrolment else None
        return page(
            slug=course.view.slug,
            key=module.key,
            title=module.title,
            where=place_in_course(course.view, module, partner=partner),
            joined=enrolment is not None,
            keeps=course.is_open,
            easy=easy,
            has_easy_read=module.has_easy_read,
            printing=printing,
            reached=reached,
            reached_at=place,
            text_html=text.html,
            closing_html=text.closing_html,
            before=before,
            tasks=tasks,
            completed_on=_day(completed),
            completed_id=enrolment.id if enrolment and completed else None,
            previous=_neighbour(course, module.number - 1, partner=partner),
            following=_neighbour(course, module.number + 1, partner=partner),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerModulePage(ModulePage):
    who_sees: ClassVar[str] = PARTNER_SEES


def _reached(course: OnCourse, module: ModuleView, text: Text, *, easy: bool) -> tuple[str, str]:
    """The bookmarked section of this very text, as (id, words); empty when there is none to go on from."""
    enrolment = course.enrolment
    if not course.is_open or enrolment is None or enrolment.module != module.key or not enrolment.place:
        return "", ""
    if enrolment.place.startswith(EASY) is not easy:
        return "", ""
    place = enrolment.place.removeprefix(EASY)
    words = text.places.get(place, "")
    return (place, words) if words else ("", "")


def _tasks(course: OnCourse, module: ModuleView) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
    """What stands before the text and what after it. The first that is left to do gets the main button."""
    left = {a.key for a in course.left_in(module)}
    first = next((a.key for a in module.activities if a.key in left), "")
    reads = [i for i, a in enumerate(module.activities) if a.kind is ActivityKind.READ]
    text_at = reads[0] if reads else 0
    return (
        tuple(_task(a, course, first) for a in module.activities[:text_at]),
        tuple(_task(a, course, first) for a in module.activities[text_at:]),
    )


def _task(activity: ActivityView, course: OnCourse, first: str) -> Task:
    return Task(
        key=activity.key,
        kind=activity.kind.value,
        title=title_of(activity),
        needs=needs(activity),
        state=state_of(activity, course),
        done=activity.key in course.finished,
        first=activity.key == first,
    )


def _neighbour(course: OnCourse, number: int, *, partner: bool) -> Neighbour | None:
    found = next((m for m in course.view.open_modules if m.number == number), None)
    if found is None:
        return None
    return Neighbour(key=found.key, title=found.title, label=f"{'Part' if partner else 'Module'} {number}")


def _day(moment: datetime | None) -> str:
    return day(london_date(moment)) if moment else ""
