"""Pareto: which few categories make up most of the whole (qi-domain §3.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from app.charts.series import ChartError

OTHER = "other"


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
    for name, count in counts.items():
        if count < 0:
            raise ChartError(f"{name} has a count of {count:g}, below zero. Correct it.", column="value")
    total = sum(counts.values())
    if not total:
        raise ChartError("There is nothing to count. Give at least one category a count above zero.")
    ordered = sorted(counts.items(), key=lambda item: (item[0].casefold() == OTHER, -item[1]))
    reached = accumulate(count for _, count in ordered)
    bars = (Category(name, n, n / total, up_to / total) for (name, n), up_to in zip(ordered, reached, strict=True))
    return Pareto(series, total, tuple(bars))
