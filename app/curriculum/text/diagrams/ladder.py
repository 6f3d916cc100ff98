"""A ladder, its lowest rung at the bottom."""

from app.curriculum.format.diagrams import Ladder, Rung
from app.curriculum.text.diagrams.sheet import ACT, INK, LINE, Card, Look, Sheet, lay
from app.curriculum.text.diagrams.table import Table, table_of
from app.curriculum.text.drawing import Element

RAIL = 6
LEFT = 24
TO_RAILS = 250
"""How far right the right-hand rail of a wide ladder stands."""


def draw(diagram: Ladder, look: Look) -> Element:
    """Wide, examples stand beside the ladder; narrow, on its rungs."""
    sheet = Sheet(look.width)
    right = look.width - RAIL - 2 if look.is_narrow else LEFT + TO_RAILS
    y = 10.0
    for place in reversed(range(len(diagram.rungs))):
        y = _rung(sheet, diagram.rungs[place], place + 1, look, right, y)
    sheet.height = y + 12
    for x in (LEFT, right):
        sheet.add("rect", x=x, y=2, width=RAIL, height=sheet.height - 4, rx=3, fill=INK)
    sheet.arrow([(9, sheet.height - 4), (9, 4)], stroke=ACT, thick=3, head=13)
    return sheet.drawing(diagram.title, diagram.description)


def _rung(sheet: Sheet, rung: Rung, number: int, look: Look, right: float, y: float) -> float:
    """From its words down to the bar on which they stand."""
    inside = right - LEFT - RAIL
    name = lay(f"{number}. {rung.text}", look.type, inside - 20, bold=True)
    if look.is_narrow:
        own = Card((name, lay(rung.example, look.small, inside - 20)), inside)
        beside = None
    else:
        own = Card((name,), inside)
        beside = lay(rung.example, look.small + 1, look.width - right - RAIL - 22)
    tall = max(own.inner, beside.height if beside else 0) + 14
    sheet.stack(own, (LEFT + RAIL + 2, y + tall - own.inner - 4))
    sheet.add("rect", x=LEFT, y=y + tall, width=right - LEFT, height=5, fill=INK)
    if beside:
        sheet.write(beside, (right + RAIL + 16, y + (tall - beside.height) / 2 + 2))
        if number > 1:
            sheet.line([(right + RAIL + 16, y + tall + 2.5), (look.width, y + tall + 2.5)], stroke=LINE, thick=1)
    return y + tall + 5


def table(diagram: Ladder) -> Table:
    rows = [(f"{number}. {rung.text}", rung.example) for number, rung in enumerate(diagram.rungs, 1)]
    return table_of(("Rung, from the lowest", "Example"), rows)
