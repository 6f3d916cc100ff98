"""What is written into the plot: signals where they begin, phases, and numbered annotations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.charts.analysis import Analysis, Point
from app.charts.drawing.frame import Frame
from app.charts.drawing.marks import INK, MUTED, PAPER
from app.charts.drawing.markup import breadth, element, text
from app.charts.drawing.plot import words
from app.charts.drawing.scales import ordinal
from app.charts.numbers import figure
from app.charts.series import X
from app.charts.signals import HIGH, Label
from app.charts.summary import centre_name, percent

SHORT = {
    Label.ABOVE: "Above limit",
    Label.BELOW: "Below limit",
    Label.TREND_UP: "Trend",
    Label.TREND_DOWN: "Trend",
    Label.NEAR_UPPER: "Near limit",
    Label.NEAR_LOWER: "Near limit",
    Label.SHIFT_HIGH: "Shift",
    Label.SHIFT_LOW: "Shift",
}
ORDER = list(SHORT)
"""The label's precedence: limits, trend, near, shift."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something that happened at a date of the series: a change tested, a new form."""

    x: X
    words: str


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def notes(frame: Frame, analysis: Analysis, annotations: Sequence[Annotation]) -> Iterator[str]:
    """Annotations first, then phases, then signals; a note that would cover a mark or another note is left out.

    Nothing is lost: the summary and the table name every signal and phase.
    """
    taken: list[Box] = []
    size = frame.look.mark * 1.6
    for point in analysis.points:
        if point.y is not None:
            x, y = frame.place(point, point.y)
            taken.append(Box(x - size, y - size, x + size, y + size))
    yield from _flags(frame, annotations, taken)
    yield from _phases(frame, analysis, taken)
    yield from _signals(frame, analysis, taken)


def _flags(frame: Frame, annotations: Sequence[Annotation], taken: list[Box]) -> Iterator[str]:
    size = frame.look.type * 0.75
    flags: list[Box] = []
    for number, note in enumerate(annotations, 1):
        x, y = _free_flag(frame, note, size, flags)
        yield element("line", x1=x, x2=x, y1=y, y2=frame.bottom, stroke=INK, stroke_width=1, stroke_opacity=0.35)
        yield element("circle", cx=x, cy=y, r=size, fill=INK)
        yield element(
            "text", text(number), x=x, y=y + size * 0.45, font_size=frame.look.type, text_anchor="middle", fill=PAPER
        )
        flags.append(Box(x - size, y - size, x + size, y + size))
    taken += flags


def _free_flag(frame: Frame, note: Annotation, size: float, flags: Sequence[Box]) -> tuple[float, float]:
    """At the top, or as far down as keeps it clear of the flags before it."""
    x, y = frame.across(ordinal(note.x)), frame.top + size
    while any(Box(x - size, y - size, x + size, y + size).meets(flag) for flag in flags):
        y += size * 2.1
    return x, y


def _phases(frame: Frame, analysis: Analysis, taken: list[Box]) -> Iterator[str]:
    """The centre of each phase but the last, whose own stands in the margin: by its line, or else at the top."""
    size = frame.look.type
    for phase in analysis.phases[:-1]:
        if phase.centre is not None:
            y = frame.up(phase.centre)
            said = f"{centre_name(analysis).capitalize()} {figure(phase.centre, percent=percent(analysis))}"
            starts = [frame.across(ordinal(point.x)) for point in analysis.points[phase.first : phase.end]]
            tries = [(x, height) for height in (y - 5, y + size + 3, frame.top + size + 2) for x in starts]
            yield from next(filter(None, (list(_first_free(frame, said, x, [up], taken)) for x, up in tries)), [])


def _signals(frame: Frame, analysis: Analysis, taken: list[Box]) -> Iterator[str]:
    """Each pattern by name and length, the most pressing first."""
    for phase in analysis.phases:
        for pattern in sorted(phase.patterns, key=lambda one: ORDER.index(one.label)):
            own = [analysis.points[phase.first + place] for place in pattern.places]
            said = SHORT[pattern.label] if len(own) == 1 else f"{SHORT[pattern.label]}, {len(own)} points"
            ys = [frame.place(point, point.y or 0)[1] for point in own]
            clear = frame.look.mark * 2 + 3
            above, below = min(ys) - clear, max(ys) + clear + frame.look.type * 0.8
            tries = [above, below] if pattern.label in HIGH else [below, above]
            yield from _first_free(frame, said, _middle(frame, own, said), tries, taken)


def _middle(frame: Frame, own: Sequence[Point], said: str) -> float:
    centre = (frame.across(ordinal(own[0].x)) + frame.across(ordinal(own[-1].x))) / 2
    return centre - breadth(said, frame.look.type) / 2


def _first_free(frame: Frame, said: str, x: float, heights: Sequence[float], taken: list[Box]) -> Iterator[str]:
    """Write at the first height where there is room, if there is one; kept within the plot at left and right."""
    size = frame.look.type
    long = breadth(said, size, bold=True)
    x = max(frame.left + 3, min(x, frame.end - long - 3))
    for y in heights:
        box = Box(x, y - size, x + long, y + 2)
        inside = box.top >= frame.top and box.bottom <= frame.bottom
        if inside and not any(box.meets(other) for other in taken):
            taken.append(box)
            yield words((x, y), said, size, fill=MUTED, bold=True)
            return
