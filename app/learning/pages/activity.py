"""Things to tick, and statements to say how sure one feels of: a page of their own, with nothing else on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.access.actor import Actor
from app.curriculum.views import ActivityView
from app.learning.pages.place import Place, saved_words
from app.learning.queries import NoteRow, OnCourse
from app.learning.rules import Sureness
from app.learning.wording import RATING
from app.web.page import Page

SURENESS = {
    Sureness.NOT: "Not sure at all",
    Sureness.A_BIT: "A bit sure",
    Sureness.QUITE: "Quite sure",
    Sureness.VERY: "Very sure",
}
_ORDER = tuple(SURENESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    number: int
    text: str
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsPage(Page):
    template: ClassVar[str] = "learning/steps.html"
    who_sees: ClassVar[str] = "Only you see this page and what you tick."

    place: Place
    title: str
    say: str
    steps: tuple[Step, ...]
    version: int
    saved: str

    @classmethod
    def of(cls, course: OnCourse, activity: ActivityView, note: NoteRow, actor: Actor, today: date) -> "StepsPage":
        ticked = set(note.content.get("ticked", ()))
        required = "Tick each when you have done it. You can come back to this page."
        return cls(
            place=Place.of(course, activity, actor),
            title=activity.title,
            say=required if activity.required else "Tick what you have done, if you like. None of it has to be done.",
            steps=tuple(Step(number=n, text=item, ticked=item in ticked) for n, item in enumerate(activity.items)),
            version=note.version,
            saved=saved_words(note, today),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeling:
    """One statement: what was said of it before and after, and the choices now."""

    field: str
    text: str
    before: str
    after: str
    change: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidencePage(Page):
    template: ClassVar[str] = "learning/confidence.html"
    who_sees: ClassVar[str] = "Only you see this page and what you choose here."

    place: Place
    title: str
    when: str
    say: str
    feelings: tuple[Feeling, ...]
    compared: bool
    saved: str

    @classmethod
    def of(cls, course: OnCourse, activity: ActivityView, note: NoteRow, actor: Actor, today: date) -> "ConfidencePage":
        when = "after" if course.reading_done else "before"
        before, after = note.content.get("before", {}), note.content.get("after", {})
        now = note.content.get(when, {})
        return cls(
            place=Place.of(course, activity, actor),
            title=activity.title,
            when=when,
            say=_say(when),
            feelings=tuple(_feeling(s.id, s.text, before, after, now) for s in activity.statements),
            compared=bool(before and after),
            saved=saved_words(note, today),
        )


def _say(when: str) -> str:
    if when == "after":
        return "You have read the whole course. Choose what fits you now. There is no right answer."
    return "Choose what fits you today. There is no right answer, and you can leave any of them out."


def _feeling(
    key: str, text: str, before: Mapping[str, str], after: Mapping[str, str], now: Mapping[str, str]
) -> Feeling:
    was, became = _sureness(before.get(key)), _sureness(after.get(key))
    return Feeling(
        field=RATING + key,
        text=text,
        before=SURENESS[was] if was else "",
        after=SURENESS[became] if became else "",
        change=_change(was, became),
        choices=tuple(Choice(value=s.value, words=w, chosen=now.get(key) == s) for s, w in SURENESS.items()),
    )


def _sureness(value: str | None) -> Sureness | None:
    return Sureness(value) if value in set(Sureness) else None


def _change(was: Sureness | None, became: Sureness | None) -> str:
    if was is None or became is None:
        return ""
    step = _ORDER.index(became) - _ORDER.index(was)
    return "Surer now" if step > 0 else "Less sure now" if step < 0 else "The same"
