"""Pareto: which few categories make up most of the whole (qi-domain §3.5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, groupby

from app.charts.series import ChartError

OTHER = "other"
VITAL = 0.8
"""The share of the whole that the vital few make up, unless somebody asks for another."""


@dataclass(frozen=True, slots=True)
class Category:
    """A bar: its count, and its share and the shares up to it, both from 0 to 1."""

    name: str
    count: float
    share: float
    cumulative: float


@dataclass(frozen=True, slots=True)
class Pareto:
    series: str
    total: float
    categories: tuple[Category, ...]


def pareto(series: str, counts: Mapping[str, float]) -> Pareto:
    """Categories by falling count; ties stay in the order given; "other", in any case of letters, comes last.

    Raises ChartError for a negative count, or when there is nothing to count.
    """
    return _bars(series, sorted(counts.items(), key=_rank))


def in_order(series: str, counts: Mapping[str, float]) -> Pareto:
    """The same bars in the order given, such as a learner's: shares add up from its first one on."""
    return _bars(series, counts.items())


def vital_few(chart: Pareto, share: float = VITAL) -> tuple[Category, ...]:
    """The fewest bars, from the first on, that together make up a share of the whole."""
    reached = next(number for number, bar in enumerate(chart.categories, 1) if bar.cumulative >= share - 1e-9)
    return chart.categories[:reached]


def places(chart: Pareto) -> dict[str, range]:
    """For each category of a chart by `pareto`, the places from 1 in which it may stand: equal counts share theirs."""
    found: dict[str, range] = {}
    for _, tied in groupby(chart.categories, key=lambda bar: _rank((bar.name, bar.count))):
        names = [bar.name for bar in tied]
        found |= dict.fromkeys(names, range(len(found) + 1, len(found) + len(names) + 1))
    return found


def _rank(bar: tuple[str, float]) -> tuple[bool, float]:
    name, count = bar
    return name.casefold() == OTHER, -count


def _bars(series: str, counts: Iterable[tuple[str, float]]) -> Pareto:
    ordered = list(counts)
    for name, count in ordered:
        if count < 0:
            raise ChartError(f"{name} has a count of {count:g}, below zero. Correct it.", column="value")
    total = sum(count for _, count in ordered)
    if not total:
        raise ChartError("There is nothing to count. Give at least one category a count above zero.")
    reached = accumulate(count for _, count in ordered)
    bars = (Category(name, n, n / total, up_to / total) for (name, n), up_to in zip(ordered, reached, strict=True))
    return Pareto(series, total, tuple(bars))
