"""A course is done: what somebody did, its certificate, and what next."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.access.actor import Actor
from app.curriculum.views import ActivityView
from app.kernel.clock import london_date
from app.learning.life_wording import Names, explained
from app.learning.pages.catalogue import PARTNER_SEES, PLANNERS_SEE
from app.learning.queries import Holding, NextStep, OnCourse
from app.learning.rules import EnrolmentSource
from app.learning.wording import is_partner, title_of
from app.web.page import Page
from app.web.words import day, minutes

ELSEWHERE = " elsewhere, as another system’s list says"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneLine:
    part: str
    title: str
    on: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedPage(Page):
    template: ClassVar[str] = "learning/completed.html"
    who_sees: ClassVar[str] = PLANNERS_SEE

    enrolment_id: int
    slug: str
    heading: str
    say: str
    lines: tuple[DoneLine, ...]
    totals: str
    valid: str
    practice: str
    """The level that can be told of as used in practice; empty where none is held."""
    elsewhere: bool
    next_words: str
    next_slug: str
    next_module: str

    @classmethod
    def of(
        cls,
        course: OnCourse,
        following: NextStep | None,
        held: Holding | None,
        names: Names,
        actor: Actor,
        today: date,
    ) -> "CompletedPage":
        """`held` is the course's level as the actor holds it; `names` are those of the editions."""
        assert course.enrolment is not None
        assert course.enrolment.completed_at is not None
        partner = is_partner(actor)
        page = PartnerCompletedPage if partner else cls
        on = day(london_date(course.enrolment.completed_at))
        title = course.view.title
        elsewhere = course.enrolment.source is EnrolmentSource.IMPORTED
        hidden = partner or elsewhere  # what the parts take here says nothing of how long it took there
        return page(
            enrolment_id=course.enrolment.id,
            slug=course.view.slug,
            heading="You have taken part in the whole course" if partner else f"You have completed {title}",
            say=f"Thank you. You finished on {on}."
            if partner
            else f"Completed on {on}{ELSEWHERE if elsewhere else ''}.",
            lines=() if hidden else _lines(course),
            totals="" if hidden else _totals(course),
            valid="" if partner else _valid(course, held, names, today),
            practice=course.view.awards or "" if held else "",
            elsewhere=elsewhere,
            next_words=f"Go on with {following.course_title}: {following.module_title}" if following else "",
            next_slug=following.params["slug"] if following else "",
            next_module=following.params["module"] if following else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerCompletedPage(CompletedPage):
    who_sees: ClassVar[str] = PARTNER_SEES


def _done(course: OnCourse) -> list[ActivityView]:
    return [a for a in course.view.activities if a.key in course.finished]


def _lines(course: OnCourse) -> tuple[DoneLine, ...]:
    return tuple(
        DoneLine(
            part=course.module(a.module).title,
            title=title_of(a),
            on=day(course.finished[a.key]),
            time=minutes(a.minutes),
        )
        for a in _done(course)
    )


def _totals(course: OnCourse) -> str:
    done = _done(course)
    together = sum(a.participatory_minutes for a in done)
    said = f"{minutes(sum(a.minutes for a in done)).capitalize()} of learning"
    return f"{said}, {minutes(together)} of it with others." if together else f"{said}, none of it with others."


def _valid(course: OnCourse, held: Holding | None, names: Names, today: date) -> str:
    if held is None:
        return ""
    return f"{explained(held, names, today)} {course.view.refresh if held.valid_until else ''}".strip()
