"""Draw a run chart: place each point of a given series and the median line; marked on position.

The form's fields are the answer. The picture beside them is drawn from them, on the server at the button and at once in
a browser that runs kind-plot.js, where points can also be placed in the picture itself.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.assessment.kinds.contract import ANSWER_FIELD, Answer, AnswerProblem, KindView, Posted, Shown
from app.assessment.kinds.numeric import plain_number
from app.assessment.kinds.places import last
from app.assessment.kinds.plot.content import in_figures, plot_content
from app.assessment.kinds.plot.marking import mark
from app.assessment.kinds.plot.picture import pictures

__all__ = ["in_words", "mark", "name", "page", "read", "split"]

name = "plot"

LONGEST = 20
MEDIAN = "median"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotRow:
    """A row of the table: when, how much, and the height at which the learner put the point."""

    field: str
    id: str
    label: str
    value: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotView(KindView):
    title: str
    unit: str
    rows: tuple[PlotRow, ...]
    median: str
    low: str
    high: str
    step: str
    signed: bool
    picture_html: str


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = plot_content(raw)
    axis = content.axis
    shown = {
        "title": content.title,
        "unit": content.unit,
        "axis": {"low": in_figures(axis.low), "high": in_figures(axis.high), "step": in_figures(axis.step)},
        "points": [
            {
                "at": point.at if isinstance(point.at, int) else point.at.isoformat(),
                "label": content.label(point),
                "value": in_figures(point.value),
            }
            for point in content.points
        ],
    }
    return shown, {"tolerance": str(content.tolerance), "feedback": content.feedback}


def page(shown: Shown, answer: Answer, seed: str) -> PlotView:  # noqa: ARG001  nothing is drawn by lot
    typed = answer or {"points": [""] * len(shown["points"]), "median": ""}
    axis = shown["axis"]
    return PlotView(
        title=shown["title"],
        unit=shown["unit"],
        rows=tuple(
            PlotRow(
                field=f"point-{place}",
                id=f"{ANSWER_FIELD}-{place}" if place else ANSWER_FIELD,
                label=point["label"],
                value=point["value"],
                typed=height,
            )
            for place, (point, height) in enumerate(zip(shown["points"], typed["points"], strict=True))
        ),
        median=typed["median"],
        low=axis["low"],
        high=axis["high"],
        step=axis["step"],
        signed=Decimal(axis["low"]) < 0,
        picture_html=pictures(shown, typed["points"], typed["median"]),
    )


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:  # noqa: ARG001  the same for every kind
    """Heights as text, empty where nothing is placed. The button `draw` changes nothing: what is saved is drawn."""
    fields = [f"point-{place}" for place in range(len(shown["points"]))]
    typed = {
        "points": [_typed(posted, field) for field in fields],
        "median": _typed(posted, MEDIAN),
    }
    labels = [*(point["label"] for point in shown["points"]), "Median line"]
    heights = [_height(shown, label, text, typed) for label, text in zip(labels, _all(typed), strict=True)]
    return {"points": heights[:-1], "median": heights[-1]} if any(heights) else None


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:
    unit = shown["unit"]
    pairs = list(zip((point["label"] for point in shown["points"]), answer["points"], strict=True))
    lines = [f"{label}: {height} {unit}" for label, height in pairs if height]
    missing = [label for label, height in pairs if not height]
    if missing:
        lines.append(f"Not placed yet: {', '.join(missing)}")
    lines.append(f"Median line: {answer['median']} {unit}" if answer["median"] else "Median line: not drawn yet")
    return tuple(lines)


def _typed(posted: Posted, field: str) -> str:
    return " ".join(last(posted, field)[: LONGEST * 2].split())[:LONGEST]


def _all(typed: dict[str, Any]) -> list[str]:
    return [*typed["points"], typed["median"]]


def _height(shown: Shown, label: str, text: str, typed: Answer) -> str:
    """A height on the axis, or nothing. Raises AnswerProblem with everything that was typed."""
    if not text:
        return ""
    axis, number = shown["axis"], plain_number(text)
    span = f"from {axis['low']} to {axis['high']}"
    if number is None:
        raise AnswerProblem(f"{label}: write the height in figures, {span}", typed)
    if not Decimal(axis["low"]) <= Decimal(number) <= Decimal(axis["high"]):
        raise AnswerProblem(f"{label} is put at {text}, off the grid: it goes {span}", typed)
    return number
