"""What one person does next, and where they had got to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from app.curriculum.queries import module_html
from app.curriculum.queries.memory import course_views
from app.curriculum.rules import ActivityKind, Audience
from app.curriculum.views import CourseView, ModuleView
from app.kernel.db import ReadSession
from app.learning.queries.enrolments import EnrolmentRow, done_in, enrolments_of
from app.learning.queries.progress import left_in
from app.learning.rules import EASY, EnrolmentSource

TO_DO = "to_do"
"""The part of a module's page below its text. (No heading of a course makes an id with an underscore.)"""

_HEADING = re.compile(r'<h2\b[^>]*\bid="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do. The page is `route` with `params`, at `#place` when there is one."""

    enrolment_id: int
    course_id: int
    tier: str
    course_title: str
    module_title: str
    number: int
    of: int
    minutes_left: int
    started: bool
    reached: str
    route: str
    params: Mapping[str, str]
    place: str


def next_step(session: ReadSession, person_id: int) -> NextStep | None:
    """Of the courses that a person is on, the one they last worked at (else the newest); None with nothing to do.

    A gallery for authors is no step of anybody's.
    """
    still_open = sorted((e for e in enrolments_of(session, person_id) if e.is_open), key=_last_touched, reverse=True)
    views = course_views(session, [e.revision_id for e in still_open])
    finished = done_in(session, [e.id for e in still_open])
    for enrolment, view in zip(still_open, views, strict=True):
        if view.audience is Audience.AUTHOR:
            continue
        if (module := module_to_do(view, enrolment, finished[enrolment.id])) is not None:
            return _step(session, enrolment, view, module, finished[enrolment.id])
    return None


def module_to_do(view: CourseView, enrolment: EnrolmentRow | None, finished: Mapping[str, object]) -> ModuleView | None:
    """The module to go on with: the one with the bookmark while something is left in it, else the first such."""
    unfinished = [m for m in view.open_modules if left_in(m, finished)]
    bookmarked = enrolment.module if enrolment else None
    return next((m for m in unfinished if m.key == bookmarked), unfinished[0] if unfinished else None)


def headings(html: str) -> dict[str, str]:
    """The sections of a prepared module: id → words."""
    return {place: unescape(_TAGS.sub("", words)).strip() for place, words in _HEADING.findall(html)}


def _last_touched(enrolment: EnrolmentRow) -> tuple[bool, bool, bool, object]:
    """What was begun before what was not, and what somebody chose, or begins with, before what a rule added to it."""
    at = enrolment.bookmarked_at or enrolment.started_at or enrolment.enrolled_at
    marked, begun = enrolment.bookmarked_at is not None, enrolment.started_at is not None
    return marked, begun, enrolment.source is not EnrolmentSource.RULE, at


def _step(
    session: ReadSession, enrolment: EnrolmentRow, view: CourseView, module: ModuleView, finished: Mapping[str, object]
) -> NextStep:
    left = left_in(module, finished)
    kept = enrolment.place or "" if enrolment.module == module.key else ""
    if not any(a.kind is ActivityKind.READ for a in left):
        kept = TO_DO
    easy = kept.startswith(EASY)
    place = kept.removeprefix(EASY)
    reached = headings(module_html(session, view.revision_id, module.key, easy=easy)).get(place, "") if place else ""
    return NextStep(
        enrolment_id=enrolment.id,
        course_id=view.course_id,
        tier=view.tier,
        course_title=view.title,
        module_title=module.title,
        number=module.number,
        of=len(view.modules),
        minutes_left=sum(a.minutes for a in left),
        started=enrolment.started_at is not None,
        reached=reached,
        route="learning:module",
        params={"slug": view.slug, "module": module.key} | ({"easy": "1"} if easy else {}),
        place=place,
    )
