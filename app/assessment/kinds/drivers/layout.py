"""Where the boxes of a diagram stand: in four columns, or one below another, each a step further in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.assessment.kinds.drivers.tree import AIM, IDEA, PRIMARY, SECONDARY, Branch, Node
from app.charts.drawing.markup import breadth, wrapped

COLUMNS = {AIM: 0, PRIMARY: 1, SECONDARY: 2, IDEA: 3}
BOX, GAP, PAD, APART, INDENT = 176.0, 32.0, 8.0, 12.0, 14.0


@dataclass(frozen=True, slots=True)
class Look:
    """A picture's width in its own units, and its type."""

    name: str
    width: float
    size: float
    line: float

    def tall(self, lines: Sequence[str]) -> float:
        return len(lines) * self.line + 2 * PAD


WIDE = Look("wide", 4 * BOX + 3 * GAP + 4, 14, 18)
NARROW = Look("narrow", 320, 15, 19)


@dataclass(frozen=True, slots=True)
class Box:
    kind: str
    lines: tuple[str, ...]
    left: float
    top: float
    width: float
    height: float
    loose: bool

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Join:
    path: str
    loose: bool


@dataclass(slots=True)
class Layout:
    look: Look
    boxes: list[Box] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    end: float = 0


def wide(aim: str, roots: Sequence[Branch], loose: Sequence[Branch]) -> Layout:
    """From left to right, each box beside the middle of what hangs on it."""
    layout = Layout(WIDE)
    _, end = _block(layout, AIM, aim, roots, WIDE.line * 2, loose=False)
    for branch in loose:
        _, end = _hung(layout, branch, end + APART)
    layout.end = end + APART
    return layout


def narrow(aim: str, roots: Sequence[Branch], loose: Sequence[Branch]) -> Layout:
    """One below another. The first line of each box is its name, as there are no columns to tell the kinds."""
    layout = Layout(NARROW)
    own = _row(layout, AIM, ["Aim", *_fit(aim, NARROW.width - 2 * PAD - 2, NARROW.size)], 0, 0, loose=False)
    end = _rows(layout, roots, 1, own, own.height + PAD)
    layout.end = _rows(layout, loose, 1, None, end)
    return layout


def stray(node: Node) -> bool:
    """It hangs on nothing, or is an idea straight on the aim."""
    return not node.parent or (node.kind == IDEA and node.parent == AIM)


def said(branch: Branch) -> str:
    node = branch.node
    note = "" if not stray(node) else "Straight on the aim: " if node.parent else "Not connected: "
    return note + (node.text or "(no words yet)")


def _hung(layout: Layout, branch: Branch, top: float) -> tuple[Box, float]:
    return _block(layout, branch.node.kind, said(branch), branch.below, top, loose=stray(branch.node))


def _block(
    layout: Layout, kind: str, words: str, below: Sequence[Branch], top: float, *, loose: bool
) -> tuple[Box, float]:
    """A box and all that hangs on it; returns the box and where the block ends."""
    lines = _column(words)
    height, need = WIDE.tall(lines), _need(below)
    at = top + max(0.0, (height - need) / 2)
    left = COLUMNS[kind] * (BOX + GAP) + 2
    own = Box(kind, tuple(lines), left, top + max(0.0, (need - height) / 2), BOX, height, loose)
    layout.boxes.append(own)
    bend = left + BOX + GAP / 2
    for branch in below:
        box, at = _hung(layout, branch, at)
        path = f"M{bend - GAP / 2:.1f} {own.middle:.1f}H{bend:.1f}V{box.middle:.1f}H{box.left:.1f}"
        layout.joins.append(Join(path, stray(branch.node)))
        at += APART
    return own, top + max(height, need)


def _need(below: Sequence[Branch]) -> float:
    heights = [max(WIDE.tall(_column(said(branch))), _need(branch.below)) for branch in below]
    return sum(heights) + APART * max(len(heights) - 1, 0)


def _column(words: str) -> list[str]:
    return _fit(words, BOX - 2 * PAD, WIDE.size)


def _rows(layout: Layout, below: Sequence[Branch], depth: int, over: Box | None, top: float) -> float:
    for branch in below:
        room = NARROW.width - depth * INDENT - 2 * PAD - 2
        lines = [branch.name, *_fit(said(branch), room, NARROW.size)]
        box = _row(layout, branch.node.kind, lines, depth, top, loose=stray(branch.node))
        if over:
            across, foot = over.left + INDENT / 2, over.top + over.height
            layout.joins.append(Join(f"M{across:.1f} {foot:.1f}V{box.middle:.1f}H{box.left:.1f}", box.loose))
        top = _rows(layout, branch.below, depth + 1, box, top + box.height + PAD)
    return top


def _row(layout: Layout, kind: str, lines: Sequence[str], depth: int, top: float, *, loose: bool) -> Box:
    left = depth * INDENT + 1
    box = Box(kind, tuple(lines), left, top + 1, NARROW.width - left - 1, NARROW.tall(lines), loose)
    layout.boxes.append(box)
    return box


def _fit(words: str, room: float, size: float) -> list[str]:
    """The words in lines that fit, however broad their letters are."""
    for most in range(int(room / size * 2.2), 4, -1):
        lines = wrapped(words, most)
        if all(breadth(line, size) <= room for line in lines):
            return lines
    return wrapped(words, 4)
