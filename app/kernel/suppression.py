"""Which counts of people may be shown: none so small that somebody could be recognised, nor one that gives it away."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

FEWEST = 10

K = TypeVar("K", bound=Hashable)


def shown_counts(counts: Mapping[K, int], fewest: int = FEWEST) -> frozenset[K]:
    """Of the parts of a whole whose total is known, those that may be shown: no hidden one can be worked out.

    A part of fewer than `fewest` is hidden, an empty one too: where all others are empty, one knows about everybody.
    Then the smallest of those shown are hidden with them, until those hidden are `fewest` people or more and not all
    alike. The rule looks at numbers alone, never at their places: whoever knows it cannot tell which hidden part has
    which number, and with all alike there would be nothing to tell. A total of nought, and one part that is the whole,
    hide nothing: whoever asks keeps back such a total, or has nothing to keep back.
    """
    shown = {key: count for key, count in counts.items() if count >= fewest}
    hidden = [count for count in counts.values() if count < fewest]
    while hidden and shown and (len(set(hidden)) == 1 or sum(hidden) < fewest):
        smallest = min(shown.values())
        hidden += [count for count in shown.values() if count == smallest]
        shown = {key: count for key, count in shown.items() if count > smallest}
    return frozenset(shown)


def shown_beside(whole: Mapping[K, int], unseen: Mapping[K, int], fewest: int = FEWEST) -> frozenset[K]:
    """The same for somebody who knows some of the people one by one: `unseen` counts those whom they do not know.

    They can take off what they know, so that what is left over must be fit to be shown too. Where nobody is left
    over, they learn nothing that they did not know.
    """
    shown = shown_counts(whole, fewest)
    left: frozenset[K] = shown_counts(unseen, fewest) if any(unseen.values()) else shown
    return shown & left
