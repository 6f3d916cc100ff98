"""Give each thing on the left its partner, from one list."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any

from pydantic import Field

from app.assessment.kinds.content import Content, Id, Words, checked, refuse_repeats
from app.assessment.kinds.contract import Answer, AnswerProblem, KindView, Marked, Marking, Part, Posted, Shown, Verdict
from app.assessment.kinds.options import Choice
from app.assessment.kinds.tokens import by_token, drawn, texts, token
from app.curriculum.kinds import QuestionProblem

name = "matching"


class Pair(Content):
    id: Id
    left: Words
    right: Id
    feedback: Words


class Right(Content):
    id: Id
    text: Words


class MatchingContent(Content):
    """Several pairs may have the same partner, and some partners none."""

    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=8)]
    rights: Annotated[tuple[Right, ...], Field(min_length=2, max_length=8)]
    feedback: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    token: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingView(KindView):
    lefts: tuple[Left, ...]


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(MatchingContent, raw)
    refuse_repeats("pairs", (p.id for p in content.pairs))
    refuse_repeats("rights", (r.id for r in content.rights))
    known = {r.id for r in content.rights}
    for place, pair in enumerate(content.pairs):
        if pair.right not in known:
            raise QuestionProblem(f"pairs.{place}.right", f"{pair.right} is not an id of `rights`")
    away_from_the_answer = sorted(content.rights, key=lambda right: sha256(right.text.encode()).digest())
    shown = {
        "lefts": [{"id": p.id, "text": p.left} for p in content.pairs],
        "rights": [{"id": r.id, "text": r.text} for r in away_from_the_answer],
    }
    marking = {
        "right": {p.id: p.right for p in content.pairs},
        "each": {p.id: p.feedback for p in content.pairs},
        "feedback": content.feedback,
    }
    return shown, marking


def page(shown: Shown, answer: Answer, seed: str) -> MatchingView:
    chosen: dict[str, str] = answer or {}
    lefts, rights = texts(shown["lefts"]), texts(shown["rights"])
    order = drawn(seed, rights)
    return MatchingView(
        lefts=tuple(
            Left(
                token=token(seed, left),
                text=lefts[left],
                choices=tuple(
                    Choice(value=token(seed, right), text=rights[right], chosen=chosen.get(left) == right)
                    for right in order
                ),
            )
            for left in drawn(seed, lefts)
        )
    )


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:  # noqa: ARG001  the same for every kind
    rights = by_token(seed, texts(shown["rights"]))
    answer: dict[str, str] = {}
    for left in texts(shown["lefts"]):
        sent = posted.get(f"match-{token(seed, left)}") or [""]
        if not sent[-1]:
            continue
        if sent[-1] not in rights:
            raise AnswerProblem("Choose from the lists on this page", answer)
        answer[left] = rights[sent[-1]]
    return answer or None


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:
    rights = texts(shown["rights"])
    return tuple(
        f"{text}: {rights[answer[left]] if left in answer else 'not chosen yet'}"
        for left, text in texts(shown["lefts"]).items()
    )


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    chosen: dict[str, str] = answer or {}
    rights = texts(shown["rights"])
    return Marked(
        right=chosen == marking["right"],
        parts=tuple(
            _part(text, marking["each"][left], rights, marking["right"][left], chosen.get(left))
            for left, text in texts(shown["lefts"]).items()
        ),
        why=marking["feedback"],
    )


def _part(text: str, why: str, rights: dict[str, str], right: str, chosen: str | None) -> Part:
    if chosen == right:
        return Part(text=text, said=f"You chose {rights[right]}: right", verdict=Verdict.RIGHT, why=why)
    if chosen is None:
        return Part(text=text, said=f"Belongs to {rights[right]}", verdict=Verdict.MISSED, why=why)
    said = f"You chose {rights[chosen]}: not right. It belongs to {rights[right]}"
    return Part(text=text, said=said, verdict=Verdict.WRONG, why=why)
