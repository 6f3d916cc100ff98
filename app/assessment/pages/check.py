from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.access.actor import Actor, PersonKind
from app.assessment.pages.words import ONLY_YOU, ONLY_YOU_PARTNER, TimeLeft, answer_words, module_title
from app.assessment.queries import Asked, Sitting
from app.curriculum.rules import ActivityKind
from app.web.page import Page
from app.web.words import plural

CHANGED = "An answer has changed since you opened this page, perhaps in another window. Look again, then hand in."


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    number: int
    stem: str
    words: tuple[str, ...]
    answered: bool

    @classmethod
    def of(cls, asked: Asked) -> "CheckLine":
        return cls(
            number=asked.number,
            stem=asked.shown["stem"],
            words=answer_words(asked, asked.answer),
            answered=asked.answer is not None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(Page):
    """Every answer in words before they are handed in. `seen` tells whether one changes meanwhile."""

    template: ClassVar[str] = "assessment/check.html"
    who_sees: ClassVar[str] = ONLY_YOU

    attempt: int
    course: str
    module: str
    module_title: str
    quiz: str
    say: str
    notice: str
    lines: tuple[CheckLine, ...]
    seen: int
    time: TimeLeft | None
    after_this: str
    hand_in: str

    @classmethod
    def of(cls, sitting: Sitting, actor: Actor, now: datetime, *, changed: bool = False) -> "CheckPage":
        shape = PartnerCheckPage if actor.kind is PersonKind.PARTNER else CheckPage
        practice = sitting.activity.kind is ActivityKind.PRACTICE
        lines = tuple(CheckLine.of(a) for a in sitting.asked)
        return shape(
            attempt=sitting.attempt_id,
            course=sitting.course.slug,
            module=sitting.activity.module,
            module_title=module_title(sitting.course, sitting.activity),
            quiz=sitting.activity.title,
            say=_say([line.number for line in lines if not line.answered], len(lines)),
            notice=CHANGED if changed else "",
            lines=lines,
            seen=sitting.seen,
            time=TimeLeft.of(sitting, now),
            after_this=(
                "Then you read why, answer by answer. You can come back and try again."
                if practice
                else "After that your answers are marked and cannot be changed."
            ),
            hand_in="Show me why" if practice else "Hand in my answers",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerCheckPage(CheckPage):
    who_sees: ClassVar[str] = ONLY_YOU_PARTNER


def _say(missing: list[int], asked: int) -> str:
    if not missing:
        return f"You have answered all {asked} questions." if asked > 1 else "You have answered the question."
    if len(missing) == asked:
        return "You have not answered a question yet."
    names = [str(number) for number in missing]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{plural(len(missing), 'question')} still without an answer: {listed}."
