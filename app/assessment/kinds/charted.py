"""A measure over time as a quiz file writes it, for the kinds of question that the chart engine reads and draws."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from app.charts import Analysis, ChartKind, Point
from app.charts.drawing.picture import figure
from app.charts.numbers import figure as number
from app.charts.numbers import moment
from app.charts.summary import percent
from app.curriculum.format.measure import Measure, chart, fault_of
from app.curriculum.kinds import QuestionProblem


def checked_chart(measure: Measure, kind: ChartKind) -> Analysis:
    """The measure's chart, for whoever writes the question. Raises QuestionProblem at the point that is to blame."""
    if fault := fault_of(measure, kind):
        raise QuestionProblem(*fault)
    return chart(measure, kind)


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
