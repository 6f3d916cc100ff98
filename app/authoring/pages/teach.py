"""What is for whoever teaches: plans, slides, handouts, and the notes that stand in the modules' texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from markupsafe import Markup

from app.authoring.pages.bar import AUTHOR
from app.curriculum.checking import CheckedCourse
from app.curriculum.checking.outcome import CheckedPack, CheckedPage
from app.curriculum.words import fill
from app.web.page import Page
from app.web.words import minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A plan, a slide, a handout, or the notes of a module."""

    title: str
    html: str
    notes_html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    title: str
    takes: str
    about: str
    plan: Sheet | None
    slides: tuple[Sheet, ...]
    handouts: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachPage(Page):
    template: ClassVar[str] = "authoring/teach.html"
    who_sees: ClassVar[str] = AUTHOR

    slug: str
    course_title: str
    packs: tuple[Pack, ...]
    notes: tuple[Sheet, ...]

    @classmethod
    def of(cls, checked: CheckedCourse, words: Mapping[str, Markup]) -> Self:
        return cls(
            slug=checked.course.slug,
            course_title=checked.course.title,
            packs=tuple(_pack(pack, words) for pack in checked.packs),
            notes=tuple(
                Sheet(title=made.module.title, html="", notes_html=fill(made.notes, words))
                for made in checked.modules
                if made.notes
            ),
        )


def _pack(pack: CheckedPack, words: Mapping[str, Markup]) -> Pack:
    return Pack(
        title=pack.session.title,
        takes=minutes(pack.session.minutes),
        about=pack.session.about,
        plan=_sheet(pack.plan, words) if pack.plan else None,
        slides=tuple(_sheet(slide, words) for slide in pack.slides),
        handouts=tuple(_sheet(handout, words) for handout in pack.handouts),
    )


def _sheet(page: CheckedPage, words: Mapping[str, Markup]) -> Sheet:
    return Sheet(title=page.title, html=fill(page.html, words), notes_html=fill(page.notes, words))
