"""Figures as a page of their own, which opens without a network and prints on paper."""

from collections.abc import Sequence
from pathlib import Path

from app.charts.drawing.markup import element, text

STYLE_FILE = Path(__file__).parent / "style.css"
STYLE = STYLE_FILE.read_text()
"""The rules of every figure: which of its two pictures shows, and how its words and table look."""


def page(title: str, figures: Sequence[str]) -> str:
    """A whole HTML document. `figures` are markup from `figure` and `pareto_figure`."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", text(title)),
        f"<style>\n{STYLE}</style>",
    )
    body = element("body", element("main", element("h1", text(title)), *figures), class_="chart-page")
    return f"<!doctype html>\n{element('html', head, body, lang='en-GB')}"
