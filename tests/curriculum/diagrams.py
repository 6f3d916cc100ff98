"""Diagrams as a test writes them."""

from typing import Any

from app.curriculum.format import DIAGRAMS, Diagram


def diagram_of(kind: str, data: dict[str, Any]) -> Diagram:
    return DIAGRAMS[kind].model_validate({"kind": kind, "title": "A title", "description": "What it shows", **data})
