"""Where somebody goes from here: the next thing in the order in which the course was written."""

from dataclasses import dataclass, field, replace

from app.curriculum.rules import ActivityKind, Audience
from app.curriculum.views import ActivityView, CourseView
from app.learning.commands import KeepPlace
from app.learning.queries import TO_DO, OnCourse
from app.learning.rules import EASY

JUDGED = {ActivityKind.TASK: "marking:work", ActivityKind.SIGN_OFF: "signing:sign_off"}
"""Where what people judge is written and followed: pages of the floors above."""


@dataclass(frozen=True, slots=True)
class Way:
    """A page by its route, at `#place` when there is one."""

    route: str
    params: dict[str, object] = field(default_factory=dict)
    place: str = ""


def way_in(course: OnCourse) -> Way:
    """The page on which somebody who has just joined begins, or goes on."""
    module = course.to_do or course.view.open_modules[0]
    return Way("learning:module", {"slug": course.view.slug, "module": module.key})


def way_to(view: CourseView, activity: ActivityView) -> Way:
    """Texts and quizzes are on their module's page, the others have a page of their own."""
    params: dict[str, object] = {"slug": view.slug, "module": activity.module}
    if activity.kind is ActivityKind.READ:
        return Way("learning:module", params)
    if activity.is_quiz:
        return Way("learning:module", params, TO_DO)
    if activity.kind in JUDGED:
        return Way(JUDGED[activity.kind], {"course": view.slug, "activity": activity.key})
    return Way("learning:activity", params | {"activity": activity.key})


def way_on(course: OnCourse, module_key: str, activity_key: str = "", *, easy: bool = False) -> Way:
    """`easy`: whoever reads the easy-read text goes on reading it."""
    way = _way_on(course, module_key, activity_key)
    return replace(way, params=way.params | {"easy": 1}) if easy and way.route == "learning:module" else way


def way_back(command: KeepPlace) -> Way:
    """To the very place that was kept."""
    params: dict[str, object] = {"slug": command.course, "module": command.module}
    if command.place.startswith(EASY):
        params["easy"] = 1
    return Way("learning:module", params, command.place.removeprefix(EASY))


def _way_on(course: OnCourse, module_key: str, activity_key: str) -> Way:
    """After an activity (without one: after a module's text): the next, optional ones too; then the next module.

    When everything is done: the page that says so.
    """
    module = course.module(module_key)
    keys = [a.key for a in module.activities]
    reads = [a.key for a in module.activities if a.kind is ActivityKind.READ]
    here = activity_key or (reads[-1] if reads else keys[-1])
    after = [
        a for a in module.activities[keys.index(here) + 1 :] if a.key not in course.finished and a.after_days is None
    ]
    if left := [*after, *(a for a in course.left_in(module) if a.key != here)]:
        return way_to(course.view, left[0])
    if course.is_completed and course.enrolment:
        return Way("learning:completed", {"enrolment_id": course.enrolment.id})
    later = (m for m in course.view.open_modules if m.number > module.number and course.left_in(m))
    following = next(later, course.to_do)
    if following is not None:
        return Way("learning:module", {"slug": course.view.slug, "module": following.key})
    return home_of(course.view)


def home_of(view: CourseView) -> Way:
    """The page of a course: for partners their first screen."""
    if view.audience is Audience.PARTNER:
        return Way("learning:partner_home")
    return Way("learning:course", {"slug": view.slug})
