"""Put the items in order, with buttons, with place numbers, or by dragging; all three need no more than a form."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any

from pydantic import Field

from app.assessment.kinds.content import Content, Id, Words, checked, refuse_repeats
from app.assessment.kinds.contract import Answer, AnswerProblem, KindView, Marked, Marking, Part, Posted, Shown, Verdict
from app.assessment.kinds.tokens import by_token, drawn, texts, token

name = "ordering"

REMEDY = "Open this question again: its items are not the ones that were sent"


class Item(Content):
    id: Id
    text: Words
    feedback: Words


class OrderingContent(Content):
    items: Annotated[tuple[Item, ...], Field(min_length=3, max_length=8)]
    feedback: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    token: str
    text: str
    place: int


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
    order = answer or drawn(seed, words)
    return OrderingView(
        items=tuple(
            Placed(token=token(seed, item), text=words[item], place=place) for place, item in enumerate(order, 1)
        ),
        order=",".join(token(seed, item) for item in order),
    )


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:  # noqa: ARG001  the same for every kind
    """The order as it was on the page, then the places that were set, then the button that was pressed."""
    names = by_token(seed, texts(shown["items"]))
    order = _last(posted, "order").split(",")
    if set(order) != names.keys() or len(order) != len(names):
        raise AnswerProblem(REMEDY)
    placed = _with_places(order, {t: _place(posted, t, was) for was, t in enumerate(order, 1)})
    return [names[t] for t in _moved(placed, _last(posted, "stay"))]


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


def _last(posted: Posted, field: str) -> str:
    values = posted.get(field)
    return values[-1] if values else ""


def _place(posted: Posted, item: str, was: int) -> int:
    text = _last(posted, f"place-{item}") or str(was)
    if not (text.isascii() and text.isdigit() and len(text) < 3):  # noqa: PLR2004  no list has 100 places
        raise AnswerProblem(REMEDY)
    return int(text)


def _with_places(order: list[str], wanted: dict[str, int]) -> list[str]:
    """Items whose place was set go there; the others keep their order around them."""
    set_anew = [item for was, item in enumerate(order, 1) if wanted[item] != was]
    result = [item for item in order if item not in set_anew]
    for item in sorted(set_anew, key=lambda item: wanted[item]):
        result.insert(max(wanted[item] - 1, 0), item)
    return result


def _moved(order: list[str], pressed: str) -> list[str]:
    """`up:token` or `down:token`: one step, as far as there is room."""
    way, _, item = pressed.partition(":")
    if item not in order or way not in {"up", "down"}:
        return order
    at = order.index(item)
    rest = [other for other in order if other != item]
    rest.insert(max(at + (1 if way == "down" else -1), 0), item)
    return rest
