"""Who gets the training: shares with the doubt in them, and which of them may be shown."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from app.kernel.suppression import FEWEST

Z = 1.959964
"""Standard deviations that hold 95 of a hundred."""


class Part(NamedTuple):
    """People of one group: how many there are, and how many of them hold the level."""

    people: int
    holders: int

    @property
    def without(self) -> int:
        return self.people - self.holders

    def plus(self, other: "Part") -> "Part":
        return Part(self.people + other.people, self.holders + other.holders)


NOBODY = Part(0, 0)


class Interval(NamedTuple):
    low: float
    share: float
    high: float


class Shown(NamedTuple):
    """What may be shown of a whole in parts: some parts, the hidden ones `rest` as one, and `whole`.

    None: not even that may be shown. `hidden` are the names of the parts in the rest, in their order.
    """

    parts: Mapping[str, Part]
    hidden: tuple[str, ...]
    rest: Part | None
    whole: Part | None


def wilson(holders: int, people: int) -> Interval:
    """The share that holds a level, with 95 per cent limits (Wilson 1927; method 3 of Newcombe 1998). `people` > 0."""
    share, z2 = holders / people, Z * Z
    middle = (share + z2 / (2 * people)) / (1 + z2 / people)
    reach = Z / (1 + z2 / people) * math.sqrt(share * (1 - share) / people + z2 / (4 * people * people))
    low, high = middle - reach, middle + reach
    return Interval(0.0 if holders == 0 else low, share, 1.0 if holders == people else high)


def _few(count: int, fewest: int) -> bool:
    return 0 < count < fewest


def may_be_seen(part: Part, fewest: int = FEWEST) -> bool:
    """Neither those who hold the level nor those who do not are so few that one of them could be known."""
    return not (_few(part.people, fewest) or _few(part.holders, fewest) or _few(part.without, fewest))


def shown(parts: Mapping[str, Part], fewest: int = FEWEST) -> Shown:
    """Which parts of a whole may be shown, so that nothing hidden can be had by subtraction.

    Whatever is shown is a part, the rest together, or sums of these: so the rest, too, is made to be of several parts
    and itself fit to be seen, and the smallest of the others join it until it is. Where it never is, nothing is shown.
    Empty parts hide nobody, and are left out.
    """
    there = {name: part for name, part in parts.items() if part.people}
    hidden = [name for name, part in there.items() if not may_be_seen(part, fewest)]
    others = sorted((name for name in there if name not in hidden), key=lambda name: there[name].people)
    while hidden and others and not _hides(there, hidden, fewest):
        hidden.append(others.pop(0))
    if hidden and not _hides(there, hidden, fewest):
        return Shown({}, tuple(there), None, None)
    return Shown(
        {name: part for name, part in there.items() if name not in hidden},
        tuple(name for name in there if name in hidden),
        _sum(there, hidden) if hidden else None,
        _sum(there, list(there)) if there else None,
    )


def _hides(parts: Mapping[str, Part], hidden: list[str], fewest: int) -> bool:
    return len(hidden) > 1 and may_be_seen(_sum(parts, hidden), fewest)


def _sum(parts: Mapping[str, Part], names: list[str]) -> Part:
    total = NOBODY
    for name in names:
        total = total.plus(parts[name])
    return total
