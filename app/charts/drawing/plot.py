"""The plot itself: grid, lines of each phase, the target, the points, and what is written straight on to it."""

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

from app.charts.analysis import Analysis, Phase, Point
from app.charts.drawing.frame import CROWDED, Frame, sayings
from app.charts.drawing.marks import GRID, INK, LIMIT, MUTED, PAPER, TARGET, mark
from app.charts.drawing.markup import element, points, text
from app.charts.drawing.scales import moment_lines, ordinal


def words(
    at: tuple[float, float], said: str, size: float, *, anchor: str = "start", fill: str = INK, bold: bool = False
) -> str:
    """A line of text with a white rim, so that it can be read over lines."""
    return element(
        "text", text(said), x=at[0], y=at[1], font_size=size, text_anchor=anchor, fill=fill,
        font_weight="bold" if bold else None,
        paint_order="stroke", stroke=PAPER, stroke_width=3, stroke_linejoin="round",
    )  # fmt: skip


def grid(frame: Frame, *, percent: bool) -> Iterator[str]:
    """Muted lines across at round values, and dates below."""
    look = frame.look
    for tick in frame.ticks:
        y = frame.up(tick)
        yield element("line", x1=frame.left, x2=frame.end, y1=y, y2=y, stroke=GRID, stroke_width=1)
        at = (frame.left - 6, y + look.type * 0.35)
        yield words(at, look.written(tick, percent=percent), look.type, anchor="end", fill=MUTED)
    before = None
    for x in frame.moments:
        across = frame.across(ordinal(x))
        yield element("line", x1=across, x2=across, y1=frame.bottom, y2=frame.bottom + 4, stroke=MUTED, stroke_width=1)
        for row, line in enumerate(moment_lines(x, before), 1):
            at = (across, frame.bottom + 4 + row * look.line)
            yield words(at, line, look.type, anchor="middle", fill=MUTED)
        before = x


def phase_lines(frame: Frame, analysis: Analysis) -> Iterator[str]:
    """Limits dashed, centre solid, a dotted upright where a phase begins."""
    for phase in analysis.phases:
        own = analysis.points[phase.first : phase.end]
        yield from _stepped(frame, own, lambda p: p.lower, {"stroke": LIMIT, "stroke_dasharray": "5 4"})
        yield from _stepped(frame, own, lambda p: p.upper, {"stroke": LIMIT, "stroke_dasharray": "5 4"})
        dashes = "10 4" if phase.signal else None
        yield from _stepped(frame, own, lambda p: p.centre, {"stroke": MUTED, "stroke_dasharray": dashes})
        if phase.first:
            x = _between(frame, analysis, phase)
            yield element(
                "line", x1=x, x2=x, y1=frame.top, y2=frame.bottom, stroke=MUTED, stroke_width=1, stroke_dasharray="1 3"
            )


def _between(frame: Frame, analysis: Analysis, phase: Phase) -> float:
    before, after = analysis.points[phase.first - 1], analysis.points[phase.first]
    return (frame.across(ordinal(before.x)) + frame.across(ordinal(after.x))) / 2


def _stepped(
    frame: Frame, own: tuple[Point, ...], value: Callable[[Point], float | None], looks: dict[str, str | None]
) -> Iterator[str]:
    """A line that steps half-way between points where it changes, and stops where it is not known."""
    xs = [frame.across(ordinal(point.x)) for point in own]
    edges = [xs[0] - frame.look.mark * 2, *((a + b) / 2 for a, b in pairwise(xs))]
    edges.append(xs[-1] + frame.look.mark * 2)
    heights = [value(point) for point in own]
    for known, places in groupby(range(len(own)), key=lambda place: heights[place] is not None):
        if known:
            corners = [
                (edge, frame.up(heights[place] or 0)) for place in places for edge in (edges[place], edges[place + 1])
            ]
            thin = [pair for number, pair in enumerate(corners) if not _straight(corners, number)]
            yield element("polyline", points=points(thin), fill="none", stroke_width=1.5, **looks)


def _straight(corners: list[tuple[float, float]], number: int) -> bool:
    return 0 < number < len(corners) - 1 and corners[number - 1][1] == corners[number][1] == corners[number + 1][1]


def target_line(frame: Frame, analysis: Analysis) -> Iterator[str]:
    target = analysis.plan.target
    if target is not None:
        y = frame.up(target)
        dots = "2 3"
        yield element(
            "line", x1=frame.left, x2=frame.end, y1=y, y2=y, stroke=TARGET, stroke_width=2, stroke_dasharray=dots
        )


def data(frame: Frame, analysis: Analysis, *, numbered: bool = False) -> Iterator[str]:
    """The values, joined but for gaps and new phases, each with its mark, and the last called out.

    A numbered mark carries its place in the series, from 1, so that a page may let people choose it.
    """
    shown = [point for point in analysis.points if point.y is not None]
    size = frame.look.mark * (0.7 if len(shown) > CROWDED else 1)
    for (_, known), group in groupby(analysis.points, key=lambda point: (point.phase, point.y is not None)):
        if known:
            line = [frame.place(point, point.y or 0) for point in group]
            yield element("polyline", points=points(line), fill="none", stroke=MUTED, stroke_width=1.2)
    left_out = {analysis.points[position - 1].x for position in analysis.plan.exclude}
    for place, point in enumerate(analysis.points, 1):
        if point.y is not None:
            x, y = frame.place(point, point.y)
            yield mark(
                x, y, size, point.label, analysis.plan.wanted,
                left_out=point.x in left_out, place=place if numbered else None,
            )  # fmt: skip
    if shown:
        x, y = frame.place(shown[-1], shown[-1].y or 0)
        yield element("circle", cx=x, cy=y, r=size * 2.4, fill="none", stroke=INK, stroke_width=1.5)


def margin(frame: Frame, analysis: Analysis) -> Iterator[str]:
    """At the right, each line's name and value; moved apart where they would meet."""
    look = frame.look
    ordered = sorted(sayings(analysis, look), key=lambda one: frame.up(one.value))
    heights = _apart([frame.up(one.value) for one in ordered], look.line, frame.top, frame.bottom)
    for one, y in zip(ordered, heights, strict=True):
        yield words((frame.end + 6, y + look.type * 0.35), one.words, look.type, fill=one.fill, bold=one.bold)


def _apart(wanted: list[float], gap: float, top: float, bottom: float) -> list[float]:
    """Each at its height or a little below the one above it, and all within the plot."""
    heights: list[float] = []
    for y in wanted:
        heights.append(max(y, heights[-1] + gap if heights else top))
    ceiling = bottom
    for number in reversed(range(len(heights))):
        heights[number] = min(heights[number], ceiling)
        ceiling = heights[number] - gap
    return heights
