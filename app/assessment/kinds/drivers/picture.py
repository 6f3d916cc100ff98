"""The diagram as SVG: from left to right where there is room, as an indented list of boxes on a phone."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from app.assessment.kinds.drivers.layout import BOX, COLUMNS, GAP, PAD, Box, Layout, narrow, said, wide
from app.assessment.kinds.drivers.tree import (
    AIM,
    IDEA,
    LOOSE,
    NAMES,
    PRIMARY,
    SECONDARY,
    Branch,
    Node,
    not_connected,
    under_the_aim,
)
from app.charts.drawing.markup import element, text

INK, QUIET, ACT, PAPER = "#212b32", "#4c6272", "#005eb8", "#ffffff"
FILLS = {AIM: ACT, PRIMARY: "#d8e7f5", SECONDARY: PAPER, IDEA: "#f0f4f5"}
FONT = "Frutiger W01, Arial, Liberation Sans, sans-serif"
HEADS = {AIM: "Aim", PRIMARY: "Primary drivers", SECONDARY: "Secondary drivers", IDEA: "Change ideas"}


def figure(aim: str, nodes: Sequence[Node]) -> str:
    """Two pictures of which charts.css shows the fitting one, and the same in words."""
    prefix = "drivers-" + sha256(repr((aim, nodes)).encode()).hexdigest()[:8]
    aim = aim or "Not written yet"
    roots, loose = under_the_aim(nodes), tuple(b for b in not_connected(nodes) if b.node.kind != LOOSE)
    counts = (f"{sum(n.kind == kind for n in nodes)} {NAMES[kind].lower()}s" for kind in (PRIMARY, SECONDARY, IDEA))
    about = f"Aim: {aim}. {', '.join(counts)}."
    return element(
        "figure",
        _svg(prefix, wide(aim, roots, loose), about, headed=True),
        _svg(prefix, narrow(aim, roots, loose), about, headed=False),
        element("details", element("summary", "The diagram in words"), _in_words(aim, roots, loose)),
        class_="chart",
    )


def _svg(prefix: str, layout: Layout, about: str, *, headed: bool) -> str:
    look = layout.look
    ids = f"{prefix}-{look.name}-title", f"{prefix}-{look.name}-desc"
    return element(
        "svg",
        element("title", "Driver diagram", id=ids[0]),
        element("desc", text(about), id=ids[1]),
        element("rect", width=look.width, height=layout.end, fill=PAPER),
        *(_heads(look.line, look.size) if headed else ()),
        *_joins(layout),
        *(part for box in layout.boxes for part in _box(box, layout, headed=headed)),
        viewBox=f"0 0 {look.width:g} {layout.end:.1f}",
        role="img",
        aria_labelledby=" ".join(ids),
        class_=f"chart-picture chart-{look.name}",
        font_family=FONT,
    )


def _heads(y: float, size: float) -> Iterator[str]:
    for kind, head in HEADS.items():
        yield _words(head, COLUMNS[kind] * (BOX + GAP) + 2, y, size, QUIET, bold=True)


def _joins(layout: Layout) -> Iterator[str]:
    for join in layout.joins:
        dashes = "5 4" if join.loose else None
        yield element("path", d=join.path, fill="none", stroke=QUIET, stroke_width=2, stroke_dasharray=dashes)


def _box(box: Box, layout: Layout, *, headed: bool) -> Iterator[str]:
    """Dashed where it does not serve a driver; the first line is bold where it is the box's name."""
    yield element(
        "rect",
        x=box.left,
        y=box.top,
        width=box.width,
        height=box.height,
        rx=12 if box.kind == IDEA else 2,
        fill=FILLS[box.kind],
        stroke=QUIET if box.kind == IDEA else ACT,
        stroke_width=2,
        stroke_dasharray="5 4" if box.loose else None,
    )
    step, ink = layout.look.line, PAPER if box.kind == AIM else INK
    for place, words in enumerate(box.lines):
        y = box.top + PAD + (place + 0.75) * step
        yield _words(words, box.left + PAD, y, layout.look.size, ink, bold=not headed and place == 0)


def _words(words: str, x: float, y: float, size: float, ink: str, *, bold: bool) -> str:
    return element("text", text(words), x=x, y=y, font_size=size, fill=ink, font_weight="bold" if bold else None)


def _in_words(aim: str, roots: Sequence[Branch], loose: Sequence[Branch]) -> str:
    return element("ul", element("li", text(f"Aim: {aim}"), _list(roots)), *_items(loose))


def _list(branches: Sequence[Branch]) -> str:
    return element("ul", *_items(branches)) if branches else ""


def _items(branches: Sequence[Branch]) -> Iterator[str]:
    return (element("li", text(f"{branch.name}: {said(branch)}"), _list(branch.below)) for branch in branches)
