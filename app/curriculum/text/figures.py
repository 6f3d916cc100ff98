"""Figures: a drawing for wide screens, one for narrow ones, a caption, and the same data as a table."""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from app.curriculum.files import Shelf, SourceFile
from app.curriculum.format import DIAGRAMS, Diagram, checked_by_kind
from app.curriculum.located import Document
from app.curriculum.text.blocks import Block, is_from_data
from app.curriculum.text.cleaning import clean
from app.curriculum.text.context import Writing
from app.curriculum.text.diagrams import drawn, faults, table_html
from app.curriculum.text.drawing import Element, read_svg, smallest_text, view_box, written
from app.curriculum.text.markup import render_line

WIDE, NARROW = 640, 320
ON_A_PHONE = 288
SMALLEST, SMALLEST_ON_A_PHONE = 14, 11
_NAME = re.compile(r"^[a-z0-9][a-z0-9-]*\.(svg|yaml)$")


@dataclass(slots=True)
class Figures:
    """A course's folder of drawings, which of them have been shown, and the files of data among these."""

    shelf: Shelf
    course: str
    shown: set[str] = field(default_factory=set)
    data: list[tuple[SourceFile, Document]] = field(default_factory=list)

    def drawing(self, name: str) -> Element | None:
        self.shown.add(name)
        file = self.shelf.read(self.course, "figures", name)
        return read_svg(file, self.shelf.findings) if file else None

    def diagram(self, name: str) -> Diagram | None:
        """What a file of data says; None, with findings, when nothing can be drawn from it."""
        self.shown.add(name)
        file = self.shelf.read(self.course, "figures", name)
        read = checked_by_kind(DIAGRAMS, file, self.shelf.findings) if file else None
        if file is None or read is None:
            return None
        diagram, document = read
        self.data.append((file, document))
        found = list(faults(diagram))
        for where, message, remedy in found:
            self.shelf.findings.add(file.name, document.line(where), message, remedy)
        return None if found else diagram

    def has(self, name: str) -> bool:
        return self.shelf.exists(self.course, "figures", name)

    def remedy(self, missing: str) -> str:
        """What to do about a name that no file has."""
        folder = f"{self.course}/figures"
        there = self.shelf.files(folder) if self.shelf.exists(folder) else []
        near = get_close_matches(missing, there, n=1, cutoff=0.65)
        put = "Put it into the course's folder figures, or correct its name"
        return f"Did you mean '{near[0]}'? {put}" if near else put


def figure_html(writing: Writing, block: Block, table: str, figures: Figures) -> str:
    """The whole figure; nothing when its drawing cannot be used, which is then a finding."""
    name, _, caption = (part.strip() for part in block.title.partition("|"))
    if not _NAME.match(name):
        remedy = "Write ::: figure NAME.svg | Caption, or NAME.yaml for one that is drawn from data"
        writing.tell(f"'{name}' is not the name of a drawing", remedy, block.line)
        return ""
    if not caption:
        writing.tell(f"the figure {name} has no caption", f"Write ::: figure {name} | What it shows", block.line)
    if not figures.has(name):
        figures.shown.add(name)
        writing.tell(f"the figure '{name}' does not exist", figures.remedy(name), block.line)
        return ""
    if is_from_data(block.title):
        return _from_data(writing, block, name, caption, figures)
    if "<table" not in table:
        writing.tell(f"the figure {name} has no table", "Write the same data as a table inside it", block.line)
    drawing = figures.drawing(name)
    narrow_name = name.replace(".svg", ".narrow.svg")
    narrow = figures.drawing(narrow_name) if figures.has(narrow_name) else None
    if drawing is None or view_box(drawing) is None or (narrow and view_box(narrow) is None):
        return ""
    _check_size(writing, drawing, narrow, name, block.line)
    return _html(writing, name, (drawing, narrow), clean(render_line(writing, caption, block.line)[0]), clean(table))


def _from_data(writing: Writing, block: Block, name: str, caption: str, figures: Figures) -> str:
    if block.body.strip():
        remedy = "Leave it empty: the table is made from the data"
        writing.tell(f"the figure {name} is drawn from data and has words inside", remedy, block.first)
    diagram = figures.diagram(name)
    if diagram is None:
        return ""
    made = drawn(diagram)
    words, said = render_line(writing, caption, block.line)
    table = table_html(made.table, said.replace("{", "").replace("}", ""))
    return _html(writing, name, (made.wide, made.narrow), clean(words), clean(table))


def _html(writing: Writing, name: str, drawings: tuple[Element, Element | None], caption: str, table: str) -> str:
    writing.figures += 1
    wide, narrow = drawings
    number = f"{writing.prefix}figure-{writing.figures}"
    pictures = f'<div class="app-figure__wide">{written(wide, f"{number}w-")}</div>'
    if narrow:
        pictures += f'<div class="app-figure__narrow">{written(narrow, f"{number}n-")}</div>'
    kind = "app-figure app-figure--two" if narrow else "app-figure"
    return (
        f'<div class="{kind}" id="{writing.new_id("figure-" + name.rpartition(".")[0])}"><figure>{pictures}'
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
