"""Levels as the steps of a pyramid, the first at the bottom; what goes with every step stands beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.charts.drawing.marks import INK, MUTED, PAPER
from app.charts.drawing.markup import breadth, element, text, wrapped

GAP = 6.0
TYPE, SMALL, LINE = 15.0, 13.5, 19.0
WIDE, NARROW = 880.0, 360.0
SIDE, FOOT, TOP = 138.0, 580.0, 260.0
INSET = 13.0
# Where a person stands is said in words, too: the wash behind them is for whoever sees it.
WASHES = {"good": "#dff0e5", "act": "#dcebf8", "quiet": "#f0f4f5"}


@dataclass(frozen=True, slots=True)
class Step:
    """One level: its name, how long it takes, where somebody stands with it. Without a `step` it stands beside."""

    title: str
    said: str
    step: int | None = None
    state: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float


def pyramid(levels: Sequence[Step], prefix: str, *, title: str) -> str:
    """Two drawings of the same levels, for a wide and for a narrow place, in one element."""
    drawn = (_svg(levels, f"{prefix}-{name}", title, name) for name in ("wide", "narrow"))
    return element("div", *drawn, class_="chart")


def described(levels: Sequence[Step]) -> str:
    """The picture in words, from the bottom."""
    said = [f"Step {number}, from the bottom: {_listed(row)}." for number, row in _rows(levels)]
    if beside := [one for one in levels if one.step is None]:
        said.append(f"Beside the steps: {_listed(beside)}.")
    return " ".join(said)


def _listed(levels: Sequence[Step]) -> str:
    return "; ".join(", ".join(filter(None, (one.title, one.said, one.state))) for one in levels)


def _rows(levels: Sequence[Step]) -> list[tuple[int, list[Step]]]:
    heights = sorted({one.step for one in levels if one.step is not None})
    return [(height, [one for one in levels if one.step == height]) for height in heights]


def _svg(levels: Sequence[Step], prefix: str, title: str, name: str) -> str:
    places = list(_wide(levels) if name == "wide" else _narrow(levels))
    width = WIDE if name == "wide" else NARROW
    height = max((box.y + box.height for _, box in places), default=0) + 2
    return element(
        "svg",
        element("title", text(title), id=f"{prefix}-title"),
        element("desc", text(described(levels)), id=f"{prefix}-desc"),
        element("rect", width=width, height=height, fill=PAPER),
        *(_drawn(one, box) for one, box in places),
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
        class_=f"chart-picture chart-{name}",
    )


def _wide(levels: Sequence[Step]) -> Iterator[tuple[Step, _Box]]:
    rows, beside = _rows(levels), [one for one in levels if one.step is None]
    y = 2.0
    for place, (_, row) in reversed(list(enumerate(rows))):
        whole = FOOT - (FOOT - TOP) * place / max(len(rows) - 1, 1)
        width = (whole - GAP * (len(row) - 1)) / len(row)
        height = max(_height(one, width) for one in row)
        for number, one in enumerate(row):
            yield one, _Box((WIDE - whole) / 2 + number * (width + GAP), y, width, height)
        y += height + GAP
    for number, one in enumerate(beside):
        x = 2.0 if number % 2 == 0 else WIDE - SIDE - 2
        height = _height(one, SIDE)
        yield one, _Box(x, max(y - GAP, height + 2) - height - (number // 2) * (height + GAP), SIDE, height)


def _narrow(levels: Sequence[Step]) -> Iterator[tuple[Step, _Box]]:
    rows = _rows(levels)
    y = 2.0
    for place, (_, row) in reversed(list(enumerate(rows))):
        width = NARROW - 4 - 2 * INSET * place
        for one in row:
            height = _height(one, width)
            yield one, _Box((NARROW - width) / 2, y, width, height)
            y += height + GAP
    y += GAP
    for one in (one for one in levels if one.step is None):
        height = _height(one, NARROW - 4)
        yield one, _Box(2, y, NARROW - 4, height)
        y += height + GAP


def _lines(one: Step, width: float) -> list[tuple[str, bool]]:
    """What is written in a box, line by line; bold where it is the name or the state."""
    room = width - 16
    bold = [(line, True) for line in wrapped(one.title, _letters(one.title, TYPE * 1.06, room))]
    plain = [(line, False) for line in wrapped(one.said, _letters(one.said, SMALL, room))]
    state = [(line, True) for line in wrapped(one.state, _letters(one.state, SMALL * 1.06, room))]
    return bold + plain + state


def _letters(said: str, size: float, room: float) -> int:
    """How many characters of these words go into a line."""
    return max(8, int(room / (breadth(said, size) / max(len(said), 1) or 1)))


def _height(one: Step, width: float) -> float:
    return len(_lines(one, width)) * LINE + 14


def _drawn(one: Step, box: _Box) -> str:
    dashes = "6 4" if one.step is None else None
    lines = _lines(one, box.width)
    top = box.y + (box.height - len(lines) * LINE) / 2 + TYPE * 0.95
    said = [
        element(
            "text", text(line), x=box.x + box.width / 2, y=top + number * LINE, font_size=TYPE if bold else SMALL,
            text_anchor="middle", fill=INK if bold else MUTED, font_weight="bold" if bold else None,
        )
        for number, (line, bold) in enumerate(lines)
    ]  # fmt: skip
    frame = element(
        "rect", x=box.x, y=box.y, width=box.width, height=box.height, fill=WASHES.get(one.tone, PAPER),
        stroke=INK, stroke_width=1.5, stroke_dasharray=dashes,
    )  # fmt: skip
    return frame + "".join(said)
