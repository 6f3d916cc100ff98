"""All courses of the folder; and what stands where a page cannot be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from app.authoring.pages.bar import AUTHOR
from app.authoring.preview.watching import OnShelf
from app.web.page import Page
from app.web.words import plural


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLine:
    slug: str
    title: str
    says: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfPage(Page):
    template: ClassVar[str] = "authoring/shelf.html"
    who_sees: ClassVar[str] = AUTHOR

    courses: tuple[CourseLine, ...]

    @classmethod
    def of(cls, courses: Iterable[OnShelf]) -> Self:
        return cls(courses=tuple(_line(course) for course in courses))


def _line(course: OnShelf) -> CourseLine:
    count = len(course.problems)
    return CourseLine(
        slug=course.slug,
        title=course.checked.course.title if course.checked else course.slug,
        says=f"{plural(count, 'thing')} to mend" if count else "In order",
        tone="act" if count else "good",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadablePage(Page):
    """What is asked for cannot be shown until the files are mended, or is nowhere in them."""

    template: ClassVar[str] = "authoring/unreadable.html"
    who_sees: ClassVar[str] = AUTHOR

    title: str
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewherePage(Page):
    """A page of the site that no course file writes."""

    template: ClassVar[str] = "authoring/elsewhere.html"
    who_sees: ClassVar[str] = AUTHOR

    back: str
