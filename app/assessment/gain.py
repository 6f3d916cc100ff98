"""What people knew before and after, with how sure one can be of the difference: pure.

The interval is Student's, of the mean of paired differences (Altman, Practical Statistics for Medical Research (1991),
chapter 9.5). It says what chance among people alone would do; it does not say that the course was the cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import NormalDist, fmean, stdev

SURE = 0.95


@dataclass(frozen=True, slots=True)
class Pair:
    """One person's shares of what is right, 0 to 1, before and after; and the day on which it was asked again."""

    before: float
    after: float
    on: date
    edition: int


@dataclass(frozen=True, slots=True)
class Gain:
    """Means of shares, and the mean difference with its 95% confidence interval, all 0 to 1."""

    people: int
    before: float
    after: float
    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether chance alone would seldom make such a difference."""
        return self.low > 0 or self.high < 0


def gain(pairs: Sequence[Pair]) -> Gain:
    """Two people at least."""
    differences = [pair.after - pair.before for pair in pairs]
    middle = fmean(differences)
    either_way = t_quantile((1 + SURE) / 2, len(pairs) - 1) * stdev(differences) / sqrt(len(pairs))
    return Gain(
        people=len(pairs),
        before=fmean(pair.before for pair in pairs),
        after=fmean(pair.after for pair in pairs),
        difference=middle,
        low=middle - either_way,
        high=middle + either_way,
    )


def t_quantile(share: float, freedom: int) -> float:
    """Student's t below which `share` of it lies, for `freedom` degrees: within 0.001 from 9 degrees on.

    Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5: an expansion about the normal quantile.
    """
    z = NormalDist().inv_cdf(share)
    terms: tuple[float, ...] = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    corrections = [term / float(freedom) ** power for power, term in enumerate(terms, start=1)]
    return z + sum(corrections)


def quarter(day: date) -> date:
    """The first day of the three months that a day lies in."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)
