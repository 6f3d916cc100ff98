"""What many runs say together: a fan of likely outcomes, and when a target is reached."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from app.planning.forecast.runs import Runs
from app.planning.rules import TargetKind, people_wanted

QUANTILES = (5, 25, 50, 75, 95)
EARLY, LATE = 10, 90
"""Per cent of the runs that have reached a target by the first month that is said, and by the last."""


class Goal(NamedTuple):
    """So many people, or so many per cent of those who are there."""

    value: float
    per_cent: bool

    def wanted(self, headcount: int) -> int:
        """How many people it asks for, as the plan counts them."""
        kind = TargetKind.PER_CENT if self.per_cent else TargetKind.ABSOLUTE
        return people_wanted(kind, self.value, headcount)

    def met(self, holders: int, headcount: int) -> bool:
        return holders >= self.wanted(headcount) and (headcount > 0 or not self.per_cent)


class Reached(NamedTuple):
    """Months from today (0: it is so today) by which a tenth, half and nine tenths of the runs reach a goal.

    None: not within the months that were looked at. `runs` is the share of all runs that reach it at all.
    """

    early: int | None
    middle: int | None
    late: int | None
    runs: float


class Spread(NamedTuple):
    """The 5th, 25th, 50th, 75th and 95th of a hundred runs in one month."""

    low: float
    lower: float
    middle: float
    upper: float
    high: float


def quantile(ordered: Sequence[float], per_cent: int) -> float:
    """The smallest value that this share of them does not exceed."""
    return ordered[max(math.ceil(len(ordered) * per_cent / 100) - 1, 0)]


def _spread(values: Sequence[float]) -> Spread:
    ordered = sorted(values)
    return Spread(*(quantile(ordered, one) for one in QUANTILES))


def fan_of_people(runs: Runs) -> tuple[Spread, ...]:
    """How many hold the level, for each month from today on."""
    return tuple(_spread(month) for month in runs.holders)


def fan_of_shares(runs: Runs) -> tuple[Spread, ...]:
    """The share of those there who hold the level, from 0 to 1, for each month from today on."""
    return tuple(
        _spread([holders / there if there else 0.0 for holders, there in zip(*month, strict=True)])
        for month in zip(runs.holders, runs.headcount, strict=True)
    )


def fan_of_headcount(runs: Runs) -> tuple[Spread, ...]:
    return tuple(_spread(month) for month in runs.headcount)


def when_reached(runs: Runs, goal: Goal) -> Reached:
    """When each run first reaches a goal, of all runs together."""
    pairs = list(zip(runs.holders, runs.headcount, strict=True))
    return _first_months(
        [
            next((m for m, (holders, there) in enumerate(pairs) if goal.met(holders[run], there[run])), None)
            for run in range(len(runs.holders[0]))
        ]
    )


def when_served(runs: Runs) -> Reached:
    """When the last of those who wait today no longer does."""
    return _first_months(
        [
            next((m for m, waiting in enumerate(runs.waiting) if waiting[run] == 0), None)
            for run in range(len(runs.waiting[0]))
        ]
    )


def _first_months(firsts: Sequence[int | None]) -> Reached:
    ordered = sorted(math.inf if first is None else first for first in firsts)
    early, middle, late = (quantile(ordered, one) for one in (EARLY, 50, LATE))
    reached = sum(first is not None for first in firsts) / len(firsts)
    return Reached(_month(early), _month(middle), _month(late), reached)


def _month(found: float) -> int | None:
    return None if math.isinf(found) else int(found)


def chance_by(runs: Runs, goal: Goal, month: int) -> float:
    """The share of runs in which the goal is met in that month, from today on."""
    month = min(month, runs.months)
    met = [goal.met(*pair) for pair in zip(runs.holders[month], runs.headcount[month], strict=True)]
    return sum(met) / len(met)
