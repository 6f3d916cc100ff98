"""A driver diagram: a tree from the aim on the left to ideas on the right, or an outline on a phone."""

from dataclasses import dataclass
from enum import IntEnum

from app.curriculum.format.diagrams import DriverDiagram
from app.curriculum.text.diagrams.sheet import PLAIN, QUIET, SHADED, SOLID, Card, Look, Paint, Sheet, lay
from app.curriculum.text.diagrams.table import Table, table_of
from app.curriculum.text.drawing import Element

BETWEEN = 26
"""From column to column, for the lines that join them."""
APART = 8
INDENT = 18


class Rank(IntEnum):
    AIM = 0
    DRIVER = 1
    SECONDARY = 2
    IDEA = 3


HEADS = {Rank.AIM: "Aim", Rank.DRIVER: "Primary drivers", Rank.SECONDARY: "Secondary drivers", Rank.IDEA: "Ideas"}
NAMES = {Rank.AIM: "Aim", Rank.DRIVER: "Driver", Rank.SECONDARY: "Secondary driver", Rank.IDEA: "Idea"}
PAINTS = {Rank.AIM: SOLID, Rank.DRIVER: PLAIN, Rank.SECONDARY: Paint(stroke=QUIET), Rank.IDEA: SHADED}


@dataclass(frozen=True, slots=True)
class Node:
    rank: Rank
    text: str
    below: "tuple[Node, ...]" = ()

    def ranks(self) -> set[Rank]:
        return {self.rank}.union(*(node.ranks() for node in self.below))


def tree(diagram: DriverDiagram) -> Node:
    drivers = [
        Node(
            Rank.DRIVER,
            driver.text,
            (*(Node(Rank.SECONDARY, s.text, _ideas(s.ideas)) for s in driver.secondary), *_ideas(driver.ideas)),
        )
        for driver in diagram.drivers
    ]
    return Node(Rank.AIM, diagram.aim, tuple(drivers))


def _ideas(texts: list[str]) -> tuple[Node, ...]:
    return tuple(Node(Rank.IDEA, text) for text in texts)


def draw(diagram: DriverDiagram, look: Look) -> Element:
    sheet = Sheet(look.width)
    root = tree(diagram)
    if look.is_narrow:
        sheet.height = _outline(sheet, root, look, 2, 2) + 2
    else:
        _columns(sheet, root, look)
    return sheet.drawing(diagram.title, diagram.description)


def _columns(sheet: Sheet, root: Node, look: Look) -> None:
    ranks = sorted(root.ranks())
    width = (look.width - BETWEEN * (len(ranks) - 1)) / len(ranks)
    lefts = {rank: place * (width + BETWEEN) for place, rank in enumerate(ranks)}
    top = 0.0
    for rank in ranks:
        head = lay(HEADS[rank], look.small, width, bold=True)
        top = max(top, sheet.write(head, (lefts[rank] + 2, 2), fill=QUIET))
    sheet.height = top + 6 + _tree(sheet, root, look, lefts, width, top + 6)[0] + 4


def _tree(
    sheet: Sheet, node: Node, look: Look, lefts: dict[Rank, float], width: float, top: float
) -> tuple[float, float]:
    """How tall the node is with all that belongs to it, and the height of its middle."""
    card = _card(node, look, width, named=False)
    needed, middles, y = card.height, [], top
    spare = max(0.0, card.height - _tall(node, look, width)) / 2
    y += spare
    for inner in node.below:
        tall, middle = _tree(sheet, inner, look, lefts, width, y)
        middles.append((lefts[inner.rank], middle))
        y += tall + APART
    whole = max(needed, y - APART - top + spare) if node.below else needed
    at = (lefts[node.rank], top + (whole - card.height) / 2)
    sheet.card(card, at, PAINTS[node.rank])
    _join(sheet, (at[0] + width, top + whole / 2), middles)
    return whole, top + whole / 2


def _tall(node: Node, look: Look, width: float) -> float:
    """How tall all that belongs to a node is, without the node itself."""
    talls = [max(_card(n, look, width, named=False).height, _tall(n, look, width)) for n in node.below]
    return sum(talls) + APART * (len(talls) - 1) if talls else 0


def _join(sheet: Sheet, start: tuple[float, float], ends: list[tuple[float, float]]) -> None:
    for x, y in ends:
        bend = x - BETWEEN / 2
        sheet.line([start, (bend, start[1]), (bend, y), (x, y)], thick=1.5)


def _outline(sheet: Sheet, node: Node, look: Look, x: float, y: float) -> float:
    """The node and below it, further in, all that belongs to it; the height below."""
    card = _card(node, look, look.width - x - 2, named=True)
    below = sheet.card(card, (x, y), PAINTS[node.rank])
    for inner in node.below:
        top = below + APART
        own = _card(inner, look, look.width - x - INDENT - 2, named=True)
        middle = top + own.height / 2
        sheet.line([(x + INDENT / 2, y + card.height), (x + INDENT / 2, middle), (x + INDENT, middle)], thick=1.5)
        below = _outline(sheet, inner, look, x + INDENT, top)
    return below


def _card(node: Node, look: Look, width: float, *, named: bool) -> Card:
    room = width - 18
    bold = node.rank in {Rank.AIM, Rank.DRIVER}
    text = lay(node.text, look.small if node.rank is not Rank.AIM else look.small + 1, room, bold=bold)
    name = (lay(NAMES[node.rank], look.small, room),) if named else ()
    return Card((*name, text), width, pad=7, gap=1)


def table(diagram: DriverDiagram) -> Table:
    """A row for each last thing in the tree; what is above it stands in its row again."""
    ranks = sorted(tree(diagram).ranks() - {Rank.AIM})
    rows = [[found.get(rank, "–") for rank in ranks] for node in tree(diagram).below for found in _rows(node, {})]
    heads = {Rank.DRIVER: f"Driver of the aim: {diagram.aim}", Rank.SECONDARY: "Secondary driver", Rank.IDEA: "Idea"}
    return table_of([heads[rank] for rank in ranks], rows)


def _rows(node: Node, above: dict[Rank, str]) -> list[dict[Rank, str]]:
    here = above | {node.rank: node.text}
    return [row for inner in node.below for row in _rows(inner, here)] if node.below else [here]
