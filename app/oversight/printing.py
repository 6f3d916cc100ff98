"""A report as the values of its printed page: the words of the screen, and its charts drawn for two columns on A4."""

from pathlib import Path
from typing import Any

from app.capability.sheets import file_words
from app.charts.drawing.frame import PRINT
from app.charts.drawing.levels import described, levels_svg
from app.charts.drawing.picture import svg
from app.charts.summary import summarise
from app.oversight import wording
from app.oversight.pictures import HOW, PRINT_WIDE, analyses, steps
from app.oversight.queries.reading import Reading
from app.web.words import day

TEMPLATE = Path(__file__).parent / "report.typ"
SVG = "http://www.w3.org/2000/svg"
SAYS_DEMONSTRATION = "Demonstration only. This trust does not exist."


def values(reading: Reading, *, heading: str, status: str, trust: str, demonstration: bool) -> dict[str, Any]:
    """Everything that report.typ shows, as text."""
    report, part = reading.report, reading.part
    charts, rows = analyses(report, part), steps(report, part)
    panels = [
        {
            "title": wording.TITLES[measure],
            "total": wording.total(part, measure, report),
            "svg": svg(charts[measure], measure.value, look=PRINT, namespace=SVG, headed=False)
            if measure in charts
            else "",
            "alt": f"{wording.TITLES[measure]}. {summarise(charts[measure])}" if measure in charts else "",
            "says": summarise(charts[measure]) if measure in charts else "",
            "definition": f"{wording.DEFINITIONS[measure]} {wording.as_at(report, measure)}.",
        }
        for measure in HOW
        if measure in part.monthly
    ]
    return {
        "heading": heading,
        "trust": trust,
        "demonstration": SAYS_DEMONSTRATION if demonstration else "",
        "as_at_day": day(report.as_at),
        "as_at": f"As at {day(report.as_at)}. {status}",
        "sentence": wording.sentence(report, part),
        "pyramid": {
            "title": wording.PYRAMID,
            "svg": levels_svg(rows, "pyramid", title=wording.PYRAMID, look=PRINT_WIDE, namespace=SVG),
            "alt": described(rows),
            "definition": f"{wording.HELD} {wording.AIMED_AT} As at {day(report.as_at)}.",
        },
        "panels": panels,
        "small_numbers": wording.SMALL_NUMBERS,
    }


def file_name(reading: Reading) -> str:
    """improvement-capability-medicine-2026-03-31.pdf"""
    return f"{file_words('improvement-capability', reading.part.name)}-{reading.report.as_at.isoformat()}.pdf"
