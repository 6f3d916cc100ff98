"""The editions of a course, and how many people are on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Self

from app.curriculum.rules import Audience
from app.kernel.clock import london_date
from app.learning.queries import EditionCount
from app.web.page import Page
from app.web.words import day, plural

WHO = "The QI team’s administrators see this page. It counts people, and names nobody."


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionLine:
    number: int
    came: str
    on_it: str
    completed: str
    remark: str
    may_move: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionsPage(Page):
    template: ClassVar[str] = "learning/editions.html"
    who_sees: ClassVar[str] = WHO

    slug: str
    title: str
    say: str
    editions: tuple[EditionLine, ...]
    open_course: bool

    @classmethod
    def of(cls, editions: Sequence[EditionCount]) -> Self:
        """The newest first."""
        newest, *older = editions
        behind = sum(edition.on_it for edition in older)
        return cls(
            slug=newest.view.slug,
            title=newest.view.title,
            say=_behind(behind, newest.number),
            editions=tuple(_line(edition, newest) for edition in editions),
            open_course=newest.view.audience is not Audience.PARTNER,
        )


def _behind(people: int, newest: int) -> str:
    if not people:
        return f"Everybody who is on this course is on edition {newest}, the newest."
    return f"{people_words(people)} {'is' if people == 1 else 'are'} on an older edition than {newest}, the newest."


def people_words(count: int) -> str:
    return plural(count, "person", "people")


def _line(edition: EditionCount, newest: EditionCount) -> EditionLine:
    is_newest = edition.id == newest.id
    remark = "The newest" if is_newest else ""
    if not edition.view.can_be_completed:
        remark = f"{remark}; nobody can complete it".removeprefix("; ").capitalize()
    return EditionLine(
        number=edition.number,
        came=day(london_date(edition.loaded_at)),
        on_it=f"{edition.on_it:,}",
        completed=f"{edition.completed:,}",
        remark=remark,
        may_move=not is_newest and edition.on_it > 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseEditions:
    slug: str
    title: str
    newest: int
    on_newest: str
    behind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryEditionPage(Page):
    template: ClassVar[str] = "learning/every_edition.html"
    who_sees: ClassVar[str] = WHO

    courses: tuple[CourseEditions, ...]

    @classmethod
    def of(cls, editions: Sequence[EditionCount]) -> Self:
        """Course by course, the newest edition of each first."""
        grouped = (tuple(group) for _, group in groupby(editions, key=lambda edition: edition.view.slug))
        return cls(
            courses=tuple(
                CourseEditions(
                    slug=newest.view.slug,
                    title=newest.view.title,
                    newest=newest.number,
                    on_newest=f"{newest.on_it:,}",
                    behind=f"{sum(edition.on_it for edition in older):,}",
                )
                for newest, *older in grouped
            )
        )
