"""Likely outcomes as a fan: half of them in the dark band, nine of ten within the light one, the middle as a line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.charts.drawing.frame import LOOKS, WIDE, Frame, Look
from app.charts.drawing.marks import INK, MUTED, PAPER, TARGET
from app.charts.drawing.markup import breadth, data_table, element, fitted, points, text
from app.charts.drawing.picture import FONT
from app.charts.drawing.plot import grid, words
from app.charts.drawing.scales import Scale, moments, value_ticks
from app.charts.numbers import figure as shown
from app.charts.numbers import moment

NINE_OF_TEN, HALF, MIDDLE = "#cfe3f5", "#7db3de", "#005eb8"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A month's outcomes: of a hundred runs the 5th, 25th, 50th, 75th and 95th."""

    at: date
    low: float
    lower: float
    middle: float
    upper: float
    high: float

    @property
    def values(self) -> tuple[float, ...]:
        return self.low, self.lower, self.middle, self.upper, self.high


@dataclass(frozen=True, slots=True)
class Fan:
    """At least two months in their order. `percent`: the values are shares, from 0 to 1."""

    title: str
    outcomes: tuple[Outcome, ...]
    target: float | None = None
    percent: bool = False


def fan_figure(fan: Fan, prefix: str, said: str) -> str:
    """The fan in HTML: both pictures, its words, and its data."""
    return element(
        "figure",
        *(fan_svg(fan, prefix, said, look) for look in LOOKS),
        element("figcaption", element("p", text(said))),
        element("details", element("summary", "Data of this chart"), data_table(fan.title, *fan_rows(fan))),
        class_="chart",
        id=prefix,
    )


def fan_rows(fan: Fan) -> tuple[list[str], list[list[str]]]:
    """Heads and rows in words: each month with its five values."""
    heads = ["When", "5 of 100 below", "25 of 100 below", "Middle", "25 of 100 above", "5 of 100 above"]
    return heads, [[moment(one.at), *(shown(v, percent=fan.percent) for v in one.values)] for one in fan.outcomes]


def fan_svg(fan: Fan, prefix: str, said: str, look: Look = WIDE) -> str:
    """The fan as an SVG element."""
    large, y, drawn = look.type + 4, 4.0, []
    for line in fitted(fan.title, large, look.width - 4, bold=True):
        y += large * 1.25
        drawn.append(words((2, y), line, large, bold=True))
    frame = _frame(fan, look, y + look.line)
    key, height = _key(look, frame.bottom + look.line * 3.6)
    ids = f"{prefix}-{look.name}-title", f"{prefix}-{look.name}-desc"
    return element(
        "svg",
        element("title", text(fan.title), id=ids[0]),
        element("desc", text(f"Fan chart. {said}"), id=ids[1]),
        element("rect", width=look.width, height=height, fill=PAPER),
        *drawn,
        *_bands(fan, frame),
        *grid(frame, percent=fan.percent),
        *_target(fan, frame),
        *_line(fan, frame),
        *key,
        viewBox=f"0 0 {look.width:g} {height:.1f}",
        role="img",
        aria_labelledby=" ".join(ids),
        class_=f"chart-picture chart-{look.name}",
        font_family=FONT,
    )


def _frame(fan: Fan, look: Look, top: float) -> Frame:
    every = [value for one in fan.outcomes for value in one.values] + ([] if fan.target is None else [fan.target])
    low, high = min(every), max(every) or 1
    ticks = [t for t in value_ticks(0 if low < high / 2 else low, high, look.value_ticks) if not fan.percent or t <= 1]
    if len(ticks) == 1:
        ticks = [0.0, 1.0]
    days = [one.at for one in fan.outcomes]
    left = max(breadth(look.written(tick, percent=fan.percent), look.type) for tick in ticks) + 8
    end = look.width - look.mark * 3
    return Frame(
        look,
        top,
        left,
        end,
        Scale(days[0].toordinal(), days[-1].toordinal(), left, end),
        Scale(ticks[0], max(ticks[-1], min(high, 1.0) if fan.percent else high), top + look.plot_height, top),
        tuple(ticks),
        tuple(moments(days, look.moments)),
    )


def _bands(fan: Fan, frame: Frame) -> Iterator[str]:
    for colour, below, above in ((NINE_OF_TEN, 0, 4), (HALF, 1, 3)):
        up = [_at(frame, one, one.values[above]) for one in fan.outcomes]
        down = [_at(frame, one, one.values[below]) for one in reversed(fan.outcomes)]
        yield element("polygon", points=points(up + down), fill=colour)


def _line(fan: Fan, frame: Frame) -> Iterator[str]:
    """The middle, with today as a dot and edges, so that the bands are told apart without their colours."""
    for place, dashes in ((0, "3 3"), (4, "3 3"), (1, None), (3, None)):
        edge = [_at(frame, one, one.values[place]) for one in fan.outcomes]
        yield element(
            "polyline", points=points(edge), fill="none", stroke=MUTED, stroke_width=1, stroke_dasharray=dashes
        )
    middle = [_at(frame, one, one.middle) for one in fan.outcomes]
    yield element("polyline", points=points(middle), fill="none", stroke=MIDDLE, stroke_width=2.5)
    x, y = middle[0]
    yield element("circle", cx=x, cy=y, r=frame.look.mark, fill=INK)
    said = f"Today {frame.look.written(fan.outcomes[0].middle, percent=fan.percent)}"
    below = y + 1.8 * frame.look.type
    beside = below if below < frame.bottom - 3 else y - frame.look.type
    yield words((x + 4, beside), said, frame.look.type, bold=True)


def _target(fan: Fan, frame: Frame) -> Iterator[str]:
    if fan.target is None:
        return
    y = frame.up(fan.target)
    yield element(
        "line", x1=frame.left, x2=frame.end, y1=y, y2=y, stroke=TARGET, stroke_width=2, stroke_dasharray="2 3"
    )
    said = f"Target {frame.look.written(fan.target, percent=fan.percent)}"
    above = y - 5 if y - 5 - frame.look.type > frame.top else y + frame.look.type + 3
    yield words((frame.end - 4, above), said, frame.look.type, anchor="end", fill=TARGET, bold=True)


def _at(frame: Frame, one: Outcome, value: float) -> tuple[float, float]:
    return frame.across(one.at.toordinal()), frame.up(value)


def _key(look: Look, top: float) -> tuple[list[str], float]:
    """What the bands and the line mean, and the picture's whole height."""
    drawn: list[str] = []
    x, y = 4.0, top
    for colour, dashes, said in (
        (NINE_OF_TEN, "3 3", "9 of 10 runs end within"),
        (HALF, None, "half of them end within"),
        (MIDDLE, None, "the middle"),
    ):
        long = look.type * 2 + breadth(said, look.type) + 16
        if x + long > look.width and x > 4.0:  # noqa: PLR2004  the margin
            x, y = 4.0, y + look.line * 1.2
        high = 3.0 if colour == MIDDLE else look.type
        drawn.append(
            element(
                "rect", x=x, y=y - look.type * 0.35 - high / 2, width=look.type * 1.6, height=high, fill=colour,
                stroke=None if colour == MIDDLE else MUTED, stroke_dasharray=dashes,
            )
        )  # fmt: skip
        drawn.append(words((x + look.type * 2, y), said, look.type))
        x += long
    return drawn, y + look.type


def outcomes(days: Sequence[date], spreads: Sequence[tuple[float, ...]]) -> tuple[Outcome, ...]:
    """Days with their five values."""
    return tuple(Outcome(day, *values) for day, values in zip(days, spreads, strict=True))
