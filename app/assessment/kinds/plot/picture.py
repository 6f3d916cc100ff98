"""The grid with what has been placed on it so far, wide and narrow, in the looks of the chart engine.

Every mark is there from the start, hidden until it is placed, and stands at a `transform`: so kind-plot.js moves marks
and needs to know nothing about how they look.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from app.assessment.kinds.contract import Shown
from app.assessment.kinds.numeric import plain_number
from app.assessment.kinds.plot.content import in_figures
from app.charts.drawing.frame import LOOKS, Look
from app.charts.drawing.marks import GRID, INK, LIMIT, MUTED, PAPER
from app.charts.drawing.markup import breadth, element, text
from app.charts.drawing.picture import FONT
from app.charts.drawing.plot import words
from app.charts.drawing.scales import Scale, moment_lines

STRIP = 44
"""The width of the strip at the right in which the median line is held."""
TALLER = 1.25
MEDIAN = "#005eb8"


@dataclass(frozen=True, slots=True)
class Grid:
    """The places of one picture. `up` turns a value into a height; the strip begins at `end`."""

    look: Look
    left: float
    end: float
    top: float
    bottom: float
    up: Scale
    columns: tuple[float, ...]
    steps: tuple[Decimal, ...]

    @property
    def column(self) -> float:
        return (self.end - self.left) / len(self.columns)


def pictures(shown: Shown, heights: Sequence[str], median: str) -> str:
    """Both pictures, of which the charts' style sheet shows the one that fits. What is no height is not drawn."""
    points = [_on_axis(shown, height) for height in heights]
    line = _on_axis(shown, median)
    return element(
        "div", *(_picture(shown, _grid(shown, look), points, line) for look in LOOKS), class_="chart app-plot"
    )


def _on_axis(shown: Shown, typed: str) -> float | None:
    number = plain_number(typed)
    if number is None or not Decimal(shown["axis"]["low"]) <= Decimal(number) <= Decimal(shown["axis"]["high"]):
        return None
    return float(number)


def _grid(shown: Shown, look: Look) -> Grid:
    low, high, step = (Decimal(shown["axis"][key]) for key in ("low", "high", "step"))
    steps = tuple(low + step * number for number in range(int((high - low) / step) + 1))
    left = max(breadth(in_figures(number), look.type) for number in steps) + 10
    end = look.width - STRIP
    top = look.line * 1.6
    bottom = top + look.plot_height * TALLER
    wide = (end - left) / len(shown["points"])
    columns = tuple(left + wide * (place + 0.5) for place in range(len(shown["points"])))
    return Grid(look, left, end, top, bottom, Scale(float(low), float(high), bottom, top), columns, steps)


def _picture(shown: Shown, grid: Grid, points: Sequence[float | None], median: float | None) -> str:
    look = grid.look
    below, height = _below(shown, grid)
    ids = f"drawing-{look.name}-title", f"drawing-{look.name}-desc"
    placed = sum(point is not None for point in points)
    said = "no median line yet" if median is None else f"the median line at {median:g}"
    return element(
        "svg",
        element("title", text(f"{shown['title']}: what you have placed"), id=ids[0]),
        element("desc", text(f"{placed} of {len(points)} points placed, {said}."), id=ids[1]),
        element("rect", width=look.width, height=height, fill=PAPER),
        words((2, look.type), f"{shown['unit'][:1].upper()}{shown['unit'][1:]}", look.type, fill=MUTED),
        *_lines(grid),
        *below,
        element("path", d=_joined(grid, points), class_="app-plot__line", fill="none", stroke=MUTED, stroke_width=1.5),
        *_columns(shown, grid, points),
        _median(grid, median),
        viewBox=f"0 0 {look.width:g} {height:.1f}",
        role="img",
        aria_labelledby=" ".join(ids),
        class_=f"chart-picture chart-{look.name}",
        font_family=FONT,
        data_top=grid.top,
        data_bottom=grid.bottom,
    )


def _lines(grid: Grid) -> Iterator[str]:
    """A line at every step, a stronger one where a number stands."""
    look = grid.look
    apart = (grid.bottom - grid.top) / (len(grid.steps) - 1)
    every = next(every for every in (1, 2, 4, 5, 8, 10, 20) if every * apart >= look.line * 1.1)
    yield element(
        "rect", x=grid.end, y=grid.top, width=STRIP, height=grid.bottom - grid.top, fill="#eef4fa", stroke="none"
    )
    for x in grid.columns:
        yield element("line", x1=x, x2=x, y1=grid.top, y2=grid.bottom + 4, stroke=GRID, stroke_width=1)
    for number, value in enumerate(grid.steps):
        y = grid.up(float(value))
        told = number % every == 0
        yield element(
            "line", x1=grid.left, x2=grid.end, y1=y, y2=y, stroke=LIMIT if told else GRID, stroke_width=1,
            stroke_opacity=0.6 if told else None,
        )  # fmt: skip
        if told:
            yield words((grid.left - 6, y + look.type * 0.35), in_figures(value), look.type, anchor="end", fill=MUTED)
    yield element("line", x1=grid.left, x2=grid.left, y1=grid.top, y2=grid.bottom, stroke=MUTED, stroke_width=1)


def _below(shown: Shown, grid: Grid) -> tuple[list[str], float]:
    """When each column is, and in bold what to plot there, as far as there is room; and the picture's height."""
    look, drawn = grid.look, []
    ats = [at if isinstance(at, int) else date.fromisoformat(at) for at in (p["at"] for p in shown["points"])]
    named = [moment_lines(at, ats[place - 1] if place else None) for place, at in enumerate(ats)]
    widest = max(breadth(lines[0], look.type) for lines in named) + 3
    every = int(widest / grid.column) + 1
    for place in range(0, len(ats), every):
        for row, line in enumerate(moment_lines(ats[place], ats[place - every] if place else None), 1):
            at = (grid.columns[place], grid.bottom + 2 + row * look.line)
            drawn.append(words(at, line, look.type, anchor="middle", fill=MUTED))
    y = grid.bottom + 2 + look.line * max(len(lines) for lines in named)
    drawn.append(words((look.width - 2, grid.bottom + 2 + look.line), "Median", look.type, anchor="end", fill=MEDIAN))
    values = [point["value"] for point in shown["points"]]
    if max(breadth(value, look.type) for value in values) + 2 <= grid.column:
        y += look.line * 1.2
        drawn += [
            words((x, y), value, look.type, anchor="middle", bold=True)
            for x, value in zip(grid.columns, values, strict=True)
        ]
        y += look.line
        drawn.append(words((2, y), "In bold: the value to plot", look.type, fill=MUTED))
    return drawn, y + look.type * 0.6


def _joined(grid: Grid, points: Sequence[float | None]) -> str | None:
    """Neighbours that are both placed are joined."""
    path = []
    pairs = zip(grid.columns, points, strict=True)
    for known, run in groupby(pairs, key=lambda pair: pair[1] is not None):
        if known:
            path.append("M" + " L".join(f"{x:.1f} {grid.up(value or 0):.1f}" for x, value in run))
    return " ".join(path) or None


def _columns(shown: Shown, grid: Grid, points: Sequence[float | None]) -> Iterator[str]:
    look = grid.look
    for place, (x, value, point) in enumerate(zip(grid.columns, points, shown["points"], strict=True)):
        left = x - grid.column / 2
        dot = element(
            "g",
            element("circle", r=max(12, look.mark * 2.5), fill=PAPER, fill_opacity=0.01),
            element("circle", r=look.mark * 1.2, fill=INK),
            class_="app-plot__dot",
            transform=f"translate({x:.1f} {grid.up(value or 0) if value is not None else grid.bottom:.1f})",
            visibility=None if value is not None else "hidden",
        )
        yield element(
            "g",
            element(
                "rect", x=left, y=grid.top, width=grid.column, height=grid.bottom - grid.top, fill=PAPER,
                fill_opacity=0.01, class_="app-plot__hit",
            ),
            dot,
            class_="app-plot__column",
            data_field=f"point-{place}",
            data_label=point["label"],
        )  # fmt: skip


def _median(grid: Grid, median: float | None) -> str:
    look = grid.look
    handle = element(
        "g",
        element(
            "line", x1=grid.left, x2=grid.end, y1=0, y2=0, stroke=MEDIAN, stroke_width=2.5, stroke_dasharray="9 4"
        ),
        element("circle", cx=grid.end + STRIP / 2, cy=0, r=16, fill=PAPER, fill_opacity=0.01),
        element(
            "rect", x=grid.end + 6, y=-look.line / 2, width=STRIP - 12, height=look.line, rx=3, fill=PAPER,
            stroke=MEDIAN, stroke_width=2,
        ),
        element(
            "text", text("" if median is None else f"{median:g}"), x=grid.end + STRIP / 2, y=look.type * 0.36,
            font_size=look.type, text_anchor="middle", fill=MEDIAN, font_weight="bold",
        ),
        class_="app-plot__dot",
        transform=f"translate(0 {grid.up(median) if median is not None else grid.bottom:.1f})",
        visibility=None if median is not None else "hidden",
    )  # fmt: skip
    return element(
        "g",
        element(
            "rect", x=grid.end, y=grid.top, width=STRIP, height=grid.bottom - grid.top, fill=PAPER,
            fill_opacity=0.01, class_="app-plot__hit",
        ),
        handle,
        class_="app-plot__column",
        data_field="median",
        data_label="Median line",
    )  # fmt: skip
