"""Steps in order: arrows side by side, or one below the other on a phone."""

from math import ceil

from app.curriculum.format.diagrams import Sequence, SequenceStep
from app.curriculum.text.diagrams.sheet import ACT, PAPER, QUIET, Card, Look, Sheet, Words, lay
from app.curriculum.text.diagrams.table import Table, table_of
from app.curriculum.text.drawing import Element

POINT = 12
"""How far an arrow's tip reaches."""
ABREAST = 4


def draw(diagram: Sequence, look: Look) -> Element:
    sheet = Sheet(look.width)
    if look.is_narrow:
        _column(sheet, diagram, look)
    else:
        rows = ceil(len(diagram.steps) / ABREAST)
        across = ceil(len(diagram.steps) / rows)
        wide = (look.width - POINT) / across
        heads = [_head(step, place, look, wide - 2 * POINT - 10) for place, step in enumerate(diagram.steps)]
        for first in range(0, len(diagram.steps), across):
            _row(sheet, diagram.steps, heads, range(first, min(first + across, len(heads))), look, wide)
    return sheet.drawing(diagram.title, diagram.description)


def _row(sheet: Sheet, steps: list[SequenceStep], heads: list[Words], places: range, look: Look, wide: float) -> None:
    """Some of the steps, under what is drawn already."""
    y = sheet.height + (20 if sheet.height else 2)
    tall = max(head.height for head in heads) + 20
    below = y + tall + 8
    sheet.height = below
    for column, place in enumerate(places):
        x = column * wide
        _chevron(sheet, x, y, wide - 4, tall)
        sheet.write(heads[place], (x + POINT + 8, y + (tall - heads[place].height) / 2), fill=PAPER)
        about = lay(steps[place].about, look.small + 1, wide - 22)
        sheet.height = max(sheet.height, sheet.write(about, (x + 4, below)) + 6)


def _head(step: SequenceStep, place: int, look: Look, room: float) -> Words:
    return lay(f"{place + 1}. {step.text}", look.type, room, bold=True)


def _chevron(sheet: Sheet, x: float, y: float, wide: float, tall: float) -> None:
    tip, middle = x + wide + POINT, y + tall / 2
    sheet.shape(
        [(x, y), (tip - POINT, y), (tip, middle), (tip - POINT, y + tall), (x, y + tall), (x + POINT, middle)], fill=ACT
    )


def _column(sheet: Sheet, diagram: Sequence, look: Look) -> None:
    radius, y = 17.0, 2.0
    x = 2 * radius + 14
    for place, step in enumerate(diagram.steps):
        room = look.width - x - 4
        card = Card((lay(step.text, look.type + 1, room, bold=True), lay(step.about, look.type, room)), room, pad=0)
        tall = max(card.height, 2 * radius)
        sheet.add("circle", cx=radius + 2, cy=y + radius, r=radius, fill=ACT)
        number = Words((f"{place + 1}",), look.type + 1, bold=True)
        sheet.write(number, (radius + 2, y + radius - number.height / 2), anchor="middle", fill=PAPER)
        sheet.stack(card, (x, y + max(0.0, (2 * radius - card.height) / 2)))
        if place + 1 < len(diagram.steps):
            sheet.arrow([(radius + 2, y + 2 * radius + 3), (radius + 2, y + tall + 17)], stroke=QUIET)
        y += tall + 20
    sheet.height = y - 14


def table(diagram: Sequence) -> Table:
    rows = [(f"{number}. {step.text}", step.about) for number, step in enumerate(diagram.steps, 1)]
    return table_of(("Step", "About"), rows)
