"""From a text to its final HTML and the words in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.curriculum.files import SourceFile
from app.curriculum.format import Activity, Source, Term
from app.curriculum.problems import Findings
from app.curriculum.text.appendix import appendix_html
from app.curriculum.text.blocks import Block, Box, split_blocks
from app.curriculum.text.boxes import box_html
from app.curriculum.text.cleaning import clean
from app.curriculum.text.context import Writing
from app.curriculum.text.figures import Figures, figure_html
from app.curriculum.text.markup import Passage, render
from app.curriculum.text.pointers import activity_html, video_html
from app.curriculum.text.self_check import self_check
from app.curriculum.text.tabs import tabs

STRUCTURED = {Box.SELF_CHECK: self_check, Box.TABS: tabs}
"""Containers whose lines have a form of their own."""


@dataclass(frozen=True, slots=True)
class Library:
    """What a course's texts may refer to. `terms` are keyed by the term in small letters."""

    sources: Mapping[str, Source]
    terms: Mapping[str, Term]
    figures: Figures
    findings: Findings


@dataclass(frozen=True, slots=True)
class Prepared:
    """`html` is final but for the trust's own words (app.curriculum.words). `passages` leave out help and tables."""

    html: str
    passages: list[Passage] = field(default_factory=list)
    used: tuple[str, ...] = ()
    """The terms in it, in small letters."""
    notes: str = ""
    """What stands in it for whoever teaches it: never sent to learners."""


def prepare(file: SourceFile, library: Library, prefix: str = "", activities: Iterable[Activity] = ()) -> Prepared:
    """A module's text. Everything wrong with it is among the library's findings. `prefix` begins each of its ids.

    `activities` are those of the module: the text may lead to them.
    """
    to_do = {activity.id: activity for activity in activities}
    writing = Writing(file.name, library.findings, library.sources, library.terms, prefix, to_do)
    html: list[str] = []
    notes: list[str] = []
    passages: list[Passage] = []
    for block in split_blocks(file, library.findings):
        made, said = _block(writing, block, library.figures)
        if block.box is Box.FACILITATOR:
            notes.append(made)
            continue
        html.append(made)
        passages += said
    html.append(clean(appendix_html(writing)))
    return Prepared("".join(html), passages, tuple(writing.used), "".join(notes))


def prepare_words(file: str, line: int, text: str, findings: Findings) -> Prepared:
    """A question's stem or explanation: paragraphs, lists and tables, no headings, terms or references."""
    writing = Writing(file, findings, {}, {}, plain=True)
    html, passages = render(writing, text, line)
    return Prepared(clean(html), passages)


def _block(writing: Writing, block: Block, figures: Figures) -> tuple[str, list[Passage]]:
    writing.in_box = block.box is not Box.TEXT
    writing.help = block.box is Box.HELP
    if block.box in STRUCTURED:
        html, passages = STRUCTURED[block.box](writing, block)
        return clean(html), passages
    is_figure = block.box is Box.FIGURE
    writing.label = block.title.partition("|")[2].strip() if is_figure else block.title
    body, passages = render(writing, block.body, block.first)
    if is_figure:
        return figure_html(writing, block, body, figures), []
    if block.box in {Box.ACTIVITY, Box.REFLECTION}:
        return clean(activity_html(writing, block, body)), passages
    if block.box is Box.VIDEO:
        return clean(video_html(writing, block, body)), []
    return clean(box_html(writing, block, body)), [] if writing.help else passages
