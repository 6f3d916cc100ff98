"""Chance, drawn so that two plans meet the same luck.

Each draw takes the same number of random numbers whatever the plan, and grows by at most one where the number it is
drawn from grows by one (common random numbers: Law, Simulation Modeling and Analysis, 11.2). So more places never leave
fewer people with a level, in any run.
"""

import math
from random import Random
from statistics import NormalDist
from typing import NamedTuple

EXACT_UP_TO, ARRIVALS_EXACT_UP_TO = 200.0, 30.0
"""Expected events: up to so many a draw is exact, by inversion (Devroye 1986, X.4 and III.2); above it is normal.

What comes is the same under every plan, so that it need not grow one by one, and may be normal sooner.
"""
_NORMAL = NormalDist()
_HALF = 0.5
_NOTHING = 1e-18
_SURE, _HAIR = 1 - 1e-12, 1e-13
"""Luck stays a hair below where sums of decimals might fall either side of it."""


class Pace(NamedTuple):
    """Events counted over an exposure (months, or person-months). `certain`: no doubt about the rate."""

    events: float
    exposure: float
    certain: bool = False

    @property
    def mean(self) -> float:
        return self.events / self.exposure if self.exposure else 0.0

    def drawn(self, random: Random) -> float:
        """A rate from what the counts leave open: Gamma(events + ½, exposure).

        The Jeffreys posterior of a Poisson rate: Gelman et al., Bayesian Data Analysis (3rd ed.), 2.6 and 2.8.
        Without any exposure nothing is known: 0.
        """
        drawn = random.gammavariate(self.events + 0.5, 1.0)
        if self.certain or not self.exposure:
            return self.mean
        return drawn / self.exposure

    def chance(self, random: Random) -> float:
        """The chance that it happens to one person within a month, from a rate per person-month."""
        rate = self.drawn(random)
        return rate if self.certain else -math.expm1(-rate)


class Share(NamedTuple):
    """So many of so many. `certain`: no doubt about the share."""

    yes: float
    of: float
    certain: bool = False

    @property
    def mean(self) -> float:
        return self.yes / self.of if self.of else 0.0

    def drawn(self, random: Random) -> float:
        """A share from what the counts leave open: Beta(yes + ½, no + ½).

        The Jeffreys posterior of a proportion: Gelman et al., Bayesian Data Analysis (3rd ed.), 2.4 and 2.8; Brown,
        Cai and DasGupta 2001.
        """
        drawn = random.betavariate(self.yes + 0.5, max(self.of - self.yes, 0) + 0.5)
        return self.mean if self.certain else drawn


def successes(luck: float, of: int, share: float) -> int:
    """How many of so many, each with the same chance: the binomial's quantile at `luck`, from 0 to 1."""
    if of <= 0 or share <= 0:
        return 0
    if share >= 1:
        return of
    if share > _HALF:
        return of - successes(1 - luck, of, 1 - share)
    if of * share > EXACT_UP_TO:
        return _normal(luck, of * share, of * share * (1 - share), of)
    odds, term = share / (1 - share), (1 - share) ** of
    luck, reached, count = min(luck, _SURE) - _HAIR, term, 0
    while reached < luck and count < of:
        count += 1
        term *= odds * (of - count + 1) / count
        reached += term
        if term < _NOTHING and count > of * share:
            break
    return count


def arrivals(luck: float, mean: float) -> int:
    """How many come, where so many are expected: the Poisson's quantile at `luck`."""
    if mean <= 0:
        return 0
    if mean > ARRIVALS_EXACT_UP_TO:
        return _normal(luck, mean, mean)
    term = math.exp(-mean)
    luck, reached, count = min(luck, _SURE) - _HAIR, term, 0
    while reached < luck:
        count += 1
        term *= mean / count
        reached += term
        if term < _NOTHING and count > mean:
            break
    return count


def _normal(luck: float, mean: float, variance: float, most: int | None = None) -> int:
    within = min(max(luck, 1e-12), 1 - 1e-12)
    count = max(0, math.floor(mean + math.sqrt(variance) * _NORMAL.inv_cdf(within) + 0.5))
    return count if most is None else min(count, most)


def struck(random: Random, of: int, share: float) -> list[int]:
    """Which of a row of so many are struck, each with the same chance: their places from 0, in order.

    The gaps between them are geometric (Devroye 1986, X.4.3). How many of the first k are among them is exact for
    every k, and costs no further luck.
    """
    if share <= 0:
        return []
    if share >= 1:
        return list(range(of))
    found: list[int] = []
    draw, log, scale = random.random, math.log, 1 / math.log1p(-share)
    place = int(log(1 - draw()) * scale)
    while place < of:
        found.append(place)
        place += 1 + int(log(1 - draw()) * scale)
    return found
