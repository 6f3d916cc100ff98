"""What diagrams are drawn on: shapes and measured words, as the same tree that a hand-made drawing is read into."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import atan2, cos, pi, sin

from app.charts.drawing.markup import breadth, fitted
from app.curriculum.text.drawing.element import NAMESPACE, Element

INK, QUIET, LINE, ACT, LATE, PAPER = "#212b32", "#4c6272", "#d8dde0", "#005eb8", "#8a1c00", "#ffffff"
LEADING = 1.25
BASELINE = 0.95
"""From the top of a line to its baseline, in sizes."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """One of two widths. `type` is the size of text, `small` that of what stands beside it."""

    width: float
    type: float
    small: float

    @property
    def is_narrow(self) -> bool:
        return self.width < WIDE.width


WIDE = Look(640, 16, 14)
NARROW = Look(320, 15, 14)


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph in lines that fit."""

    lines: tuple[str, ...]
    size: float
    bold: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING

    @property
    def width(self) -> float:
        return max(breadth(line, self.size, bold=self.bold) for line in self.lines)


def lay(words: str, size: float, room: float, *, bold: bool = False) -> Words:
    return Words(tuple(fitted(words, size, room, bold=bold)), size, bold)


@dataclass(frozen=True, slots=True)
class Card:
    """Paragraphs in a frame, one below the other."""

    paragraphs: tuple[Words, ...]
    width: float
    pad: float = 8
    gap: float = 3

    @property
    def inner(self) -> float:
        return sum(words.height for words in self.paragraphs) + self.gap * (len(self.paragraphs) - 1)

    @property
    def height(self) -> float:
        return self.inner + 2 * self.pad


@dataclass(frozen=True, slots=True)
class Paint:
    """How a frame looks. `ink` is the colour of its words."""

    fill: str = PAPER
    stroke: str = INK
    ink: str = INK
    thick: float = 2
    dashes: str | None = None


PLAIN = Paint()
SOLID = Paint(ACT, ACT, PAPER)
SHADED = Paint(LINE, LINE)


@dataclass(slots=True)
class Sheet:
    width: float
    height: float = 0
    parts: list[Element] = field(default_factory=list)

    def add(self, tag: str, words: str = "", /, **attributes: str | float | None) -> None:
        """An element; `stroke_width` becomes stroke-width, and None leaves an attribute out."""
        said = {k.replace("_", "-"): _value(v) for k, v in attributes.items() if v is not None}
        self.parts.append(Element(tag, said, 0, [words] if words else []))

    def write(self, words: Words, at: Point, *, anchor: str = "start", fill: str = INK) -> float:
        """The lines from the height `at[1]` down; returns the height below them."""
        x, y = at
        for number, line in enumerate(words.lines):
            baseline = y + words.size * (BASELINE + number * LEADING)
            self.add(
                "text", line, x=x, y=baseline, font_size=words.size, fill=fill,
                font_weight="bold" if words.bold else None, text_anchor=None if anchor == "start" else anchor,
            )  # fmt: skip
        return y + words.height

    def card(self, card: Card, at: Point, paint: Paint = PLAIN, *, height: float = 0, centred: bool = False) -> float:
        """Frame and words, these in the middle of `height` where that is more than they need; the height below."""
        x, y = at
        tall = max(height, card.height)
        self.box((x, y), (card.width, tall), paint)
        self.stack(card, (x, y + (tall - card.inner) / 2), ink=paint.ink, centred=centred)
        return y + tall

    def stack(self, card: Card, at: Point, *, ink: str = INK, centred: bool = False) -> None:
        """The card's words without their frame, from a height down."""
        x, y = at
        for words in card.paragraphs:
            middle = (x + card.width / 2, y)
            y = self.write(
                words, middle if centred else (x + card.pad, y), anchor="middle" if centred else "start", fill=ink
            )
            y += card.gap

    def box(self, at: Point, size: Point, paint: Paint = PLAIN) -> None:
        """A frame whose line lies inside its size."""
        edge = paint.thick / 2
        self.add(
            "rect", x=at[0] + edge, y=at[1] + edge, width=size[0] - paint.thick, height=size[1] - paint.thick, rx=4,
            fill=paint.fill, stroke=paint.stroke, stroke_width=paint.thick, stroke_dasharray=paint.dashes,
        )  # fmt: skip

    def line(
        self, places: Iterable[Point], *, stroke: str = QUIET, thick: float = 2, dashes: str | None = None
    ) -> None:
        self.add(
            "polyline", points=joined(places), fill="none", stroke=stroke, stroke_width=thick,
            stroke_linejoin="round", stroke_dasharray=dashes,
        )  # fmt: skip

    def shape(self, places: Iterable[Point], *, fill: str = PAPER, stroke: str = "none", thick: float = 1.5) -> None:
        self.add(
            "polygon", points=joined(places), fill=fill, stroke=stroke, stroke_width=thick, stroke_linejoin="round"
        )

    def arrow(self, places: Sequence[Point], *, stroke: str = QUIET, thick: float = 2, head: float = 9) -> None:
        """A line along the places with a head at the last."""
        (x1, y1), (x2, y2) = places[-2:]
        turn = atan2(y2 - y1, x2 - x1)
        neck = (x2 - head * 0.8 * cos(turn), y2 - head * 0.8 * sin(turn))
        self.line([*places[:-1], neck], stroke=stroke, thick=thick)
        self.head((x2, y2), turn, fill=stroke, size=head)

    def head(self, tip: Point, turn: float, *, fill: str = QUIET, size: float = 9) -> None:
        """An arrow's head; `turn` in radians, 0 to the right and half of pi down."""
        x, y = tip
        back = [turn + pi - 0.5, turn + pi + 0.5]
        self.shape([tip, *((x + size * cos(a) * 1.15, y + size * sin(a) * 1.15) for a in back)], fill=fill)

    def drawing(self, title: str, description: str) -> Element:
        paper = Element("rect", {"width": _value(self.width), "height": _value(self.height), "fill": PAPER}, 0)
        return framed([paper, *self.parts], f"0 0 {_value(self.width)} {_value(self.height)}", title, description)


def framed(parts: Sequence[Element], view_box: str, title: str, description: str) -> Element:
    """A whole drawing, with its words for people who do not see it."""
    names = [Element("title", {}, 0, [title]), Element("desc", {}, 0, [description])]
    return Element("svg", {"xmlns": NAMESPACE, "viewBox": view_box, "role": "img"}, 0, [*names, *parts])


def joined(places: Iterable[Point]) -> str:
    return " ".join(f"{_value(x)},{_value(y)}" for x, y in places)


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
