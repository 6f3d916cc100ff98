"""A measure over time as a quiz file writes it, for the kinds of question that the chart engine reads and draws."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainSerializer, PlainValidator
from pydantic_core import PydanticCustomError

from app.assessment.kinds.content import Content
from app.charts import RULE_SETS, Analysis, ChartError, ChartKind, Plan, Point, Series, Wanted, analyse
from app.charts.drawing.picture import figure
from app.charts.kinds import NAMES, NEEDS_DENOMINATOR, TAKES_DENOMINATOR
from app.charts.numbers import figure as number
from app.charts.numbers import moment
from app.charts.series import X
from app.charts.summary import percent
from app.curriculum.kinds import QuestionProblem

LARGEST = 1e9
"""No ward counts further, and no picture has room for more digits."""
MISTAKEN = {"date": "at", "value": "value", "denominator": "of"}
"""The engine's columns by the names that they have in a quiz file."""


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


class Row(Content):
    """One point: its date or number, its value, and for a rate what the value is counted out of. null is a gap."""

    at: Moment
    value: Number | None
    of: Number | None = None


class Measure(Content):
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


def checked_chart(measure: Measure, kind: ChartKind) -> Analysis:
    """The same for whoever writes the question. Raises QuestionProblem at the point that is to blame."""
    try:
        analysis = chart(measure, kind)
    except ChartError as error:
        raise QuestionProblem(_blamed(measure, error), str(error)) from None
    if all(point.y is None for point in analysis.points):
        raise QuestionProblem("measure.points", "no point has a value")
    return analysis


def _blamed(measure: Measure, error: ChartError) -> str:
    found = [n for n, row in enumerate(measure.points) if row.at == error.x and type(row.at) is type(error.x)]
    if not found:
        return "measure"
    column = MISTAKEN.get(error.column or "")
    return f"measure.points.{found[-1]}" + (f".{column}" if column else "")


def drawn_figure(analysis: Analysis, shown: Mapping[str, Any], *, plain: bool = False, number: int = 1) -> str:
    """The engine's figure, with an id that no other question on a page has."""
    own = sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:10]
    return _drawn(analysis, f"chart-{own}-{number}", plain=plain)


@lru_cache(maxsize=64)
def _drawn(analysis: Analysis, chart_id: str, *, plain: bool) -> str:
    """A question's chart is the same for everybody who meets it."""
    return figure(analysis, chart_id, plain=plain)


def when_in_words(analysis: Analysis) -> list[str]:
    """Each point's month where there is a point for each month; else its day, also for a first of the month."""
    days = any(isinstance(point.x, date) and point.x.day > 1 for point in analysis.points)
    return [
        f"{point.x.day} {point.x:%B %Y}" if days and isinstance(point.x, date) else moment(point.x)
        for point in analysis.points
    ]


def value_in_words(analysis: Analysis, point: Point) -> str:
    return "no value" if point.y is None else number(point.y, percent=percent(analysis))


def points_in_words(analysis: Analysis, places: Iterable[int]) -> list[str]:
    """March 2024 (14): points by their places, from 1."""
    when = when_in_words(analysis)
    return [f"{when[place - 1]} ({value_in_words(analysis, analysis.points[place - 1])})" for place in places]
