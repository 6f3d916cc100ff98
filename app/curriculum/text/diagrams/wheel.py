"""The wheel of plan, do, study and act."""

from math import cos, pi, sin

from app.curriculum.text.diagrams.sheet import ACT, INK, PAPER, Point, Sheet, Words

QUARTERS = (("Plan", "predict"), ("Do", "try it"), ("Study", "compare"), ("Act", "decide"))
"""Clockwise from the top right."""
GAP = 0.03
"""Between quarters, in turns of pi."""


def wheel(sheet: Sheet, centre: Point, radius: float) -> None:
    """With the names where there is room for them, and otherwise with their first letters."""
    x, y = centre
    for number, (name, does) in enumerate(QUARTERS):
        middle = pi * (number / 2 - 0.25)
        _quarter(sheet, centre, radius, middle)
        at = (x + radius * 0.55 * cos(middle), y + radius * 0.55 * sin(middle))
        if radius < ROOM_FOR_NAMES:
            _say(sheet, Words((name[0],), 14, bold=True), at, 0)
        else:
            _say(sheet, Words((name,), 21, bold=True), at, -10)
            _say(sheet, Words((does,), 15), at, 12)


ROOM_FOR_NAMES = 90


def _say(sheet: Sheet, words: Words, at: Point, down: float) -> None:
    sheet.write(words, (at[0], at[1] - words.height / 2 + down), anchor="middle", fill=PAPER)


def _quarter(sheet: Sheet, centre: Point, radius: float, middle: float) -> None:
    x, y = centre
    start, end = middle - pi / 4, middle + pi / 4
    # Moved out along its own middle, so that the gaps between quarters are the same everywhere.
    away = radius * GAP
    x, y = x + away * cos(middle), y + away * sin(middle)
    inner = radius - away
    first = f"{x + inner * cos(start):.1f} {y + inner * sin(start):.1f}"
    last = f"{x + inner * cos(end):.1f} {y + inner * sin(end):.1f}"
    sheet.add("path", d=f"M{x:.1f} {y:.1f} L{first} A{inner:.1f} {inner:.1f} 0 0 1 {last} Z", fill=ACT)


def turning(sheet: Sheet, centre: Point, radius: float) -> None:
    """Four arrows around the wheel, clockwise, each from one quarter to the next."""
    x, y = centre
    for number in range(4):
        start, end = pi * (number / 2 - 0.09), pi * (number / 2 + 0.09)
        first = f"{x + radius * cos(start):.1f} {y + radius * sin(start):.1f}"
        tip = (x + radius * cos(end), y + radius * sin(end))
        sheet.add(
            "path", d=f"M{first} A{radius:.1f} {radius:.1f} 0 0 1 {tip[0]:.1f} {tip[1]:.1f}",
            fill="none", stroke=INK, stroke_width=3,
        )  # fmt: skip
        sheet.head((tip[0] + 6 * cos(end + pi / 2), tip[1] + 6 * sin(end + pi / 2)), end + pi / 2, fill=INK, size=11)
