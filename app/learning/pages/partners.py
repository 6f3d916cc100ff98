"""A patient partner's first screen, and whom they can ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.access.actor import Actor
from app.curriculum.views import ModuleView
from app.curriculum.words import SHORTEST_TO_DIAL
from app.kernel.config import Settings
from app.learning.pages.catalogue import PARTNER_SEES
from app.learning.queries import Contact, NextStep, OnCourse
from app.learning.wording import about
from app.web.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Human:
    """A named person with a telephone number, and when they are there."""

    name: str
    phone: str
    dial: str
    hours: str

    @classmethod
    def of(cls, contact: Contact | None, settings: Settings) -> Self:
        """The partner's own contact; the trust's, where none was named."""
        if contact is None:
            name, phone = settings.partner_contact, settings.partner_contact_phone
            hours = settings.partner_contact_hours
        else:
            name, phone, hours = contact.name, contact.phone, contact.hours
        return cls(name=name, phone=phone, dial=dialled(phone), hours=hours)


def dialled(phone: str) -> str:
    """What a telephone dials; nothing for an extension, which is no number outside."""
    digits = "".join(c for c in phone if c.isdecimal() or c == "+")
    return digits if len(digits) >= SHORTEST_TO_DIAL else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    key: str
    label: str
    title: str
    has_easy_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerHomePage(Page):
    template: ClassVar[str] = "learning/partner_home.html"
    who_sees: ClassVar[str] = PARTNER_SEES

    name: str
    course: str
    slug: str
    say: str
    begin: bool
    go_on: str
    part: Part | None
    place: str
    easy: bool
    again: tuple[Part, ...]
    completed_id: int | None
    feeling: str
    feeling_part: str
    human: Human
    crisis: str

    @classmethod
    def of(
        cls,
        courses: Sequence[OnCourse],
        step: NextStep | None,
        contact: Contact | None,
        actor: Actor,
        settings: Settings,
    ) -> Self:
        course = _present(courses)
        part = course.to_do if course and course.is_open else None
        step = step if course and step and step.course_id == course.view.course_id else None
        shown = part or (course.view.open_modules[0] if course else None)
        rating = _rating(course)
        return cls(
            name=actor.name,
            course=course.view.title if course else "",
            slug=course.view.slug if course else "",
            say=_say(course, part, step),
            begin=course is not None and course.enrolment is None,
            go_on=_go_on(part, step),
            part=_part(shown) if shown else None,
            place=step.place if step else "",
            easy=bool(step and "easy" in step.params),
            again=tuple(_part(m) for m in _read(course)),
            completed_id=course.enrolment.id if course and course.enrolment and course.is_completed else None,
            feeling=rating[0],
            feeling_part=rating[1],
            human=Human.of(contact, settings),
            crisis=settings.crisis,
        )


def _present(courses: Sequence[OnCourse]) -> OnCourse | None:
    """The course that somebody is on, else one that they have not finished, else the first."""
    ranked = sorted(courses, key=lambda c: (not c.is_open, c.is_completed))
    return ranked[0] if ranked else None


def _read(course: OnCourse | None) -> list[ModuleView]:
    if course is None or course.enrolment is None:
        return []
    return [m for m in course.view.open_modules if not course.left_in(m)]


def _say(course: OnCourse | None, part: ModuleView | None, step: NextStep | None) -> str:
    if course is None:
        return "There is nothing to read here yet. Ask the person below, who can tell you more."
    if course.is_completed:
        return "You have taken part in the whole course. Thank you."
    if course.enrolment is None:
        first = course.view.open_modules[0]
        parts = "one part" if len(course.view.modules) == 1 else f"{len(course.view.modules)} parts"
        return (
            f"“{course.view.title}” has {parts}. Part 1 takes {about(first.minutes)}, "
            "and you can stop whenever you like."
        )
    if part is None:
        return "You have read everything that is here. More is being written."
    return _on_the_way(course, part, step)


def _on_the_way(course: OnCourse, part: ModuleView, step: NextStep | None) -> str:
    read = _read(course)
    before = f"You have read part {read[-1].number}. " if read else ""
    if step and step.reached:
        return f"{before}You had got to “{step.reached}” in part {part.number}. You can stop whenever you like."
    to_do = course.left_in(part)
    lasting = about(sum(a.minutes for a in to_do))
    takes = (
        f"It takes {lasting}" if len(to_do) == len(part.activities) else f"What is left of this part takes {lasting}"
    )
    return f"{before}Part {part.number} is “{part.title}”. {takes}, and you can stop whenever you like."


def _go_on(part: ModuleView | None, step: NextStep | None) -> str:
    if part is None:
        return ""
    return f"Go on with part {part.number}" if step and step.started else f"Begin part {part.number}"


def _part(module: ModuleView) -> Part:
    return Part(key=module.key, label=f"part {module.number}", title=module.title, has_easy_read=module.has_easy_read)


def _rating(course: OnCourse | None) -> tuple[str, str]:
    """The page on which a partner can say how sure they feel once they have read everything, as (key, module)."""
    if course is None or course.enrolment is None or not course.reading_done:
        return "", ""
    return next(((a.key, a.module) for a in course.view.activities if a.statements), ("", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage(Page):
    template: ClassVar[str] = "learning/ask.html"
    who_sees: ClassVar[str] = PARTNER_SEES

    human: Human
    pals: str
    advocacy: str
    crisis: str

    @classmethod
    def of(cls, contact: Contact | None, settings: Settings) -> Self:
        human = Human.of(contact, settings)
        return cls(human=human, pals=settings.pals, advocacy=settings.advocacy, crisis=settings.crisis)
