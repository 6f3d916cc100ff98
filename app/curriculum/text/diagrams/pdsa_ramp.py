"""Tests that build on each other, as wheels on a ramp that rises from left to right."""

from itertools import pairwise

from app.curriculum.format.diagrams import PdsaRamp
from app.curriculum.text.diagrams.sheet import INK, Card, Look, Sheet, lay
from app.curriculum.text.diagrams.table import Table, table_of
from app.curriculum.text.diagrams.wheel import wheel
from app.curriculum.text.drawing import Element

RADIUS = 30
GAP = 18


def draw(diagram: PdsaRamp, look: Look) -> Element:
    sheet = Sheet(look.width)
    stride = 6 if look.is_narrow else min(44.0, 200 / len(diagram.cycles))
    cards = [_card(diagram, place, look, stride) for place in range(len(diagram.cycles))]
    tall = [max(card.height, 2 * RADIUS + 4) for card in cards]
    sheet.height = sum(tall) + GAP * (len(cards) - 1) + 8
    y = sheet.height - 4
    centres = []
    for place, (card, height) in enumerate(zip(cards, tall, strict=True)):
        middle = y - height / 2
        centres.append((RADIUS + 4 + place * stride, middle))
        sheet.stack(card, (centres[-1][0] + RADIUS + 4, middle - card.inner / 2))
        y -= height + GAP
    _slope(sheet, centres)
    for centre in centres:
        wheel(sheet, centre, RADIUS)
    return sheet.drawing(diagram.title, diagram.description)


def _slope(sheet: Sheet, centres: list[tuple[float, float]]) -> None:
    for (x1, y1), (x2, y2) in pairwise(centres):
        long = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        across, up = (x2 - x1) / long, (y2 - y1) / long
        start = (x1 + across * (RADIUS + 2), y1 + up * (RADIUS + 2))
        end = (x2 - across * (RADIUS + 2), y2 - up * (RADIUS + 2))
        sheet.arrow([start, end], stroke=INK, thick=2.5, head=11)


def _card(diagram: PdsaRamp, place: int, look: Look, stride: float) -> Card:
    width = look.width - (RADIUS * 2 + 8 + place * stride)
    room = width - 12
    cycle = diagram.cycles[place]
    test = lay(f"{place + 1}. {cycle.test}", look.type, room, bold=True)
    return Card((test, lay(f"Learned: {cycle.learned}", look.small + 1, room)), width)


def table(diagram: PdsaRamp) -> Table:
    rows = [(f"{number}", cycle.test, cycle.learned) for number, cycle in enumerate(diagram.cycles, 1)]
    return table_of(("Cycle", "Test", "Learned"), rows)
