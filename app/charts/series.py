"""What a chart is drawn from, and the checks that a chart of its kind can be drawn from it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.charts.kinds import COUNTS, NAMES, NEEDS_DENOMINATOR, PROPORTIONS, TAKES_DENOMINATOR, ChartKind

X = date | int
Values = tuple[float | None, ...]


class ChartError(ValueError):
    """Something that no chart can be drawn from. The message says what to do next.

    `x` is the point's date or number, and `column` is "date", "value" or "denominator", where one point is to blame.
    """

    def __init__(self, message: str, *, x: X | None = None, column: str | None = None) -> None:
        super().__init__(message)
        self.x = x
        self.column = column


@dataclass(frozen=True, slots=True)
class Series:
    """One measure over time: dates (or whole numbers), values, and for rates what each value is divided by.

    None is a missing value: a gap, never a zero. As in qicharts2, it counts in no sum, gives no moving range to either
    side and is skipped by runs about the centre; NHSRplotthedots wants no gaps, so that under its rules one breaks a
    shift or trend. Where a value is missing, so is its denominator. All three have the same length. `of` sorts by date.
    """

    name: str
    xs: tuple[X, ...]
    values: Values
    denominators: Values | None = None

    @classmethod
    def of(
        cls,
        name: str,
        xs: Sequence[X],
        values: Sequence[float | None],
        denominators: Sequence[float | None] | None = None,
    ) -> "Series":
        """The series in the order of its dates. Raises ChartError for dates twice, mixed, or of another number."""
        if len(xs) != len(values) or (denominators is not None and len(denominators) != len(xs)):
            raise ChartError("A series needs one value for each date, and one denominator for each where it has any.")
        _check_xs(xs)
        order = sorted(range(len(xs)), key=xs.__getitem__)
        return cls(
            name,
            tuple(xs[i] for i in order),
            tuple(values[i] for i in order),
            None if denominators is None else tuple(denominators[i] for i in order),
        )


def _check_xs(xs: Sequence[X]) -> None:
    if not xs:
        raise ChartError("The series has no rows. Give it at least one date with a value.")
    if len({isinstance(x, date) for x in xs}) > 1:
        raise ChartError("Dates and numbers are mixed. Use one of the two for the whole series.", column="date")
    seen: set[X] = set()
    for x in xs:
        if x in seen:
            remedy = "Keep one row for each date, or name the columns that tell the series apart."
            raise ChartError(f"{x} is there twice. {remedy}", x=x, column="date")
        seen.add(x)


def check(series: Series, kind: ChartKind) -> None:
    """Raise ChartError where this kind of chart cannot be drawn (qi-domain §3.2: what each chart counts)."""
    if series.denominators is None and kind in NEEDS_DENOMINATOR:
        raise ChartError(f"A {NAMES[kind]} needs a denominator. Name its column with --denominator.")
    if series.denominators is not None and kind not in TAKES_DENOMINATOR:
        raise ChartError(f"A {NAMES[kind]} takes no denominator. Leave it out, or choose a P or U chart.")
    for place, x in enumerate(series.xs):
        size = series.denominators[place] if series.denominators is not None else None
        _check_point(kind, x, series.values[place], size, rated=series.denominators is not None)


def _check_point(kind: ChartKind, x: X, value: float | None, size: float | None, *, rated: bool) -> None:
    if value is None:
        return
    if not math.isfinite(value):
        raise ChartError(f"{value} is not a finite number. Leave the cell empty if nothing is known.", x=x)
    if kind in COUNTS and value < 0:
        raise ChartError(f"{value:g} is below zero, and a count cannot be. Correct it.", x=x, column="value")
    if kind is ChartKind.T and value <= 0:
        remedy = "Use a finer unit of time, or a G chart of cases between events."
        raise ChartError(f"{value:g} is not above zero, as time between events must be. {remedy}", x=x, column="value")
    if rated:
        _check_size(kind, x, value, size)


def _check_size(kind: ChartKind, x: X, value: float, size: float | None) -> None:
    if size is None:
        remedy = "Fill it in, or leave the value empty too, which makes a gap."
        raise ChartError(f"The denominator is empty. {remedy}", x=x, column="denominator")
    if not math.isfinite(size) or size <= 0:
        remedy = "If nothing was counted, leave both cells empty, which makes a gap."
        raise ChartError(f"The denominator {size:g} is not above zero. {remedy}", x=x, column="denominator")
    if kind in PROPORTIONS and value > size:
        remedy = "A P chart counts cases out of a whole; for events per exposure choose a U chart."
        raise ChartError(f"{value:g} is more than its denominator, {size:g}. {remedy}", x=x, column="value")
