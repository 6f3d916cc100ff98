"""The same thing seen from two to four places, as tabs; without the script they stand below each other."""

import re

from markdown_it.common.utils import escapeHtml

from app.curriculum.text.blocks import Block
from app.curriculum.text.context import Writing
from app.curriculum.text.markup import Passage, render

FEWEST, MOST = 2, 4
_NAME = re.compile(r"^=== +(\S.*?)\s*$")


def tabs(writing: Writing, block: Block) -> tuple[str, list[Passage]]:
    """As HTML that is not yet cleaned, and its words. Fewer or more parts than fit, or an empty one, are findings."""
    parts = _parts(writing, block)
    if not FEWEST <= len(parts) <= MOST:
        message = f"the tabs '{block.title}' have {len(parts)} parts"
        writing.tell(message, f"Begin {FEWEST} to {MOST} parts with === Name", block.line)
    level, below = ("h3", "h4") if writing.has_heading else ("h2", "h3")
    links, panels, passages = [], [], []
    for place, (name, text, line) in enumerate(parts):
        made_id = writing.new_id(f"tab-{block.title}-{name}")
        body, said = render(writing, text, line)
        chosen = " nhsuk-tabs__list-item--selected" if place == 0 else ""
        links.append(
            f'<li class="nhsuk-tabs__list-item{chosen}"><a class="nhsuk-tabs__tab" href="#{made_id}">'
            f"{escapeHtml(name)}</a></li>"
        )
        hidden = " nhsuk-tabs__panel--hidden" if place else ""
        panels.append(
            f'<div class="nhsuk-tabs__panel{hidden}" id="{made_id}">'
            f'<{below} class="app-tabs__name">{escapeHtml(name)}</{below}>{body}</div>'
        )
        passages += said
    made_id = writing.new_id(f"at-{block.title}")
    title = f'<{level} class="app-box__title" id="{made_id}">{escapeHtml(block.title)}</{level}>'
    shown = f'<ul class="nhsuk-tabs__list">{"".join(links)}</ul>{"".join(panels)}'
    return f'{title}<div class="nhsuk-tabs app-tabs" data-module="nhsuk-tabs">{shown}</div>\n', passages


def _parts(writing: Writing, block: Block) -> list[tuple[str, str, int]]:
    """Each part's name, text and the line of its first line."""
    parts: list[tuple[str, list[str], int]] = []
    before = 0
    for number, line in enumerate(block.body.split("\n"), start=block.first):
        if begins := _NAME.match(line):
            parts.append((begins[1], [], number + 1))
        elif parts:
            parts[-1][1].append(line)
        elif line.strip() and not before:
            before = number
            writing.tell("these words stand before the first tab", "Begin a part with === Name", number)
    for name, lines, first in parts:
        if not "".join(lines).strip():
            writing.tell(f"the tab '{name}' is empty", "Write its text, or delete it", first - 1)
    return [(name, "\n".join(lines), first) for name, lines, first in parts]
