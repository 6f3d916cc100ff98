"""Items that a learner puts in order, by buttons, place numbers or dragging: for each kind that has such a list.

The list itself is the macro in templates/assessment/kinds/_places.html, and answers.js moves its items on the spot.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.assessment.kinds.contract import AnswerProblem, Posted
from app.assessment.kinds.tokens import by_token, token

REMEDY = "Open this question again: its items are not the ones that were sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    token: str
    text: str
    place: int


def placed(order: Iterable[str], words: Mapping[str, str], seed: str) -> tuple[Placed, ...]:
    """Items as the page lists them, the first in place 1."""
    return tuple(Placed(token=token(seed, item), text=words[item], place=place) for place, item in enumerate(order, 1))


def read_order(posted: Posted, items: Iterable[str], seed: str) -> list[str]:
    """The order as it was on the page, then the places that were set, then the button that was pressed."""
    names = by_token(seed, items)
    order = last(posted, "order").split(",")
    if set(order) != names.keys() or len(order) != len(names):
        raise AnswerProblem(REMEDY)
    moved = _with_places(order, {t: _place(posted, t, was) for was, t in enumerate(order, 1)})
    return [names[t] for t in _moved(moved, last(posted, "stay"))]


def last(posted: Posted, field: str) -> str:
    values = posted.get(field)
    return values[-1] if values else ""


def _place(posted: Posted, item: str, was: int) -> int:
    text = last(posted, f"place-{item}") or str(was)
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
