"""In what a report that was kept differs from one of the same day with what is known since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.oversight.rules.figures import Measure, Part, Report, Value


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of a part: of a month, of a level, of the year (neither), or the number of people (no measure)."""

    then: Value
    now: Value
    measure: Measure | None = None
    month: date | None = None
    level: str = ""


def differences(then: Report, now: Report, directorate_id: int) -> list[Difference]:
    """Of the trust or of one directorate. What only one of the two has is told with None for the other."""
    one, other = then.part(directorate_id), now.part(directorate_id)
    if one is None or other is None:
        return []
    return [*_counts(one, other), *_totals(one, other), *_months(then, now, one, other)]


def _counts(one: Part, other: Part) -> Iterator[Difference]:
    if one.people != other.people:
        yield Difference(one.people, other.people)
    for level in sorted(one.held.keys() | other.held.keys()):
        if one.held.get(level, 0) != other.held.get(level, 0):
            yield Difference(one.held.get(level, 0), other.held.get(level, 0), level=level)


def _totals(one: Part, other: Part) -> Iterator[Difference]:
    for measure in Measure:
        if one.totals.get(measure) != other.totals.get(measure):
            yield Difference(one.totals.get(measure), other.totals.get(measure), measure)


def _months(then: Report, now: Report, one: Part, other: Part) -> Iterator[Difference]:
    for measure in Measure:
        was = dict(zip(then.months, one.monthly.get(measure, ()), strict=False))
        known = dict(zip(now.months, other.monthly.get(measure, ()), strict=False))
        for month in sorted(was.keys() & known.keys()):
            if was[month] != known[month]:
                yield Difference(was[month], known[month], measure, month)
