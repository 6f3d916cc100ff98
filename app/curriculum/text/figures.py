"""Figures: a drawing for wide screens, one for narrow ones, a caption, and the same data as a table."""

import re
from dataclasses import dataclass, field

from app.curriculum.files import Shelf
from app.curriculum.text.blocks import Block
from app.curriculum.text.cleaning import clean
from app.curriculum.text.context import Writing
from app.curriculum.text.drawing import Element, read_svg, smallest_text, view_box, written
from app.curriculum.text.markup import render_line

WIDE, NARROW = 640, 320
ON_A_PHONE = 288
SMALLEST, SMALLEST_ON_A_PHONE = 14, 11
_NAME = re.compile(r"^[a-z0-9][a-z0-9-]*\.svg$")


@dataclass(slots=True)
class Figures:
    """A course's folder of drawings, and which of them have been shown."""

    shelf: Shelf
    course: str
    shown: set[str] = field(default_factory=set)

    def drawing(self, name: str) -> Element | None:
        self.shown.add(name)
        file = self.shelf.read(self.course, "figures", name)
        return read_svg(file, self.shelf.findings) if file else None

    def has(self, name: str) -> bool:
        return self.shelf.exists(self.course, "figures", name)


def figure_html(writing: Writing, block: Block, table: str, figures: Figures) -> str:
    """The whole figure; nothing when its drawing cannot be used, which is then a finding."""
    name, _, caption = (part.strip() for part in block.title.partition("|"))
    if not _NAME.match(name):
        writing.tell(f"'{name}' is not the name of a drawing", "Write ::: figure NAME.svg | Caption", block.line)
        return ""
    if not caption:
        writing.tell(f"the figure {name} has no caption", f"Write ::: figure {name} | What it shows", block.line)
    if "<table" not in table:
        writing.tell(f"the figure {name} has no table", "Write the same data as a table inside it", block.line)
    drawing = figures.drawing(name)
    narrow_name = name.replace(".svg", ".narrow.svg")
    narrow = figures.drawing(narrow_name) if figures.has(narrow_name) else None
    if drawing is None or view_box(drawing) is None or (narrow and view_box(narrow) is None):
        return ""
    _check_size(writing, drawing, narrow, name, block.line)
    return _html(writing, name, (drawing, narrow), clean(render_line(writing, caption, block.line)[0]), clean(table))


def _html(writing: Writing, name: str, drawings: tuple[Element, Element | None], caption: str, table: str) -> str:
    writing.figures += 1
    wide, narrow = drawings
    number = f"{writing.prefix}figure-{writing.figures}"
    pictures = f'<div class="app-figure__wide">{written(wide, f"{number}w-")}</div>'
    if narrow:
        pictures += f'<div class="app-figure__narrow">{written(narrow, f"{number}n-")}</div>'
    kind = "app-figure app-figure--two" if narrow else "app-figure"
    return (
        f'<div class="{kind}" id="{writing.new_id("figure-" + name.removesuffix(".svg"))}"><figure>{pictures}'
        f'<figcaption class="app-figure__caption">{caption}</figcaption></figure>'
        '<details class="nhsuk-details app-figure__data"><summary class="nhsuk-details__summary">'
        '<span class="nhsuk-details__summary-text">The same in a table</span></summary>'
        f'<div class="nhsuk-details__text">{table}</div></details></div>\n'
    )


def _check_size(writing: Writing, wide: Element, narrow: Element | None, name: str, line: int) -> None:
    """Text must be readable at the width at which the drawing is shown."""
    if (size := _text_at(wide, WIDE)) < SMALLEST:
        writing.tell(f"the text in {name} is only {size:g} high", f"Make it at least {SMALLEST} at {WIDE} wide", line)
    if narrow and (size := _text_at(narrow, NARROW)) < SMALLEST:
        remedy = f"Make it at least {SMALLEST} at {NARROW} wide"
        writing.tell(f"the text in the narrow version of {name} is only {size:g} high", remedy, line)
    if narrow is None and (size := _text_at(wide, ON_A_PHONE)) < SMALLEST_ON_A_PHONE:
        remedy = f"Draw {name.replace('.svg', '.narrow.svg')}, {NARROW} wide"
        writing.tell(f"the text in {name} is only {size:.0f} high on a phone", remedy, line)


def _text_at(drawing: Element, shown: float) -> float:
    """The height of its smallest text when it is shown at most so wide."""
    box = view_box(drawing)
    return smallest_text(drawing) * min(1.0, shown / box[0]) if box else float("inf")
