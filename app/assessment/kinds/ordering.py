"""Put the items in order, with buttons, with place numbers, or by dragging; all three need no more than a form."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any

from pydantic import Field

from app.assessment.kinds.content import Content, Id, Words, checked, refuse_repeats
from app.assessment.kinds.contract import Answer, KindView, Marked, Marking, Part, Posted, Shown, Verdict
from app.assessment.kinds.places import Placed, placed, read_order
from app.assessment.kinds.tokens import drawn, texts

name = "ordering"


class Item(Content):
    id: Id
    text: Words
    feedback: Words


class OrderingContent(Content):
    items: Annotated[tuple[Item, ...], Field(min_length=3, max_length=8)]
    feedback: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderingView(KindView):
    items: tuple[Placed, ...]
    order: str


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(OrderingContent, raw)
    refuse_repeats("items", (i.id for i in content.items))
    away_from_the_answer = sorted(content.items, key=lambda item: sha256(item.text.encode()).digest())
    marking = {
        "order": [i.id for i in content.items],
        "each": {i.id: i.feedback for i in content.items},
        "feedback": content.feedback,
    }
    return {"items": [{"id": i.id, "text": i.text} for i in away_from_the_answer]}, marking


def page(shown: Shown, answer: Answer, seed: str) -> OrderingView:
    words = texts(shown["items"])
    items = placed(answer or drawn(seed, words), words, seed)
    return OrderingView(items=items, order=",".join(item.token for item in items))


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:  # noqa: ARG001  the same for every kind
    return read_order(posted, texts(shown["items"]), seed)


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:
    words = texts(shown["items"])
    return tuple(f"{place}. {words[item]}" for place, item in enumerate(answer, 1))


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    words = texts(shown["items"])
    places = {item: place for place, item in enumerate(answer or (), 1)}
    return Marked(
        right=answer == marking["order"],
        parts=tuple(
            _part(f"{place}. {words[item]}", marking["each"][item], place, places.get(item))
            for place, item in enumerate(marking["order"], 1)
        ),
        why=marking["feedback"],
    )


def _part(text: str, why: str, place: int, put: int | None) -> Part:
    if put is None:
        return Part(text=text, said="", verdict=Verdict.PLAIN, why=why)
    right = put == place
    said = "You put it here: right" if right else f"You put it in place {put}: not right"
    return Part(text=text, said=said, verdict=Verdict.RIGHT if right else Verdict.WRONG, why=why)
