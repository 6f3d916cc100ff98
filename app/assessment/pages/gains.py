"""For authors: what people gained between being asked before and being asked again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.assessment.gain import Gain
from app.assessment.pages.banks import AUTHORS
from app.assessment.queries import Compared
from app.curriculum.rules import ActivityKind
from app.kernel.suppression import FEWEST
from app.web.page import Page
from app.web.words import plural

CAUTION = (
    "The range is where the mean would lie 95 times in 100 if other people like these had been asked. It covers chance "
    "between people. It cannot say that the course was the cause, nor speak for those who were not asked a second time."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GainLine:
    """`before` and `after` are whole percent, for the drawing; the words say the same."""

    part: str
    people: str
    before: int
    after: int
    difference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GainPage(Page):
    template: ClassVar[str] = "assessment/gain.html"
    who_sees: ClassVar[str] = AUTHORS

    title: str
    course_title: str
    say: str
    scale: str
    lines: tuple[GainLine, ...]
    hidden: str
    caution: str

    @classmethod
    def of(cls, found: Compared) -> "GainPage":
        sure = found.comparison.after.kind is ActivityKind.CONFIDENCE
        return cls(
            title=f"Before and after: {found.comparison.after.quiz_title or found.comparison.after.title}",
            course_title=found.comparison.course.title,
            say=_say(found.whole, sure=sure),
            scale="How sure people feel, from 0 (not at all) to 100 (very)" if sure else "Percent of answers right",
            lines=tuple(_lines(found)),
            hidden=_hidden(found.hidden),
            caution=CAUTION,
        )


def _say(whole: Gain | None, *, sure: bool) -> str:
    if whole is None:
        return f"Fewer than {FEWEST} people have been asked both times, so that nothing can be said of it yet."
    people = f"Of {plural(whole.people, 'person', 'people')} asked both times, the mean"
    if not whole.is_clear:
        return f"{people} hardly moved: chance alone could make such a difference."
    way = (
        ("surer" if sure else "more answers right")
        if whole.difference > 0
        else ("less sure" if sure else "fewer right")
    )
    return f"{people} moved by {_signed(whole.difference)}: {way} after than before."


def _lines(found: Compared) -> Iterator[GainLine]:
    if found.whole is not None:
        yield _line("Everybody", found.whole)
    for edition, part in found.by_edition.items():
        yield _line(f"Edition {edition}", part)
    for first, part in found.by_quarter.items():
        yield _line(_quarter(first), part)


def _line(part: str, gain: Gain) -> GainLine:
    return GainLine(
        part=part,
        people=plural(gain.people, "person", "people"),
        before=round(gain.before * 100),
        after=round(gain.after * 100),
        difference=f"{_signed(gain.difference)} ({_signed(gain.low)} to {_signed(gain.high)})",
    )


def _signed(share: float) -> str:
    points = round(share * 100)
    return f"{points:+d}" if points else "0"


def _quarter(first: date) -> str:
    last = first.replace(month=first.month + 2)
    return f"{first:%B} to {last:%B %Y}"


def _hidden(parts: int) -> str:
    if not parts:
        return ""
    kept = "One part is" if parts == 1 else f"{parts} parts are"
    return f"{kept} kept back: fewer than {FEWEST} people, or what would give such a part away."
