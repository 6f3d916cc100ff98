"""Every option that belongs, and none that does not."""

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

name = "multiple"

SAID = {
    (True, True): ("You chose this: it belongs", Verdict.RIGHT),
    (True, False): ("You chose this: it does not belong", Verdict.WRONG),
    (False, True): ("You left this out: it belongs", Verdict.MISSED),
    (False, False): ("Rightly left out", Verdict.PLAIN),
}
"""(chosen, right) in words."""


class MultipleContent(Content):
    """`choose` tells the learner how many belong; without it they are told to choose all that apply."""

    options: Options
    choose: int | None = None
    keep_order: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleView(KindView):
    choices: tuple[Choice, ...]
    choose: int | None


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(MultipleContent, raw)
    right = sum(o.correct for o in content.options)
    if not 0 < right < len(content.options):
        raise QuestionProblem("options", f"{right} of {len(content.options)} are correct: some must be, and not all")
    if content.choose not in {None, right}:
        raise QuestionProblem("choose", f"says {content.choose}, but {right} options are correct")
    shown, marking = parted(content.options, keep_order=content.keep_order)
    return shown | {"choose": content.choose}, marking


def page(shown: Shown, answer: Answer, seed: str) -> MultipleView:
    return MultipleView(choices=choices(shown, answer or [], seed), choose=shown["choose"])


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:  # noqa: ARG001  the same for every kind
    names = by_token(seed, texts(shown["options"]))
    sent = [value for value in posted.get(ANSWER_FIELD, ()) if value]
    if not set(sent) <= names.keys():
        raise AnswerProblem("Choose from the answers on this page")
    chosen = {names[value] for value in sent}
    return [option for option in texts(shown["options"]) if option in chosen] or None


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:
    return tuple(text for option, text in texts(shown["options"]).items() if option in answer)


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    return Marked(
        right=answer is not None and set(answer) == set(marking["right"]),
        parts=tuple(_part(option, text, marking, answer) for option, text in texts(shown["options"]).items()),
    )


def _part(option: str, text: str, marking: Marking, answer: Answer) -> Part:
    right = option in marking["right"]
    if answer is None:
        said, verdict = ("This belongs", Verdict.MISSED) if right else ("", Verdict.PLAIN)
    else:
        said, verdict = SAID[option in answer, right]
    return Part(text=text, said=said, verdict=verdict, why=marking["feedback"][option])
