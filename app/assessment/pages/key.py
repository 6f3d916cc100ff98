"""A whole bank with its key: what each answer is told, what is right and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import yaml

from app.assessment.kinds import KINDS
from app.assessment.kinds.content import OF_EVERY_QUESTION
from app.assessment.pages.result import PartLine, ResultLine
from app.assessment.queries import Asked, Explained, Sitting
from app.curriculum.checking import CheckedQuestion
from app.curriculum.views import ActivityView
from app.learning.wording import needs
from app.web.page import Page
from app.web.words import plural

AUTHOR_ONLY = "Whoever previews this course on their own machine. Learners never see this page."


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A question as it explains itself to somebody who left it out, or tried `answered`, and the file's own fields."""

    line: ResultLine
    facts: str
    answered: bool
    file: str

    @classmethod
    def of(cls, asked: Asked, question: CheckedQuestion) -> Self:
        marked = KINDS[asked.kind].mark(asked.shown, question.marking, asked.answer)
        why = question.marking["explanation_html"]
        said = Explained(asked=asked, marked=marked, explanation_html=why, source=str(question.marking["source"]))
        line = ResultLine.of(said)
        return cls(
            line=replace(line, parts=(*line.parts, *_near(question.marking))),
            facts=f"{question.key} · {question.kind} · {question.raw['difficulty']} · {question.raw['objective']}",
            answered=asked.answer is not None,
            file=_own(question.raw),
        )


def _near(marking: Mapping[str, Any]) -> Iterator[PartLine]:
    """Wrong answers that the course has a reason for: nobody who leaves the question out is told of them."""
    for near in marking.get("near", ()):
        yield PartLine(text=str(near["value"]), said="For this wrong answer", tone="quiet", why=near["feedback"])


def _own(raw: Any) -> str:
    own = {name: value for name, value in raw.items() if name not in OF_EVERY_QUESTION}
    return yaml.safe_dump(own, sort_keys=False, allow_unicode=True, width=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPage(Page):
    template: ClassVar[str] = "assessment/key.html"
    who_sees: ClassVar[str] = AUTHOR_ONLY

    slug: str
    module: str
    module_title: str
    attempt: int
    title: str
    say: str
    intro: str
    keys: tuple[Key, ...]

    @classmethod
    def of(cls, sitting: Sitting, bank: Sequence[CheckedQuestion]) -> Self:
        activity = sitting.activity
        module = sitting.course.module(activity.module)
        return cls(
            slug=sitting.course.slug,
            module=activity.module,
            module_title=module.title if module else "",
            attempt=sitting.attempt_id,
            title=activity.quiz_title or activity.title,
            say=_say(activity, len(bank)),
            intro=activity.quiz_intro,
            keys=tuple(Key.of(asked, question) for asked, question in zip(sitting.asked, bank, strict=True)),
        )


def _say(activity: ActivityView, bank: int) -> str:
    return f"{plural(bank, 'question')} in the file. Learners get {'' if activity.draw else 'all, '}{needs(activity)}."
