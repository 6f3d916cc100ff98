"""Drawings: parsed without entities or outside references, held to a list of elements and attributes, written anew."""

from app.curriculum.text.drawing.checking import smallest_text, view_box
from app.curriculum.text.drawing.element import Element
from app.curriculum.text.drawing.parsing import read_svg
from app.curriculum.text.drawing.writing import written

__all__ = ["Element", "read_svg", "smallest_text", "view_box", "written"]
