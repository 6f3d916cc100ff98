"""Three questions above a wheel: the Model for Improvement (Langley and others, 2009)."""

from app.curriculum.format.diagrams import ModelForImprovement
from app.curriculum.text.diagrams.sheet import ACT, INK, SHADED, Card, Look, Sheet, lay
from app.curriculum.text.diagrams.table import Table, table_of
from app.curriculum.text.diagrams.wheel import turning, wheel
from app.curriculum.text.drawing import Element

QUESTIONS = (
    ("Aim", "What are we trying to accomplish?"),
    ("Measure", "How will we know that a change is an improvement?"),
    ("Change", "What change can we make that will result in improvement?"),
)
RADIUS = 116


def _answered(diagram: ModelForImprovement) -> list[tuple[str, str, str]]:
    answers = (diagram.aim, diagram.measure, diagram.change)
    return [(name, question, answer or "") for (name, question), answer in zip(QUESTIONS, answers, strict=True)]


def draw(diagram: ModelForImprovement, look: Look) -> Element:
    sheet = Sheet(look.width)
    width = min(look.width - 4, 560)
    left = (look.width - width) / 2
    y = 2.0
    for _, question, answer in _answered(diagram):
        room = width - 36
        paragraphs = [lay(question, look.type + 1, room, bold=True)]
        paragraphs += [lay(answer, look.type, room)] if answer else []
        card = Card(tuple(paragraphs), width, pad=16, gap=4)
        below = sheet.card(card, (left, y), SHADED)
        sheet.add("rect", x=left, y=y, width=6, height=below - y, fill=ACT)
        y = below + 10
    middle = look.width / 2
    sheet.arrow([(middle, y - 10), (middle, y + 24)], stroke=INK, thick=3, head=13)
    centre = (middle, y + 44 + RADIUS)
    wheel(sheet, centre, RADIUS)
    turning(sheet, centre, RADIUS + 12)
    sheet.height = centre[1] + RADIUS + 24
    return sheet.drawing(diagram.title, diagram.description)


def table(diagram: ModelForImprovement) -> Table:
    rows = _answered(diagram)
    if any(answer for _, _, answer in rows):
        return table_of(("Part", "Question", "Here"), [(n, q, a or "–") for n, q, a in rows])
    return table_of(("Part", "Question"), [(name, question) for name, question, _ in rows])
