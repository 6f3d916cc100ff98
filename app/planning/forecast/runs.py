"""One directorate and level, month by month, many times over: who joins, leaves, lapses and completes.

People stand in a row, those who hold the level first, then those who wait for it: whoever leaves is struck in that row,
so that the headcount is the same under every plan. A level that was granted ends after its months; of those whose level
ends, the ones who have left since are taken off in proportion.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from app.planning.forecast.draws import Pace, Share, arrivals, struck, successes

NEVER, NOBODY = Pace(0, 0), Share(0, 0, certain=True)
MONTHS_AHEAD = 60
RUNS = 300
SEED = 2026


@dataclass(frozen=True, slots=True)
class Start:
    """People today. `waiting` need the level or asked for it and do not hold it; `due[m]` end in month m, from 0."""

    headcount: int
    holders: int
    waiting: int = 0
    due: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rates:
    """What happens in a month: to each person, to the directorate, to each place, to each level that ends.

    `unplanned` is a month's completions without a place, for each person who does not hold the level: a course that
    is always open. `bringing` is the share of joiners who hold it when they come.
    """

    leaving: Pace
    joining: Pace
    completing: Share
    lapsing: Share
    unplanned: Pace = NEVER
    bringing: Share = NOBODY


@dataclass(frozen=True, slots=True)
class Runs:
    """For each month from today on (0 is today), in each run: who holds the level, who is there, who still waits."""

    holders: tuple[tuple[int, ...], ...]
    headcount: tuple[tuple[int, ...], ...]
    waiting: tuple[tuple[int, ...], ...]

    @property
    def months(self) -> int:
        return len(self.holders) - 1


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The rates of one run."""

    leaving: float
    joining: float
    completing: float
    lapsing: float
    unplanned: float
    bringing: float


@dataclass(slots=True)
class _State:
    headcount: int
    holders: int
    waiting: int
    staying: float = 1.0
    """The share of those there at first who would be there still."""


def simulate(
    start: Start, rates: Rates, places: tuple[int, ...], validity: int | None, *, seed: int = SEED, runs: int = RUNS
) -> Runs:
    """`places[m]` end in month m; `validity` in months, None: for good. The same in, the same out."""
    random = Random(seed)  # noqa: S311  a forecast, not a secret
    every = [list(_run(start, rates, places, validity, random)) for _ in range(runs)]
    by_month = [[one[month] for one in every] for month in range(len(places) + 1)]
    return Runs(
        tuple(tuple(state[0] for state in month) for month in by_month),
        tuple(tuple(state[1] for state in month) for month in by_month),
        tuple(tuple(state[2] for state in month) for month in by_month),
    )


def _run(
    start: Start, rates: Rates, places: tuple[int, ...], validity: int | None, random: Random
) -> Iterator[tuple[int, int, int]]:
    """One run, month by month: holders, headcount, waiting."""
    now = _State(start.headcount, min(start.holders, start.headcount), 0)
    now.waiting = min(start.waiting, now.headcount - now.holders)
    yield now.holders, now.headcount, now.waiting
    rate = _drawn(rates, random)
    granted: list[tuple[int, float]] = []
    for month, offered in enumerate(places):
        _leave(now, rate.leaving, random)
        kept = _lapse(now, _ending(start, granted, month, validity, now.staying), rate.lapsing, random.random())
        brought = _join(now, rate, random)
        completed = _complete(now, rate, offered, random)
        granted.append((kept + brought + completed, now.staying))
        yield now.holders, now.headcount, now.waiting


def _drawn(rates: Rates, random: Random) -> _Drawn:
    return _Drawn(
        rates.leaving.chance(random),
        rates.joining.drawn(random),
        rates.completing.drawn(random),
        rates.lapsing.drawn(random),
        rates.unplanned.chance(random),
        rates.bringing.drawn(random),
    )


def _leave(now: _State, chance: float, random: Random) -> None:
    left = struck(random, now.headcount, chance)
    if not left:
        return
    holders = bisect_left(left, now.holders)
    waiting = bisect_left(left, now.holders + now.waiting) - holders
    now.staying *= 1 - len(left) / now.headcount
    now.headcount -= len(left)
    now.holders -= holders
    now.waiting -= waiting


def _ending(start: Start, granted: list[tuple[int, float]], month: int, validity: int | None, staying: float) -> int:
    """Whose level ends this month: those known today, and those who got it so many months ago, less the leavers."""
    ending = start.due[month] * staying if month < len(start.due) else 0.0
    if validity is not None and month >= validity:
        count, stayed = granted[month - validity]
        ending += count * staying / stayed if stayed else 0.0
    return round(ending)


def _lapse(now: _State, ending: int, share: float, luck: float) -> int:
    """How many keep the level by a refresh."""
    ending = min(ending, now.holders)
    lapsed = successes(luck, ending, share)
    now.holders -= lapsed
    return ending - lapsed


def _join(now: _State, rate: _Drawn, random: Random) -> int:
    """How many come with the level."""
    came = arrivals(random.random(), rate.joining)
    bringing = successes(random.random(), came, rate.bringing)
    now.headcount += came
    now.holders += bringing
    return bringing


def _complete(now: _State, rate: _Drawn, offered: int, random: Random) -> int:
    """Places go first to those who wait, then to anybody who does not hold the level; the rest stay empty."""
    completed = successes(random.random(), min(offered, now.headcount - now.holders), rate.completing)
    now.holders += completed
    unplanned = successes(random.random(), now.headcount - now.holders, rate.unplanned)
    now.holders += unplanned
    now.waiting = min(max(now.waiting - completed - unplanned, 0), now.headcount - now.holders)
    return completed + unplanned
