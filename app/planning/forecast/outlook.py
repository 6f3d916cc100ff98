"""What a plan of places comes to: the fan, when the target is reached, and when those who wait are served."""

from collections.abc import Sequence
from typing import NamedTuple

from app.planning.forecast.fan import (
    Goal,
    Reached,
    Spread,
    chance_by,
    fan_of_people,
    fan_of_shares,
    when_reached,
    when_served,
)
from app.planning.forecast.rates import Estimate
from app.planning.forecast.runs import MONTHS_AHEAD, RUNS, SEED, Start, simulate


class Outlook(NamedTuple):
    """`fan` is of shares or of people, from today on.

    `by_then`: the share of runs that meet the goal on its day; `in_the_end`: after all the months looked at.
    """

    fan: tuple[Spread, ...]
    of_shares: bool
    reached: Reached | None
    by_then: float | None
    in_the_end: float | None
    served: Reached
    places: tuple[int, ...]


def outlook(
    start: Start,
    estimate: Estimate,
    places: tuple[int, ...],
    validity: int | None,
    goal: Goal | None = None,
    goal_month: int = 0,
    runs: int = RUNS,
) -> Outlook:
    """`goal_month` is the number of months from today after which the goal is to be met."""
    found = simulate(start, estimate.rates, places, validity, seed=SEED, runs=runs)
    of_shares = goal is None or goal.per_cent
    return Outlook(
        fan_of_shares(found) if of_shares else fan_of_people(found),
        of_shares,
        when_reached(found, goal) if goal else None,
        chance_by(found, goal, goal_month) if goal else None,
        chance_by(found, goal, found.months) if goal else None,
        when_served(found),
        places,
    )


def every_month(places: int, lasting: int) -> tuple[int, ...]:
    """So many places begin in each month from the next one on. They end `lasting` months later."""
    return _ending([places] * MONTHS_AHEAD, lasting)


def over_a_year(places: int, lasting: int) -> tuple[int, ...]:
    """The same of so many places a year, as evenly as whole places go."""
    year = [places * (month + 1) // 12 - places * month // 12 for month in range(12)]
    return _ending(year * (MONTHS_AHEAD // 12), lasting)


def _ending(begun: Sequence[int], lasting: int) -> tuple[int, ...]:
    return (*(0,) * (1 + lasting), *begun)[:MONTHS_AHEAD]
