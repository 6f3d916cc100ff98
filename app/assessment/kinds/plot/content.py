"""What a quiz file says of a chart to be drawn, and the checks that it can be drawn on its grid."""

from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from app.assessment.kinds.content import Content, Words, checked
from app.assessment.kinds.plot.truth import median_of
from app.charts.numbers import moment
from app.curriculum.kinds import QuestionProblem

FEWEST_STEPS, MOST_STEPS = 4, 60
MOST_NUMBER = 9999


def _at(value: Any) -> date | int:
    """A date, or a whole number from 0: what the chart engine takes. YAML has read both already."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_NUMBER:
        return value
    raise PydanticCustomError("at", "must be a date such as 2025-03-01, or a whole number such as 3")


Figure = Annotated[Decimal, Field(max_digits=12, decimal_places=4)]


class Point(Content):
    at: Annotated[Any, BeforeValidator(_at)]
    value: Figure


class Axis(Content):
    low: Figure
    high: Figure
    step: Annotated[Figure, Field(gt=0)]


class PlotContent(Content):
    title: Annotated[str, Field(min_length=1, max_length=120)]
    unit: Annotated[str, Field(min_length=1, max_length=40)]
    each: Annotated[str, Field(min_length=1, max_length=20)] = "Point"
    axis: Axis
    tolerance: Annotated[Decimal, Field(ge=0, le=3)] = Decimal("0.5")
    points: Annotated[tuple[Point, ...], Field(min_length=10, max_length=16)]
    feedback: Words

    def label(self, point: Point) -> str:
        return f"{self.each} {point.at}" if isinstance(point.at, int) else moment(point.at)


def in_figures(number: Decimal) -> str:
    """12, not 12.0 or 1.2E+1."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plot_content(raw: dict[str, Any]) -> PlotContent:
    """Raises QuestionProblem for what is missing or wrong, and for a chart that nobody could draw rightly."""
    content = checked(PlotContent, raw)
    _check_moments(content)
    axis = content.axis
    steps = (axis.high - axis.low) / axis.step
    if steps != int(steps) or not FEWEST_STEPS <= steps <= MOST_STEPS:
        message = f"from low to high must be {FEWEST_STEPS} to {MOST_STEPS} whole steps: it is {steps:g}"
        raise QuestionProblem("axis.step", message)
    for place, point in enumerate(content.points):
        if not axis.low <= point.value <= axis.high:
            raise QuestionProblem(f"points.{place}.value", f"{point.value} is not on the axis")
        _check_reached(content, point.value, f"points.{place}.value")
    _check_reached(content, median_of([point.value for point in content.points]), "tolerance")
    return content


def _check_moments(content: PlotContent) -> None:
    for place, (before, after) in enumerate(pairwise(content.points), 1):
        if type(before.at) is not type(after.at):
            raise QuestionProblem(f"points.{place}.at", "dates and numbers are mixed: use one of the two")
        if before.at >= after.at:
            raise QuestionProblem(f"points.{place}.at", f"{after.at} is not after {before.at}: put them in order")


def _check_reached(content: PlotContent, value: Decimal, field: str) -> None:
    """Whoever places points by steps has to be able to come near enough."""
    axis = content.axis
    off = (value - axis.low) % axis.step
    if min(off, axis.step - off) > content.tolerance * axis.step:
        message = f"no step of the grid comes near enough to {value}: make steps smaller or the tolerance larger"
        raise QuestionProblem(field, message)
