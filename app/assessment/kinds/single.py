"""One right option out of several."""

from dataclasses import dataclass
from typing import Any

from app.assessment.kinds.content import Content, checked
from app.assessment.kinds.contract import (
    ANSWER_FIELD,
    Answer,
    AnswerProblem,
    KindView,
    Marked,
    Marking,
    Part,
    Posted,
    Shown,
    Verdict,
)
from app.assessment.kinds.options import Choice, Options, choices, parted
from app.assessment.kinds.tokens import by_token, texts
from app.curriculum.kinds import QuestionProblem

name = "single"


class SingleContent(Content):
    options: Options
    keep_order: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleView(KindView):
    choices: tuple[Choice, ...]


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(SingleContent, raw)
    right = sum(o.correct for o in content.options)
    if right != 1:
        raise QuestionProblem("options", f"{right} options are marked `correct: true`: this kind has exactly one")
    return parted(content.options, keep_order=content.keep_order)


def page(shown: Shown, answer: Answer, seed: str) -> SingleView:
    return SingleView(choices=choices(shown, [answer] if answer else [], seed))


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:  # noqa: ARG001  the same for every kind
    sent = posted.get(ANSWER_FIELD) or [""]
    if not sent[-1]:
        return None
    chosen = by_token(seed, texts(shown["options"])).get(sent[-1])
    if chosen is None:
        raise AnswerProblem("Choose one of the answers on this page")
    return chosen


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:
    return (texts(shown["options"])[answer],)


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    return Marked(
        right=answer in marking["right"],
        parts=tuple(
            _part(text, marking["feedback"][option], chosen=option == answer, right=option in marking["right"])
            for option, text in texts(shown["options"]).items()
        ),
    )


def _part(text: str, why: str, *, chosen: bool, right: bool) -> Part:
    if chosen:
        said, verdict = ("Your answer: right", Verdict.RIGHT) if right else ("Your answer: not right", Verdict.WRONG)
    else:
        said, verdict = ("The right answer", Verdict.MISSED) if right else ("", Verdict.PLAIN)
    return Part(text=text, said=said, verdict=verdict, why=why)
