"""Which directorate to offer the next places, so that the worst gap comes down fastest."""

import heapq
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple


class Behind(NamedTuple):
    """A directorate: how many are there, how many more should hold a level, and how many could take a place at most."""

    directorate_id: int
    headcount: int
    missing: int
    without: int

    def gap(self, places: int, completing: Fraction) -> Fraction:
        """What would still be missing after so many places, as a share of those there; never below nothing."""
        return max(Fraction(self.missing) - places * completing, Fraction(0)) / self.headcount


class Suggestion(NamedTuple):
    """Places for each directorate, in the order in which each got its first; what is left where nobody is behind."""

    places: Mapping[int, int]
    order: Sequence[int]
    left: int
    worst_before: Fraction
    worst_after: Fraction


def suggest(behind: Sequence[Behind], places: int, completing: float) -> Suggestion:
    """Each place goes to whoever is furthest behind at that moment, as a share of its people.

    For gaps that only fall, this greedy rule makes the worst gap as small as any allocation of as many places can, and
    it does so after every single place (Ibaraki and Katoh, Resource Allocation Problems, 1988, ch. 5). Where two are
    equally far behind, the larger shortfall in people goes first, then the lower number. `completing` is the share of
    places that end in a completion, above 0.
    """
    each = Fraction(completing).limit_denominator(1000) or Fraction(1, 1000)
    given = {one.directorate_id: 0 for one in behind}
    order: list[int] = []
    waiting = [_turn(one, 0, each) for one in behind if one.headcount > 0]
    heapq.heapify(waiting)
    left = places
    while left and waiting:
        *_, one = heapq.heappop(waiting)
        had = given[one.directorate_id]
        if one.gap(had, each) == 0 or had >= one.without:
            continue
        if not had:
            order.append(one.directorate_id)
        given[one.directorate_id] = had + 1
        left -= 1
        heapq.heappush(waiting, _turn(one, had + 1, each))
    return Suggestion(
        given, order, left, worst(behind, dict.fromkeys(given, 0), completing), worst(behind, given, completing)
    )


def worst(behind: Sequence[Behind], places: Mapping[int, int], completing: float) -> Fraction:
    """The largest gap that such places leave, as a share of a directorate's people."""
    each = Fraction(completing).limit_denominator(1000) or Fraction(1, 1000)
    return max(
        (one.gap(places.get(one.directorate_id, 0), each) for one in behind if one.headcount > 0), default=Fraction(0)
    )


_Turn = tuple[Fraction, Fraction, int, Behind]


def _turn(one: Behind, had: int, each: Fraction) -> _Turn:
    """A heap gives the smallest first: the furthest behind, then the most people missing, then the lowest number."""
    return (-one.gap(had, each), -(one.missing - had * each), one.directorate_id, one)
