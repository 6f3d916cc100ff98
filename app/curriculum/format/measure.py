"""A measure over time as a course file writes it, which the chart engine reads and draws."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator
from pydantic_core import PydanticCustomError

from app.charts import RULE_SETS, Analysis, ChartError, ChartKind, Plan, Series, Wanted, analyse
from app.charts.kinds import NAMES, NEEDS_DENOMINATOR, TAKES_DENOMINATOR
from app.charts.series import X

LARGEST = 1e9
"""No ward counts further, and no picture has room for more digits."""
MISTAKEN = {"date": "at", "value": "value", "denominator": "of"}
"""The engine's columns by the names that they have in a course file."""


def _moment(value: object) -> X:
    if isinstance(value, date) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise PydanticCustomError("moment", "must be a day such as 2026-03-01, or a whole number") from None


def _kept_moment(x: X) -> str | int:
    return x.isoformat() if isinstance(x, date) else x


def _rules(value: str) -> str:
    if value not in RULE_SETS:
        raise PydanticCustomError("rules", "must be one of {known}", {"known": ", ".join(RULE_SETS)})
    return value


Moment = Annotated[X, PlainValidator(_moment), PlainSerializer(_kept_moment)]
Number = Annotated[float, Field(strict=True, ge=-LARGEST, le=LARGEST)]
Title = Annotated[str, Field(min_length=1, max_length=100)]


class _Own(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Row(_Own):
    """One point: its date or number, its value, and for a rate what the value is counted out of. null is a gap."""

    at: Moment
    value: Number | None
    of: Number | None = None


class Measure(_Own):
    """A series and how it is to be read: the rules, the target and the direction that is wanted.

    `each`, `counted` and `out_of` head the columns of its table.
    """

    title: Title
    each: Title = "When"
    counted: Title = "Value"
    out_of: Title = "Out of"
    points: Annotated[tuple[Row, ...], Field(min_length=8, max_length=60)]
    rules: Annotated[str, AfterValidator(_rules)] = "nhs"
    wanted: Wanted = Wanted.NEUTRAL
    target: Number | None = None
    multiply: Annotated[float, Field(strict=True, gt=0, le=LARGEST)] = 1
    baseline: int | None = None
    rebase: Annotated[tuple[Moment, ...], Field(max_length=10)] = ()

    @property
    def has_denominators(self) -> bool:
        return any(row.of is not None for row in self.points)

    def kept(self) -> dict[str, Any]:
        """As JSON, from which `kept_measure` makes it again."""
        return self.model_dump(mode="json")


def kept_measure(kept: Mapping[str, Any]) -> Measure:
    return Measure.model_validate(kept)


def chart(measure: Measure, kind: ChartKind) -> Analysis:
    """The measure on a chart of this kind, without its denominators where that kind takes none. Raises ChartError."""
    if kind in NEEDS_DENOMINATOR and not measure.has_denominators:
        raise ChartError(f"A {NAMES[kind]} asks out of how many, and these figures do not say (`of`).", column="value")
    sizes = [row.of for row in measure.points] if measure.has_denominators and kind in TAKES_DENOMINATOR else None
    series = Series.of(measure.title, [row.at for row in measure.points], [row.value for row in measure.points], sizes)
    plan = Plan(
        kind, RULE_SETS[measure.rules], baseline=measure.baseline, rebase=measure.rebase, multiply=measure.multiply,
        target=measure.target, wanted=measure.wanted,
    )  # fmt: skip
    return analyse(series, plan)


def fault_of(measure: Measure, kind: ChartKind) -> tuple[str, str] | None:
    """Why no such chart can be drawn: the dotted path of the field that is to blame, and what is wrong with it."""
    try:
        analysis = chart(measure, kind)
    except ChartError as error:
        return _blamed(measure, error), str(error)
    empty = all(point.y is None for point in analysis.points)
    return ("measure.points", "no point has a value") if empty else None


def _blamed(measure: Measure, error: ChartError) -> str:
    found = [n for n, row in enumerate(measure.points) if row.at == error.x and type(row.at) is type(error.x)]
    if not found:
        return "measure"
    column = MISTAKEN.get(error.column or "")
    return f"measure.points.{found[-1]}" + (f".{column}" if column else "")
