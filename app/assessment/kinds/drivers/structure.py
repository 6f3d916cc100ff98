"""What a program can see in a driver diagram: whether each box hangs where it should, never whether it makes sense."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.assessment.kinds.drivers.tree import AIM, IDEA, LOOSE, PRIMARY, SECONDARY, Node

LEAST_PRIMARY = 2
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, in how many cases it holds, of how many, and the boxes where it does not."""

    name: str
    good: int
    of: int
    wrong: tuple[str, ...] = ()
    remedy: str = ""

    @property
    def met(self) -> bool:
        return self.good == self.of

    @property
    def share(self) -> float:
        return self.good / self.of


def checks(nodes: Sequence[Node]) -> tuple[Check, ...]:
    """Those that apply. With nothing to look at, what a diagram must have counts as missing."""
    return tuple(
        check for check in (_primary(nodes), _hung(nodes), _served(nodes), _used(nodes), _worded(nodes)) if check.of
    )


def _primary(nodes: Sequence[Node]) -> Check:
    drivers = {node.text.casefold() for node in nodes if node.kind == PRIMARY and node.text}
    return Check(
        "At least two primary drivers",
        min(len(drivers), LEAST_PRIMARY),
        LEAST_PRIMARY,
        remedy="With one primary driver alone the aim is only said again. What else must be true for it to come true?",
    )


def _hung(nodes: Sequence[Node]) -> Check:
    """Applies only where there are boxes that can be left over."""
    boxes = [node for node in nodes if node.kind in {SECONDARY, LOOSE}]
    loose = [node for node in boxes if not node.parent]
    return Check(
        "Nothing is left over: each secondary driver has its primary driver, each card its place",
        len(boxes) - len(loose),
        len(boxes),
        _named(loose),
        "Hang it on the driver that it helps, or take it out.",
    )


def _served(nodes: Sequence[Node]) -> Check:
    ideas = [node for node in nodes if node.kind == IDEA]
    wrong = [node for node in ideas if node.parent in {"", AIM}]
    return Check(
        "Every change idea serves a driver",
        len(ideas) - len(wrong),
        max(len(ideas), 1),
        tuple(f"{name} hangs {'straight on the aim' if node.parent else 'on nothing'}" for node, name in _both(wrong)),
        "Ask why of each idea: the answer is the driver it serves." if ideas else "There is no change idea yet.",
    )


def _used(nodes: Sequence[Node]) -> Check:
    """A primary driver is used when an idea hangs on it or on one of its secondary drivers."""
    drivers = [node for node in nodes if node.kind in {PRIMARY, SECONDARY}]
    used = {node.parent for node in nodes if node.kind == IDEA}
    used |= {node.parent for node in nodes if node.kind == SECONDARY and node.id in used}
    idle = [node for node in drivers if node.id not in used]
    return Check(
        "Every driver leads to a change idea",
        len(drivers) - len(idle),
        max(len(drivers), 1),
        _named(idle),
        "Ask how of each driver: the answer is an idea that somebody could try."
        if drivers
        else "There is no driver yet.",
    )


def _worded(nodes: Sequence[Node]) -> Check:
    """Applies to the boxes that were placed: a card left over brings its words along."""
    placed = [node for node in nodes if node.kind != LOOSE]
    said = [node.text.casefold() for node in placed]
    wrong = [node for place, node in enumerate(placed) if not node.text or node.text.casefold() in said[:place]]
    return Check(
        "Every box has words of its own",
        len(placed) - len(wrong),
        max(len(placed), 1),
        _named(wrong),
        "Write into each box, and say nothing twice." if placed else "No box has been placed yet.",
    )


def _both(nodes: Sequence[Node]) -> list[tuple[Node, str]]:
    return [(node, f"“{node.text}”" if node.text else "a box without words") for node in nodes]


def _named(nodes: Sequence[Node]) -> tuple[str, ...]:
    return tuple(name for _, name in _both(nodes))


def listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return "; ".join(names[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
