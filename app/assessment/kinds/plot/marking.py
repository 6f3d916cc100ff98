"""Marking on position. The median weighs a quarter of the credit, the points share the other three."""

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256

from app.assessment.kinds.contract import Answer, Marked, Marking, Part, Shown, Verdict
from app.assessment.kinds.plot.truth import analysis_of, median_of
from app.charts.drawing.picture import figure
from app.charts.numbers import figure as figures

MEDIAN_WEIGHS = 0.25


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    """Each point and the median within the tolerance is right. Points in their place are told together."""
    points = shown["points"]
    values = [Decimal(point["value"]) for point in points]
    near = Decimal(marking["tolerance"]) * Decimal(shown["axis"]["step"])
    heights = answer["points"] if answer else [""] * len(points)
    median, drawn = median_of(values), answer["median"] if answer else ""
    right = [bool(put) and abs(Decimal(put) - value) <= near for put, value in zip(heights, values, strict=True)]
    median_right = bool(drawn) and abs(Decimal(drawn) - median) <= near
    return Marked(
        right=all(right) and median_right,
        parts=(
            *_points(shown, heights, values, right),
            _median(shown, drawn, values, median, right=median_right),
        ),
        why=marking["feedback"],
        credit=sum(right) / len(right) * (1 - MEDIAN_WEIGHS) + median_right * MEDIAN_WEIGHS,
        figure_html=figure(analysis_of(shown), _prefix(shown), title=shown["title"]),
    )


def _points(shown: Shown, heights: Sequence[str], values: Sequence[Decimal], right: Sequence[bool]) -> list[Part]:
    count, whole, unit = sum(right), len(right), shown["unit"]
    parts = []
    if count:
        text = f"{count} of {whole} points"
        parts.append(Part(text=text, said="Where they belong: right", verdict=Verdict.RIGHT, why=""))
    for point, put, value, good in zip(shown["points"], heights, values, right, strict=True):
        if put and not good:
            off = Decimal(put) - value
            said = f"You put it at {put}: {figures(float(abs(off)))} too {'high' if off > 0 else 'low'}"
            parts.append(
                Part(text=f"{point['label']}: {point['value']} {unit}", said=said, verdict=Verdict.WRONG, why="")
            )
    missing = [point["label"] for point, put in zip(shown["points"], heights, strict=True) if not put]
    if missing:
        text = f"All {whole} points" if len(missing) == whole else ", ".join(missing)
        parts.append(Part(text=text, said="Not placed", verdict=Verdict.MISSED, why=""))
    return parts


def _median(shown: Shown, drawn: str, values: Sequence[Decimal], median: Decimal, *, right: bool) -> Part:
    text = f"Median line: {figures(float(median))} {shown['unit']}"
    how = _how(values, median)
    if right:
        return Part(text=text, said=f"You drew it at {drawn}: right", verdict=Verdict.RIGHT, why=how)
    if not drawn:
        return Part(text=text, said="Not drawn", verdict=Verdict.MISSED, why=how)
    mean = sum(values, Decimal(0)) / len(values)
    step = Decimal(shown["axis"]["step"])
    if abs(Decimal(drawn) - mean) <= step / 2:
        how = f"{drawn} is about the mean, which one extreme value can pull up or down. {how}"
    return Part(text=text, said=f"You drew it at {drawn}: not right", verdict=Verdict.WRONG, why=how)


def _how(values: Sequence[Decimal], median: Decimal) -> str:
    """How the median is found, on the learner's own series."""
    ordered = sorted(values)
    row = ", ".join(figures(float(value)) for value in ordered)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return f"In order of size: {row}. The one in the middle, number {middle + 1}, is {figures(float(median))}."
    low, high = (figures(float(value)) for value in ordered[middle - 1 : middle + 1])
    between = (
        f"both {low}" if low == high else f"{low} and {high}, and half-way between them is {figures(float(median))}"
    )
    return f"In order of size: {row}. The two in the middle, numbers {middle} and {middle + 1}, are {between}."


def _prefix(shown: Shown) -> str:
    """Another id for each chart of a page."""
    return "plot-" + sha256(f"{shown['title']}{shown['points']}".encode()).hexdigest()[:8]
