"""From values to places in a picture, and the round values at which to say so."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.charts.series import X

STEPS = (1, 2, 2.5, 5, 10)
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
DAYS = (1, 2, 7, 14, 28)
WEEKS_ONLY = 75
"""Days: a shorter span is told in days, a longer one in months."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from [low, high] to [start, end], which may run backwards."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def round_step(span: float, most: int) -> float:
    """The smallest step of 1, 2, 2.5 or 5 times a power of ten that cuts a span into at most so many."""
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in STEPS if step * power >= rough * (1 - 1e-9))


def value_ticks(low: float, high: float, most: int) -> list[float]:
    """Round values from below `low` to above `high`, at most about `most`; equal values get room about them."""
    # Powers and roots leave a hair between values that are equal.
    if high - low <= abs(high) * 1e-9:
        low, high = low - (abs(low) or 1) / 2, high + (abs(high) or 1) / 2
    step = round_step(high - low, most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * number for number in range(first, last + 1)]


def ordinal(x: X) -> int:
    return x.toordinal() if isinstance(x, date) else x


def moments(xs: Sequence[X], most: int) -> list[X]:
    """Round dates or numbers within the range of xs, at most about `most`."""
    first, last = xs[0], xs[-1]
    if not isinstance(first, date) or not isinstance(last, date):
        return _numbers(ordinal(first), ordinal(last), most)
    days = (last - first).days
    if days < WEEKS_ONLY:
        step = next((step for step in DAYS if days / step <= most), DAYS[-1])
        return [first + timedelta(step * number) for number in range(days // step + 1)]
    step = next((step for step in MONTHS if days / 30.4 / step <= most), MONTHS[-1])
    starts = (date(month // 12, month % 12 + 1, 1) for month in range(first.year * 12, last.year * 12 + 12, step))
    return [start for start in starts if first <= start <= last] or [first]


def _numbers(first: int, last: int, most: int) -> list[X]:
    step = max(1, round(round_step(max(last - first, 1), most)))
    return [number for number in range(first - first % step, last + 1, step) if number >= first]


def moment_lines(x: X, before: X | None) -> list[str]:
    """What to write at a tick: the month, and the year below it where it is new; days as 3 Mar."""
    if not isinstance(x, date):
        return [str(x)]
    short = f"{x:%b}" if x.day == 1 else f"{x.day} {x:%b}"
    new_year = not isinstance(before, date) or before.year != x.year
    return [short, f"{x.year}"] if new_year else [short]
