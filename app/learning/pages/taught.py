"""Taught sessions: what learners see of them, and the packs of those who teach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from markupsafe import Markup

from app.curriculum.views import CourseView, PackPageView, SessionView
from app.curriculum.words import fill
from app.learning.queries import Taught
from app.web.page import Page
from app.web.words import minutes, plural

Words = Mapping[str, Markup]

NOBODY = "Everybody who can take this course sees this page. It holds nothing about anybody."
TEACHERS = "Facilitators and the QI team see this page. It holds nothing about anybody."
KINDS = {
    "workshop": "Workshop",
    "learning-set": "Learning set",
    "half-day": "Half-day",
    "day": "Day",
    "session": "Session",
    "class": "Class",
}


def time_of(session: SessionView) -> str:
    """Day · 6 hours 30 minutes, 5 hours of it with others."""
    said = f"{KINDS[session.kind]} · {minutes(session.minutes)}"
    if session.participatory_minutes:
        said += f", {minutes(session.participatory_minutes)} of it with others"
    return said


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPage(Page):
    template: ClassVar[str] = "learning/session.html"
    who_sees: ClassVar[str] = NOBODY

    course: str
    course_title: str
    key: str
    title: str
    takes: str
    about: str
    objectives: tuple[str, ...]
    handouts: tuple[tuple[str, str], ...]
    teaches: bool

    @classmethod
    def of(cls, found: Taught, *, teaches: bool) -> Self:
        session = found.session
        return cls(
            course=found.view.slug,
            course_title=found.view.title,
            key=session.key,
            title=session.title,
            takes=time_of(session),
            about=session.about,
            objectives=tuple(o.text for o in session.objectives),
            handouts=session.handouts,
            teaches=teaches,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPage(Page):
    """A handout or a plan: made to be printed."""

    template: ClassVar[str] = "learning/paper.html"
    who_sees: ClassVar[str] = NOBODY

    course: str
    key: str
    session_title: str
    title: str
    text_html: str
    notes_html: str
    printing: bool
    back_to_teaching: bool

    @classmethod
    def handout(cls, found: Taught, page: PackPageView, words: Words, *, printing: bool) -> Self:
        return cls(
            course=found.view.slug,
            key=found.session.key,
            session_title=found.session.title,
            title=page.title,
            text_html=fill(page.html, words),
            notes_html="",
            printing=printing,
            back_to_teaching=False,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage(PaperPage):
    who_sees: ClassVar[str] = TEACHERS

    @classmethod
    def plan(cls, found: Taught, page: PackPageView, words: Words, *, printing: bool) -> Self:
        return cls(
            course=found.view.slug,
            key=found.session.key,
            session_title=found.view.title,
            title=f"Plan: {found.session.title}",
            text_html=fill(page.html, words),
            notes_html=fill(page.notes, words),
            printing=printing,
            back_to_teaching=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    number: int
    title: str
    html: str
    notes_html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlidesPage(Page):
    """Slides below each other; `presenting` fills the screen with one at a time, `notes` prints what is said."""

    template: ClassVar[str] = "learning/slides.html"
    who_sees: ClassVar[str] = TEACHERS

    course: str
    title: str
    slides: tuple[Slide, ...]
    presenting: bool
    notes: bool

    @classmethod
    def of(cls, found: Taught, pages: Sequence[PackPageView], words: Words, *, presenting: bool, notes: bool) -> Self:
        return cls(
            course=found.view.slug,
            title=found.session.title,
            slides=tuple(
                Slide(number=number, title=p.title, html=fill(p.html, words), notes_html=fill(p.notes, words))
                for number, p in enumerate(pages, start=1)
            ),
            presenting=presenting,
            notes=notes and not presenting,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtLine:
    key: str
    title: str
    about: str
    takes: str
    has_slides: bool
    handouts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachCoursePage(Page):
    """What lies in the packs of one course, and what its modules say to those who teach them."""

    template: ClassVar[str] = "learning/teach_course.html"
    who_sees: ClassVar[str] = TEACHERS

    course: str
    title: str
    say: str
    sessions: tuple[TaughtLine, ...]
    notes: tuple[tuple[str, str], ...]
    """Title and HTML of each module that has any."""

    @classmethod
    def of(cls, view: CourseView, notes: Sequence[PackPageView], words: Words) -> Self:
        return cls(
            course=view.slug,
            title=view.title,
            say=_sum(view),
            sessions=taught_lines(view),
            notes=tuple((page.title, fill(page.notes, words)) for page in notes),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachPage(Page):
    template: ClassVar[str] = "learning/teach.html"
    who_sees: ClassVar[str] = TEACHERS

    courses: tuple[tuple[str, str, str], ...]
    """Slug, title and what is taught in it."""

    @classmethod
    def of(cls, courses: Sequence[CourseView]) -> Self:
        return cls(courses=tuple((view.slug, view.title, _sum(view)) for view in courses))


def taught_lines(view: CourseView) -> tuple[TaughtLine, ...]:
    return tuple(
        TaughtLine(
            key=s.key, title=s.title, about=s.about, takes=time_of(s), has_slides=s.has_slides, handouts=s.handouts
        )
        for s in view.sessions
    )


def _sum(view: CourseView) -> str:
    if not view.sessions:
        return "Nothing of it is taught in a room."
    handouts = sum(len(s.handouts) for s in view.sessions)
    taught = f"{plural(len(view.sessions), 'session')}, {minutes(sum(s.minutes for s in view.sessions))}"
    return f"{taught}, {plural(handouts, 'handout')}" if handouts else taught
