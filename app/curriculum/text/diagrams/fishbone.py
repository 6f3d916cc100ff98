"""A fishbone: possible causes of a problem, on bones by their kind; on a phone a list along the spine."""

from dataclasses import dataclass
from math import ceil

from app.curriculum.format.diagrams import Bone, Fishbone
from app.curriculum.text.diagrams.sheet import ACT, INK, LATE, QUIET, SOLID, Card, Look, Paint, Sheet, Words, lay
from app.curriculum.text.diagrams.table import Table, table_of
from app.curriculum.text.drawing import Element

HEAD = 142
"""How wide the problem is."""
SLANT = 0.24
"""How far a bone leans, for each unit down."""
BETWEEN = 8
SHORTEST = 96
"""How tall a bone is at least, for a fish to look like one."""
PROBLEM = Paint(stroke=LATE, thick=3)


@dataclass(frozen=True, slots=True)
class Rib:
    name: Card
    causes: tuple[Words, ...]

    @property
    def tall(self) -> float:
        return sum(cause.height + BETWEEN for cause in self.causes) + 12


def draw(diagram: Fishbone, look: Look) -> Element:
    sheet = Sheet(look.width)
    (_list if look.is_narrow else _fish)(sheet, diagram, look)
    return sheet.drawing(diagram.title, diagram.description)


def _fish(sheet: Sheet, diagram: Fishbone, look: Look) -> None:
    abreast = ceil(len(diagram.bones) / 2)
    wide = (look.width - HEAD - 14) / (abreast + 0.3)
    ribs = [_rib(bone, look, wide) for bone in diagram.bones]
    above, below = ribs[:abreast], ribs[abreast:]
    problem = Card((lay(diagram.problem, look.type, HEAD - 22, bold=True),), HEAD, pad=11)
    tall = max(SHORTEST, *(rib.tall for rib in ribs))
    heads = [max(rib.name.height for rib in row) for row in (above, below)]
    spine = max(2 + heads[0] + tall, problem.height / 2 + 2)
    start = wide * 0.3 - 4
    sheet.height = max(spine + tall + heads[1] + 2, spine + problem.height / 2 + 2)
    sheet.line([(start, spine), (look.width - HEAD - 12, spine)], stroke=INK, thick=4)
    sheet.head((look.width - HEAD, spine), 0, fill=INK, size=16)
    for side, row in ((-1, above), (1, below)):
        for place, rib in enumerate(row):
            _bone(sheet, rib, start + wide * (place + 1), spine, side, tall)
    at = (look.width - HEAD, spine - problem.height / 2)
    sheet.card(problem, at, PROBLEM, centred=True)


def _bone(sheet: Sheet, rib: Rib, foot: float, spine: float, side: int, tall: float) -> None:
    """From its name, above (side -1) or below the spine, slanting to its foot on the spine."""
    far = (foot - tall * SLANT, spine + side * tall)
    sheet.line([far, (foot, spine)], stroke=ACT, thick=3)
    top = far[1] - rib.name.height if side < 0 else far[1]
    left = max(2.0, far[0] - rib.name.width / 2)
    sheet.card(rib.name, (left, top), SOLID, centred=True)
    y = far[1] + 6 if side < 0 else spine + 12
    spare = (tall - rib.tall) / len(rib.causes)
    y += spare / 2
    for cause in rib.causes:
        middle = y + cause.height + 1
        lean = foot - abs(spine - middle) * SLANT
        upper = foot - abs(spine - y) * SLANT
        right = min(lean, upper) - 4
        x = max(2.0, right - cause.width)
        sheet.write(cause, (x, y))
        sheet.line([(x, middle), (lean, middle)], stroke=QUIET, thick=1.5)
        y += cause.height + BETWEEN + spare


def _rib(bone: Bone, look: Look, wide: float) -> Rib:
    name = lay(bone.name, look.small + 1, wide - 30, bold=True)
    return Rib(
        Card((name,), max(name.width + 20, 76), pad=6),
        tuple(lay(cause, look.small, wide - 26) for cause in bone.causes),
    )


def _list(sheet: Sheet, diagram: Fishbone, look: Look) -> None:
    problem = Card((lay(diagram.problem, look.type, look.width - 24, bold=True),), look.width - 4, pad=10)
    y = sheet.card(problem, (2, 2), PROBLEM)
    top, spine = y, 12.0
    last = y
    for bone in diagram.bones:
        name = Card((lay(bone.name, look.type, look.width - 62, bold=True),), look.width - 38, pad=6)
        y += 14
        last = y + name.height / 2
        sheet.line([(spine, last), (36, last)], stroke=ACT, thick=3)
        y = sheet.card(name, (36, y), SOLID) + 6
        for cause in bone.causes:
            words = lay(cause, look.type, look.width - 66)
            sheet.line([(42, y + look.type * 0.65), (52, y + look.type * 0.65)], thick=1.5)
            y = sheet.write(words, (58, y)) + 4
    sheet.line([(spine, last), (spine, top + 12)], stroke=INK, thick=4)
    sheet.head((spine, top + 1), -1.5708, fill=INK, size=14)
    sheet.height = y + 4


def table(diagram: Fishbone) -> Table:
    heads = ("Kind", f"Possible cause of: {diagram.problem}")
    return table_of(heads, [(bone.name, cause) for bone in diagram.bones for cause in bone.causes])
