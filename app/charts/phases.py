"""Where a chart begins anew, and which points make the centre and limits of each phase."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.charts.rulesets import RuleSet
from app.charts.series import ChartError, Series, X


@dataclass(frozen=True, slots=True)
class Stretch:
    """The places [first, end) of one phase; `base` has one entry a place, `counted` the places not excluded from 0."""

    first: int
    end: int
    base: tuple[bool, ...]
    counted: tuple[int, ...]


def stretches(
    series: Series, rules: RuleSet, baseline: int | None, rebase: Sequence[X], exclude: Sequence[int]
) -> list[Stretch]:
    """The phases of a series.

    A re-base names the first point of a new phase, by date or number (qi-domain §3.1); a whole number in a dated series
    is that point's position from 1. `exclude` are positions from 1 (qicharts2). `baseline` is a number of points, gaps
    included, from the start of each phase (NHSRplotthedots), or ignored where the chart is re-based (qicharts2).
    """
    out = _excluded(series, exclude)
    bounds = [*sorted({0, *(_position(series, x) for x in rebase)}), len(series.xs)]
    frozen = None if len(bounds) > 2 and not rules.baseline_per_phase else baseline  # noqa: PLR2004  # one phase has two
    return [_stretch(first, end, frozen or end - first, out) for first, end in pairwise(bounds)]


def _stretch(first: int, end: int, frozen: int, out: frozenset[int]) -> Stretch:
    places = range(end - first)
    return Stretch(
        first,
        end,
        tuple(place < frozen and first + place not in out for place in places),
        tuple(place for place in places if first + place not in out),
    )


def _excluded(series: Series, exclude: Sequence[int]) -> frozenset[int]:
    for position in exclude:
        if not 1 <= position <= len(series.xs):
            remedy = f"Points are counted from 1 to {len(series.xs)} in order of date."
            raise ChartError(f"There is no point {position} to exclude. {remedy}")
    return frozenset(position - 1 for position in exclude)


def _position(series: Series, x: X) -> int:
    if x in series.xs:
        return series.xs.index(x)
    numbered = isinstance(series.xs[0], date) and not isinstance(x, date)
    if numbered and isinstance(x, int) and 1 <= x <= len(series.xs):
        return x - 1
    remedy = f"Name the date of a point, from {series.xs[0]} to {series.xs[-1]}."
    raise ChartError(f"No point is at {x}, where the chart should begin anew. {remedy}")


def check_baseline(rules: RuleSet, baseline: int | None) -> None:
    """Raise ChartError for a baseline shorter than the rule set takes: 12 for the NHS one (qi-domain §3.1)."""
    if baseline is not None and baseline < rules.least_baseline:
        remedy = f"Freeze it after at least {rules.least_baseline} points, or not at all."
        raise ChartError(f"A baseline of {baseline} is too short for the {rules.title} rules. {remedy}")
