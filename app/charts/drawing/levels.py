"""How many hold each level, as a pyramid of bars over one middle; a dashed outline is what is aimed at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.charts.drawing.frame import Look
from app.charts.drawing.marks import GRID, INK, MUTED, PAPER, TARGET
from app.charts.drawing.markup import element, fitted, text
from app.charts.drawing.picture import FONT

FILL = "#005eb8"
SMALLEST = 3.0
"""A bar that stands for anybody at all can be seen."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level with so many people on it, of `of`; `target` None: none is set. `said` are the numbers in words."""

    title: str
    held: int
    of: int
    target: int | None
    said: str


def levels_svg(rows: Sequence[Level], prefix: str, *, title: str, look: Look, namespace: str | None = None) -> str:
    """One drawing. `prefix` makes its ids unique on a page."""
    most = max((max(row.of, row.held, row.target or 0) for row in rows), default=0) or 1
    drawn: list[str] = []
    y = look.type * 0.4
    for row in rows:
        lines, height = _row(row, y, most, look)
        drawn += lines
        y += height
    if any(row.target is not None for row in rows):
        y += look.line
        drawn.append(_words(2, y, "Filled: people who hold it. Dashed: the target.", look, fill=MUTED))
    ids = f"{prefix}-{look.name}-title", f"{prefix}-{look.name}-desc"
    height = y + look.type * 0.6
    return element(
        "svg",
        element("title", text(title), id=ids[0]),
        element("desc", text(described(rows)), id=ids[1]),
        element("rect", width=look.width, height=height, fill=PAPER),
        *drawn,
        xmlns=namespace,
        viewBox=f"0 0 {look.width:g} {height:.1f}",
        role="img",
        aria_labelledby=" ".join(ids),
        class_=f"chart-picture chart-{look.name}",
        font_family=FONT,
    )


def described(rows: Sequence[Level]) -> str:
    """The picture in words, from the top."""
    return " ".join(f"{row.title}: {row.said}." for row in rows)


def _row(row: Level, y: float, most: int, look: Look) -> tuple[list[str], float]:
    """Its name and numbers above its bar; in a narrow place, on lines of their own."""
    drawn, down = [_words(2, y + look.line, row.title, look, bold=True)], look.line
    if look.name == "narrow":
        for line in fitted(row.said, look.type, look.width - 4):
            down += look.line
            drawn.append(_words(2, y + down, line, look))
    else:
        drawn.append(_words(look.width - 2, y + down, row.said, look, anchor="end"))
    thick = look.type * 1.1
    drawn += _bars(row, y + down + look.type * 0.45, thick, most, look)
    return drawn, down + thick + look.type * 1.1


def _bars(row: Level, top: float, thick: float, most: int, look: Look) -> Iterator[str]:
    room = look.width - 4

    def bar(count: int, inset: float, **looks: str | float | None) -> str:
        width = max(SMALLEST, room * count / most)
        x = look.width / 2 - width / 2
        return element("rect", x=x, y=top + inset, width=width, height=thick - 2 * inset, **looks)

    yield bar(row.of, 0, fill=GRID)
    if row.held:
        yield bar(row.held, 0, fill=FILL)
    if row.target is not None:
        yield bar(row.target, -2, fill="none", stroke=TARGET, stroke_width=2, stroke_dasharray="5 3")


def _words(
    x: float, y: float, said: str, look: Look, *, anchor: str = "start", fill: str = INK, bold: bool = False
) -> str:
    return element(
        "text", text(said), x=x, y=y, font_size=look.type, text_anchor=anchor, fill=fill,
        font_weight="bold" if bold else None,
    )  # fmt: skip
