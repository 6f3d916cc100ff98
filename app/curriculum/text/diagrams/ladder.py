"""A ladder, its lowest rung at the bottom."""

from dataclasses import dataclass

from app.curriculum.format.diagrams import Ladder, Rung
from app.curriculum.text.diagrams.sheet import ACT, INK, LINE, Card, Look, Sheet, Words, lay
from app.curriculum.text.diagrams.table import Table, table_of
from app.curriculum.text.drawing import Element

RAIL = 6
BAR = 5
LEFT = 24
TO_RAILS = 250
"""How far right the right-hand rail of a wide ladder stands."""


def draw(diagram: Ladder, look: Look) -> Element:
    """Wide, examples stand beside the ladder; narrow, on its rungs."""
    sheet = Sheet(look.width)
    right = look.width - RAIL - 2 if look.is_narrow else LEFT + TO_RAILS
    rungs = [_rung(rung, number, look, right) for number, rung in enumerate(diagram.rungs, 1)]
    stride = max(rung.tall for rung in rungs) + BAR
    sheet.height = stride * len(rungs) + 22
    for place, rung in enumerate(reversed(rungs)):
        _draw(sheet, rung, right, 10 + stride * place, stride, is_last=place == len(rungs) - 1)
    for x in (LEFT, right):
        sheet.add("rect", x=x, y=2, width=RAIL, height=sheet.height - 4, rx=3, fill=INK)
    sheet.arrow([(9, sheet.height - 4), (9, 4)], stroke=ACT, thick=3, head=13)
    return sheet.drawing(diagram.title, diagram.description)


@dataclass(frozen=True, slots=True)
class _Rung:
    """What stands on a rung, and what stands beside it."""

    inside: Card
    beside: Words | None

    @property
    def tall(self) -> float:
        return max(self.inside.inner, self.beside.height if self.beside else 0) + 14


def _rung(rung: Rung, number: int, look: Look, right: float) -> _Rung:
    width = right - LEFT - RAIL
    name = lay(f"{number}. {rung.text}", look.type, width - 20, bold=True)
    if look.is_narrow:
        return _Rung(Card((name, lay(rung.example, look.small, width - 20)), width), None)
    return _Rung(Card((name,), width), lay(rung.example, look.small + 1, look.width - right - RAIL - 22))


def _draw(sheet: Sheet, rung: _Rung, right: float, top: float, stride: float, *, is_last: bool) -> None:
    """From its words down to the bar on which they stand."""
    bar = top + stride - BAR
    sheet.stack(rung.inside, (LEFT + RAIL + 2, bar - rung.inside.inner - 4))
    sheet.add("rect", x=LEFT, y=bar, width=right - LEFT, height=BAR, fill=INK)
    if rung.beside:
        x = right + RAIL + 16
        sheet.write(rung.beside, (x, bar - rung.beside.height - 4))
        if not is_last:
            sheet.line([(x, bar + BAR / 2), (sheet.width, bar + BAR / 2)], stroke=LINE, thick=1)


def table(diagram: Ladder) -> Table:
    rows = [(f"{number}. {rung.text}", rung.example) for number, rung in enumerate(diagram.rungs, 1)]
    return table_of(("Rung, from the lowest", "Example"), rows)
