"""A process, step below step: in columns for those who do them, or in one column on a phone."""

from app.curriculum.format.diagrams import ProcessMap, Step
from app.curriculum.text.diagrams.sheet import INK, LATE, QUIET, SHADED, Card, Look, Paint, Point, Sheet, lay
from app.curriculum.text.diagrams.table import Table, table_of
from app.curriculum.text.drawing import Element

BETWEEN = 30
SLANT = 10
"""How far the sides of a decision reach out."""
HOUR, DAY = 60, 1440
TOGETHER = "\N{NO-BREAK SPACE}"
WAIT = Paint(stroke=LATE, ink=LATE, thick=1.5, dashes="4 3")
WIDEST = 300


def draw(diagram: ProcessMap, look: Look) -> Element:
    sheet = Sheet(look.width)
    y = 2.0 if look.is_narrow else _lanes(sheet, diagram, look)
    before: Point | None = None
    for number, step in enumerate(diagram.steps, 1):
        x, wide = _column(diagram, step, look)
        card = _card(diagram, step, number, look, wide)
        centre = x + wide / 2
        if before:
            y = _way(sheet, before, (centre, y), step, look)
        _step(sheet, step, card, (x, y))
        y += card.height
        before = (centre, y)
    sheet.height = y + 8
    if not look.is_narrow:
        _dividers(sheet, diagram)
    _total(sheet, diagram, look)
    return sheet.drawing(diagram.title, diagram.description)


def _lanes(sheet: Sheet, diagram: ProcessMap, look: Look) -> float:
    """The names above the columns; the height at which the steps may begin."""
    wide = look.width / len(diagram.lanes)
    cards = [Card((lay(lane, look.type, wide - 20, bold=True),), wide - 4) for lane in diagram.lanes]
    tall = max(card.height for card in cards)
    for place, card in enumerate(cards):
        sheet.card(card, (place * wide + 2, 2), SHADED, height=tall, centred=True)
    return tall + 16


def _dividers(sheet: Sheet, diagram: ProcessMap) -> None:
    for place in range(1, len(diagram.lanes)):
        x = sheet.width / len(diagram.lanes) * place
        sheet.line([(x, 2), (x, sheet.height)], stroke=QUIET, thick=1, dashes="3 4")


def _column(diagram: ProcessMap, step: Step, look: Look) -> tuple[float, float]:
    """Where a step's box begins, and how wide it is."""
    lane = diagram.lanes.index(step.lane) if step.lane in diagram.lanes else 0
    if look.is_narrow:
        return 2.0 + SLANT * lane, look.width - 4 - SLANT * (len(diagram.lanes) - 1)
    wide = look.width / len(diagram.lanes)
    own = min(wide - 16, WIDEST)
    return wide * lane + (wide - own) / 2, own


def _card(diagram: ProcessMap, step: Step, number: int, look: Look, wide: float) -> Card:
    room = wide - 16 - (2 * SLANT if step.decision else 0)
    paragraphs = [lay(f"{number}. {step.text}", look.small + 1, room)]
    if look.is_narrow and len(diagram.lanes) > 1:
        paragraphs.insert(0, lay(step.lane, look.small, room, bold=True))
    if step.minutes is not None:
        paragraphs.append(lay(duration(step.minutes), look.small, room, bold=True))
    return Card(tuple(paragraphs), wide, pad=9)


def _step(sheet: Sheet, step: Step, card: Card, at: Point) -> None:
    x, y = at
    if not step.decision:
        sheet.card(card, at, centred=True)
        return
    right, bottom, middle = x + card.width - 1, y + card.height - 1, y + card.height / 2
    corners = [
        (x + 1, middle), (x + SLANT, y + 1), (right - SLANT, y + 1),
        (right, middle), (right - SLANT, bottom), (x + SLANT, bottom),
    ]  # fmt: skip
    sheet.shape(corners, stroke=INK, thick=3)
    sheet.stack(card, (x, y + card.pad), centred=True)


def _way(sheet: Sheet, start: Point, below: Point, step: Step, look: Look) -> float:
    """From the step before to this one, past the wait if there is one; the height at which this one begins."""
    x, y = below
    bend = y + BETWEEN / 2 - 2
    if not step.wait:
        sheet.arrow(
            [start, (start[0], bend), (x, bend), (x, y + BETWEEN)] if start[0] != x else [start, (x, y + BETWEEN)]
        )
        return y + BETWEEN
    words = lay(f"wait {duration(step.wait)}", look.small, 130, bold=True)
    wide, tall = words.width + 16, words.height + 8
    top = y + BETWEEN - 6
    sheet.line([start, (start[0], bend), (x, bend), (x, top)] if start[0] != x else [start, (x, top)])
    left = min(max(x - wide / 2, 1), sheet.width - wide - 1)
    sheet.box((left, top), (wide, tall), WAIT)
    sheet.write(words, (left + wide / 2, top + 4), anchor="middle", fill=LATE)
    sheet.arrow([(x, top + tall), (x, top + tall + 20)])
    return top + tall + 20


def _total(sheet: Sheet, diagram: ProcessMap, look: Look) -> None:
    said = _sum_in_words(diagram)
    if said:
        words = lay(said, look.small + 1, look.width - 8, bold=True)
        sheet.height = sheet.write(words, (4, sheet.height + 8)) + 6


def _sum_in_words(diagram: ProcessMap) -> str:
    """Only where every step has its minutes: half a sum says nothing."""
    if any(step.minutes is None for step in diagram.steps):
        return ""
    work = sum(step.minutes or 0 for step in diagram.steps)
    waits = sum(step.wait or 0 for step in diagram.steps)
    if not waits:
        return f"In all {duration(work)} of work."
    return f"In all {duration(work + waits)}: {duration(work)} of work and {duration(waits)} of waiting."


def duration(minutes: int) -> str:
    """45 min; 1 h 30 min; 2 days 4 h."""
    days, rest = divmod(minutes, DAY)
    hours, left = divmod(rest, HOUR)
    parts = [(days, "day" if days == 1 else "days"), (hours, "h"), (left, "min")]
    said = [f"{count:,}{TOGETHER}{unit}" for count, unit in parts if count]
    return " ".join(said or [f"0{TOGETHER}min"])


def table(diagram: ProcessMap) -> Table:
    rows = [
        (
            f"{number}. {step.text}" + (" (decision)" if step.decision else ""),
            step.lane,
            "–" if step.wait is None else duration(step.wait),
            "–" if step.minutes is None else duration(step.minutes),
        )
        for number, step in enumerate(diagram.steps, 1)
    ]
    timed = [any(step.wait is not None for step in diagram.steps), any(s.minutes is not None for s in diagram.steps)]
    kept = [True, True, *timed]
    heads = ("Step", "Who", "Wait before it", "Time it takes")
    return table_of(_kept(heads, kept), [_kept(row, kept) for row in rows])


def _kept(cells: tuple[str, ...], kept: list[bool]) -> list[str]:
    return [cell for cell, keeps in zip(cells, kept, strict=True) if keeps]
