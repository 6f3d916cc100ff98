"""Shares of several groups as dots, one below the other, each with the limits within which it is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.charts.drawing.frame import LOOKS, WIDE, Look
from app.charts.drawing.marks import GRID, INK, MUTED, PAPER
from app.charts.drawing.markup import data_table, element, fitted, text
from app.charts.drawing.picture import FONT
from app.charts.drawing.plot import words
from app.charts.drawing.scales import Scale, value_ticks
from app.charts.numbers import figure as shown

DOT, BAR = "#005eb8", "#7db3de"
LABELS = 0.4
"""Of a wide picture's width that the names take; in a narrow one they stand above."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A group's share and its limits, from 0 to 1, and its people: 12 of 40. `hollow`: several groups as one."""

    name: str
    low: float
    share: float
    high: float
    said: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Dots:
    """`whole` is the share of all of them together."""

    title: str
    dots: tuple[Dot, ...]
    whole: float


def dots_figure(chart: Dots, prefix: str, said: str) -> str:
    """The dots in HTML: both pictures, their words, and their data."""
    return element(
        "figure",
        *(dots_svg(chart, prefix, said, look) for look in LOOKS),
        element("figcaption", element("p", text(said))),
        element("details", element("summary", "Data of this chart"), data_table(chart.title, *dots_rows(chart))),
        class_="chart",
        id=prefix,
    )


def dots_rows(chart: Dots) -> tuple[list[str], list[list[str]]]:
    """Heads and rows in words."""
    rows = [
        [one.name, one.said, *(shown(v, percent=True) for v in (one.share, one.low, one.high))] for one in chart.dots
    ]
    return ["Group", "People", "Share", "Lower limit", "Upper limit"], rows


def dots_svg(chart: Dots, prefix: str, said: str, look: Look = WIDE) -> str:
    """The dots as an SVG element."""
    large, y, drawn = look.type + 4, 4.0, []
    for line in fitted(chart.title, large, look.width - 4, bold=True):
        y += large * 1.25
        drawn.append(words((2, y), line, large, bold=True))
    top = y + look.line
    ticks = [t for t in value_ticks(0, max(one.high for one in chart.dots) or 1, look.value_ticks) if t <= 1]
    left = look.width * LABELS if look.name == "wide" else 6
    across = Scale(0, max(ticks[-1], *(one.high for one in chart.dots)), left, look.width - look.type * 2)
    rows, bottom = [], top
    for one in chart.dots:
        made, bottom = _row(one, look, bottom, across)
        rows += made
    height = bottom + look.line * 3.2
    ids = f"{prefix}-{look.name}-title", f"{prefix}-{look.name}-desc"
    return element(
        "svg",
        element("title", text(chart.title), id=ids[0]),
        element("desc", text(f"Dot plot. {said}"), id=ids[1]),
        element("rect", width=look.width, height=height, fill=PAPER),
        *drawn,
        *_grid(chart, look, ticks, across, (top, bottom)),
        *rows,
        viewBox=f"0 0 {look.width:g} {height:.1f}",
        role="img",
        aria_labelledby=" ".join(ids),
        class_=f"chart-picture chart-{look.name}",
        font_family=FONT,
    )


def _grid(chart: Dots, look: Look, ticks: Sequence[float], across: Scale, span: tuple[float, float]) -> Iterator[str]:
    top, bottom = span
    for tick in ticks:
        x = across(tick)
        yield element("line", x1=x, x2=x, y1=top, y2=bottom, stroke=GRID, stroke_width=1)
        at = (x, bottom + look.line)
        yield words(at, look.written(tick, percent=True), look.type, anchor="middle", fill=MUTED)
    x = across(chart.whole)
    yield element("line", x1=x, x2=x, y1=top, y2=bottom, stroke=INK, stroke_width=1.5, stroke_dasharray="2 3")
    said = f"All together {look.written(chart.whole, percent=True)}"
    yield words((max(x, across.start + 60), bottom + look.line * 2.2), said, look.type, anchor="middle", bold=True)


def _row(one: Dot, look: Look, top: float, across: Scale) -> tuple[list[str], float]:
    """A group's name and count, its limits as a bar and its share as a dot; and where the next row begins."""
    said = f"{one.name}: {one.said}"
    wide = look.name == "wide"
    lines = fitted(said, look.type, across.start - 14 if wide else look.width - 8)
    drawn = [words((2, top + look.line * number), line, look.type, fill=INK) for number, line in enumerate(lines, 1)]
    height = look.line * len(lines) + look.type
    y = top + height / 2 if wide else top + height + look.mark
    drawn += [
        element("line", x1=across(one.low), x2=across(one.high), y1=y, y2=y, stroke=BAR, stroke_width=look.mark * 1.6),
        element(
            "circle", cx=across(one.share), cy=y, r=look.mark * 1.4, fill=PAPER if one.hollow else DOT,
            stroke=DOT, stroke_width=1.5,
        ),
    ]  # fmt: skip
    return drawn, top + height + (0 if wide else look.mark * 3)
