"""A number, worked out and typed."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from app.assessment.kinds.content import Content, Words, checked
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
from app.curriculum.kinds import QuestionProblem

name = "numeric"

PLAIN = re.compile(r"[+-]?(\d{1,12}\.?\d{0,6}|\.\d{1,6})", re.ASCII)
GROUPED = re.compile(r"[+-]?\d{1,3}([, ]\d{3})+(\.\d{1,6})?", re.ASCII)
COMMA_FOR_POINT = re.compile(r"[+-]?\d+,\d+", re.ASCII)
LONGEST = 20


class Near(Content):
    """A wrong answer that has a reason, and what to say about it."""

    value: Decimal
    feedback: Words


class NumericContent(Content):
    answer: Decimal
    tolerance: Annotated[Decimal, Field(ge=0)] = Decimal(0)
    unit: str = ""
    near: tuple[Near, ...] = ()
    feedback: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericView(KindView):
    typed: str
    unit: str


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(NumericContent, raw)
    for place, near in enumerate(content.near):
        if abs(near.value - content.answer) <= content.tolerance:
            raise QuestionProblem(
                f"near.{place}.value", f"{near.value} would be marked right: it is within the tolerance"
            )
    marking = {
        "answer": str(content.answer),
        "tolerance": str(content.tolerance),
        "near": [{"value": str(n.value), "feedback": n.feedback} for n in content.near],
        "feedback": content.feedback,
    }
    return {"unit": content.unit}, marking


def page(shown: Shown, answer: Answer, seed: str) -> NumericView:  # noqa: ARG001  a number is not drawn
    return NumericView(typed=answer or "", unit=shown["unit"])


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:  # noqa: ARG001  the same for every kind
    """The number as text, so that 27.0 stays 27.0: no rounding happens on its way."""
    typed = " ".join((posted.get(ANSWER_FIELD) or [""])[-1].split())
    if not typed:
        return None
    number = plain_number(typed)
    if number is None:
        raise AnswerProblem(_remedy(typed), typed[:LONGEST])
    return number


def plain_number(typed: str) -> str | None:
    """What somebody typed as a number in figures, for every kind that asks for one; None where it is none."""
    text = typed.replace("−", "-").replace("–", "-")
    if PLAIN.fullmatch(text):
        return text.removeprefix("+").rstrip(".")
    if GROUPED.fullmatch(text) and len(text) <= LONGEST:
        return text.removeprefix("+").replace(",", "").replace(" ", "")
    return None


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:
    return (f"{answer} {shown['unit']}".strip(),)


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    right_words = in_words(shown, marking["answer"])[0]
    if answer is None:
        return Marked(
            right=False,
            parts=(Part(text=right_words, said="The right answer", verdict=Verdict.MISSED, why=marking["feedback"]),),
        )
    given, wanted, tolerance = Decimal(answer), Decimal(marking["answer"]), Decimal(marking["tolerance"])
    typed = in_words(shown, answer)[0]
    if abs(given - wanted) <= tolerance:
        part = Part(text=typed, said="Your answer: right", verdict=Verdict.RIGHT, why=marking["feedback"])
        return Marked(right=True, parts=(part,))
    return Marked(
        right=False,
        parts=(
            Part(
                text=typed, said="Your answer: not right", verdict=Verdict.WRONG, why=_near(marking, given, tolerance)
            ),
            Part(text=right_words, said="The right answer", verdict=Verdict.MISSED, why=marking["feedback"]),
        ),
    )


def _near(marking: Marking, given: Decimal, tolerance: Decimal) -> str:
    known = (n["feedback"] for n in marking["near"] if abs(given - Decimal(n["value"])) <= tolerance)
    return next(known, "")


def _remedy(text: str) -> str:
    """What to type instead, from what was typed: an example of ours might happen to be the answer."""
    if text.endswith("%"):
        return f"Leave out the % sign: write {text.rstrip('% ')}"
    if COMMA_FOR_POINT.fullmatch(text):
        return f"Use a point for decimals: write {text.replace(',', '.')}"
    return "Write the number only, in figures, with a point for decimals"
