"""Where things go in a picture: sizes in units of its view box, in which a wide one is 720 and a narrow one 300."""

from dataclasses import dataclass

from app.charts.analysis import Analysis, Point
from app.charts.drawing.marks import INK, MUTED, TARGET
from app.charts.drawing.markup import breadth
from app.charts.drawing.scales import Scale, moments, ordinal, value_ticks
from app.charts.numbers import compact, figure
from app.charts.series import X
from app.charts.summary import centre_name, percent


@dataclass(frozen=True, slots=True)
class Look:
    """One of two widths. `type` is the size of text; at 320 pixels a narrow picture shows it at 11 or more."""

    name: str
    width: float
    plot_height: float
    type: float
    mark: float
    value_ticks: int
    moments: int

    @property
    def line(self) -> float:
        return self.type * 1.3

    def written(self, value: float, *, percent: bool) -> str:
        """A value as there is room for it: 1,234,567, or 1.23m in a narrow picture."""
        return figure(value, percent=percent) if self.name == "wide" else compact(value, percent=percent)


WIDE = Look("wide", 720, 270, 13, 4.2, 6, 8)
NARROW = Look("narrow", 300, 210, 12, 3.4, 5, 4)
LOOKS = (WIDE, NARROW)
PRINT = Look("print", 260, 84, 11, 2.6, 4, 4)
"""Three beside each other on A4."""
CROWDED = 60
"""Points: more of them are drawn smaller."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot of one picture: from `left` to `end`, and from `top`, under the headings, to `bottom`."""

    look: Look
    top: float
    left: float
    end: float
    across: Scale
    up: Scale
    ticks: tuple[float, ...]
    moments: tuple[X, ...]

    @property
    def bottom(self) -> float:
        return self.top + self.look.plot_height

    def place(self, point: Point, y: float) -> tuple[float, float]:
        return self.across(ordinal(point.x)), self.up(y)


def frame(analysis: Analysis, look: Look, top: float) -> Frame:
    """A plot that holds every point, line and target, with room at both sides for what is written there."""
    xs = [point.x for point in analysis.points]
    low, high = _range(analysis)
    ticks = value_ticks(low, high, look.value_ticks)
    first, last = ordinal(xs[0]), ordinal(xs[-1])
    if first == last:
        first, last = first - 1, last + 1
    inset = look.mark * 2
    left = max(breadth(look.written(tick, percent=percent(analysis)), look.type) for tick in ticks) + 8
    right = max((breadth(said.words, look.type, bold=said.bold) for said in sayings(analysis, look)), default=0) + 8
    return Frame(
        look,
        top,
        left,
        look.width - right,
        Scale(first, last, left + inset, look.width - right - inset),
        Scale(ticks[0], ticks[-1], top + look.plot_height, top),
        tuple(ticks),
        tuple(moments(xs, look.moments)),
    )


@dataclass(frozen=True, slots=True)
class Saying:
    """A line of the right margin: beside which value, what, and how."""

    value: float
    words: str
    fill: str
    bold: bool = False


def sayings(analysis: Analysis, look: Look) -> list[Saying]:
    """The last value in bold, and each line by its name and value."""
    last = analysis.last
    upper, lower = ("Upper limit", "Lower limit") if look.name == "wide" else ("Upper", "Lower")
    lines = [
        (last.upper, upper, MUTED, False),
        (last.centre, centre_name(analysis).capitalize(), MUTED, False),
        (last.lower, lower, MUTED, False),
        (analysis.plan.target, "Target", TARGET, False),
        (last.y, "Last", INK, True),
    ]
    pct = percent(analysis)
    return [
        Saying(value, f"{name} {look.written(value, percent=pct)}", fill, bold)
        for value, name, fill, bold in lines
        if value is not None
    ]


def _range(analysis: Analysis) -> tuple[float, float]:
    drawn = [analysis.plan.target] if analysis.plan.target is not None else []
    for point in analysis.points:
        drawn += [value for value in (point.y, point.centre, point.lower, point.upper) if value is not None]
    low, high = min(drawn, default=0), max(drawn, default=1)
    # A scale that nearly reaches zero goes there, so that heights can be compared.
    return (0 if 0 < low < (high - low) / 2 else low), high
