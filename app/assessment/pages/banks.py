"""For authors: every bank of questions, and how good one of them is, in words before figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.assessment.quality import Quality
from app.assessment.queries import Bank, Banked, Comparison
from app.assessment.queries.banks import Judged
from app.curriculum.rules import ActivityKind
from app.kernel.suppression import FEWEST
from app.web.page import Page
from app.web.words import plural

AUTHORS = "Only people who write courses. It shows counts of ten people and more, and nobody's answers."
STEADY, FAIR = 0.7, 0.5
CLEAR, SOME = 0.3, 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLine:
    activity: str
    title: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseBanks:
    slug: str
    title: str
    banks: tuple[BankLine, ...]
    gains: tuple[BankLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BanksPage(Page):
    template: ClassVar[str] = "assessment/banks.html"
    who_sees: ClassVar[str] = AUTHORS

    courses: tuple[CourseBanks, ...]

    @classmethod
    def of(cls, banks: Sequence[Bank], comparisons: Sequence[Comparison]) -> "BanksPage":
        courses = [bank.course for bank in banks] + [found.course for found in comparisons]
        named = {course.slug: course.title for course in courses}
        return cls(
            courses=tuple(
                CourseBanks(
                    slug=slug,
                    title=title,
                    banks=tuple(_line(bank) for bank in banks if bank.course.slug == slug),
                    gains=tuple(_gain(found) for found in comparisons if found.course.slug == slug),
                )
                for slug, title in named.items()
            )
        )


def _gain(found: Comparison) -> BankLine:
    title = found.after.quiz_title or found.after.title
    return BankLine(activity=found.after.key, title=title, says="what people gained")


def _line(bank: Bank) -> BankLine:
    counts = bank.activity.kind is ActivityKind.ASSESSMENT
    return BankLine(
        activity=bank.activity.key,
        title=bank.activity.quiz_title,
        says="counts towards completion" if counts else "practice",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceLine:
    text: str
    right: bool
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """`share` is the part of right answers, 0 to 1, for the bar; the words say the same."""

    number: int
    stem: str
    objective: str
    met: str
    share: float | None
    right: str
    tells: str
    choices: tuple[ChoiceLine, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BankPage(Page):
    template: ClassVar[str] = "assessment/bank.html"
    who_sees: ClassVar[str] = AUTHORS

    title: str
    course_title: str
    say: str
    steadiness: str
    took: str
    uncovered: tuple[str, ...]
    lines: tuple[QuestionLine, ...]

    @classmethod
    def of(cls, found: Banked) -> "BankPage":
        course = found.bank.course
        return cls(
            title=found.bank.activity.quiz_title,
            course_title=f"{course.title}, edition {course.edition_number}",
            say=_say(found),
            steadiness=_steadiness(found.quality),
            took=_took(found.quality),
            uncovered=found.uncovered,
            lines=tuple(_question(found, number, one) for number, one in enumerate(found.judged, 1)),
        )


def _say(found: Banked) -> str:
    people = found.quality.people
    if people < FEWEST:
        return f"Fewer than {FEWEST} people have handed in a first attempt, so that nothing can be said of it yet."
    doubtful = sum(bool(one.doubts) for one in found.judged)
    first = f"From the first attempts of {people} people"
    if not doubtful:
        return f"{first}: no question stands out."
    return f"{first}: {plural(doubtful, 'question')} to look at."


def _steadiness(quality: Quality) -> str:
    alpha = quality.reliability
    if alpha is None:
        return ""
    if alpha >= STEADY:
        meaning = "Most of the differences between people are differences in what they know."
    elif alpha >= FAIR:
        meaning = "Enough for practice; before somebody fails by it, ask more questions or mend the weak ones."
    else:
        meaning = "Much of the differences between people is chance. Do not let anybody fail by it alone."
    return f"Reliability (alpha) {alpha:.2f}. {meaning}"


def _took(quality: Quality) -> str:
    if quality.minutes is None:
        return ""
    minutes = round(quality.minutes)
    return (
        f"Half of them took {plural(minutes, 'minute')} or less."
        if minutes
        else "Half of them took less than a minute."
    )


def _question(found: Banked, number: int, one: Judged) -> QuestionLine:
    item, objective = one.item, found.bank.course.objective(one.question.shown["objective"])
    return QuestionLine(
        number=number,
        stem=one.question.shown["stem"],
        objective=objective.text if objective else "",
        met=f"Met by {item.met} people" if item.met >= FEWEST else f"Met by fewer than {FEWEST} people",
        share=item.difficulty,
        right="" if item.difficulty is None else f"{item.difficulty:.0%} right",
        tells=_tells(item.discrimination),
        choices=tuple(
            ChoiceLine(text=c.text, right=c.right, chosen="" if c.chosen is None else str(c.chosen))
            for c in one.choices
        ),
        doubts=one.doubts,
    )


def _tells(discrimination: float | None) -> str:
    if discrimination is None:
        return ""
    if discrimination >= CLEAR:
        said = "goes clearly with the rest of the test"
    elif discrimination >= SOME:
        said = "goes somewhat with the rest of the test"
    else:
        said = "does not go with the rest of the test"
    return f"{said} ({discrimination:.2f})"
