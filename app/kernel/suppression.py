"""Which counts of people may be shown: none so small that somebody could be recognised, nor one that gives it away."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

FEWEST = 10

K = TypeVar("K", bound=Hashable)


def may_be_shown(counts: Mapping[K, int], fewest: int = FEWEST) -> frozenset[K]:
    """Of the parts of a whole whose total is shown, those that may be shown too.

    A part of fewer than `fewest` people is not. Where only one part is hidden, it could be had by subtraction: then
    the smallest of the others is hidden with it. An empty part hides nobody.
    """
    shown = [key for key, count in counts.items() if count >= fewest]
    hidden = sum(0 < count < fewest for count in counts.values())
    if hidden == 1 and shown:
        shown.remove(min(shown, key=lambda key: counts[key]))
    return frozenset(shown)
