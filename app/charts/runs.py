"""Runs about the centre line: their length and how often the line is crossed, and what chance allows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

CHANCE = 20
"""One in twenty: the crossings that fewer than 5 in 100 random series stay below."""


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of one phase. None where no point is off the centre line, or the points depend on one another."""

    useful: int
    longest_run: int | None = None
    longest_run_max: int | None = None
    crossings: int | None = None
    crossings_min: int | None = None

    @property
    def crossings_max(self) -> int | None:
        """As many as chance leaves on the other side; one more than this many crossings is a run too many."""
        return None if self.crossings_min is None else self.useful - 1 - self.crossings_min

    @property
    def too_long(self) -> bool:
        return self.longest_run is not None and self.longest_run > (self.longest_run_max or 0)

    @property
    def too_few(self) -> bool:
        return self.crossings is not None and self.crossings < (self.crossings_min or 0)

    @property
    def too_many(self) -> bool:
        """Runs beyond the upper figure of the run-chart table: 16 points may make 5 to 12 runs (Quality Digest,
        October 2008).

        The table is the binomial one, so that too many mirrors too few.
        """
        return self.crossings is not None and self.crossings > (self.crossings_max or 0)


def runs_of(sides: Sequence[int]) -> Runs:
    """Runs of points on one side; 0 stands for a point on the line, which neither breaks a run nor adds to it.

    Anhøj and Olesen, PLOS ONE 9(11):e113825.
    """
    lengths = [len(list(run)) for _, run in groupby(side for side in sides if side)]
    useful = sum(lengths)
    if not useful:
        return Runs(0)
    return Runs(useful, max(lengths), longest_run_max(useful), len(lengths) - 1, crossings_min(useful))


@cache
def longest_run_max(useful: int) -> int:
    """round(log2(n)) + 3: the longest run that chance explains (Schilling 2012, in Anhøj's rules). 24 points: 8."""
    return round(math.log2(useful)) + 3


@cache
def crossings_min(useful: int) -> int:
    """The lower 5% point of Binomial(n - 1, 1/2), exactly: fewer crossings are a signal (Chen 2010). 24 points: 8."""
    chances = useful - 1
    below = 0
    for crossings in range(chances + 1):
        below += math.comb(chances, crossings)
        if below * CHANCE >= 2**chances:
            return crossings
    raise AssertionError(useful)
