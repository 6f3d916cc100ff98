"""Markdown as course text uses it: paragraphs, lists, tables, quotations, headings of one level, links."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from app.curriculum.text.context import Writing
from app.curriculum.text.inline import add_inline_rules, said, writing_of
from app.curriculum.text.tables import refuse_headless, shape_tables, table_label

HEADING = "h2"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words as they are read aloud, with their line. `counts` for the reading age: not headings, not tables."""

    line: int
    words: str
    counts: bool


def _markdown() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False}).enable("table")
    md.disable(["code", "fence", "hr", "lheading", "reference", "html_block", "html_inline", "image"])
    add_inline_rules(md)
    md.core.ruler.at("inline", _inline)
    md.core.ruler.push("tables", shape_tables)
    md.core.ruler.push("headings", _headings)
    md.core.ruler.push("links", _links)
    md.add_render_rule("table_open", _table_open)
    md.add_render_rule("table_close", _table_close)
    return md


def _inline(state: StateCore) -> None:
    """As the parser's own, but each piece knows its line."""
    writing = writing_of(state.env)
    for token in state.tokens:
        if token.type == "inline":
            writing.line = writing.first_line + (token.map[0] if token.map else 0)
            token.children = token.children or []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _headings(state: StateCore) -> None:
    writing = writing_of(state.env)
    for opening, content in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type != "heading_open":
            continue
        line = writing.first_line + (opening.map[0] if opening.map else 0)
        words = said(content).strip()
        if writing.plain or writing.in_box:
            writing.tell("a heading stands inside a container or a question", "Use bold words instead", line)
        elif opening.tag != HEADING:
            writing.tell(
                f"a heading of level {opening.markup}", "Use ## for every heading: the page has its own #", line
            )
        elif not words:
            writing.tell("an empty heading", "Write its words, or delete the line", line)
        writing.has_heading = True
        opening.attrSet("id", writing.new_id(f"at-{words}"))
        opening.attrSet("class", "app-heading")


def _links(state: StateCore) -> None:
    writing = writing_of(state.env)
    for token in state.tokens:
        for child in token.children or ():
            href = str(child.attrGet("href") or "")
            unsafe = child.type == "link_open" and not href.startswith(("https://", "mailto:"))
            if unsafe or (child.type == "text" and "](" in child.content):
                line = writing.first_line + (token.map[0] if token.map else 0)
                writing.tell(f"the link to '{href[:60]}' leads nowhere safe", "Use an address with https://", line)
            if unsafe:
                child.attrSet("href", "#")


def _table_open(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    label = table_label(writing_of(env), tokens, index)
    return f'<div class="app-table" role="group" tabindex="0" aria-label="{label}"><table class="app-table__table">\n'


def _table_close(
    _renderer: RendererHTML, _tokens: Sequence[Token], _index: int, _options: OptionsDict, _env: EnvType
) -> str:
    return "</table></div>\n"


_MARKDOWN = _markdown()


def render(writing: Writing, text: str, first_line: int) -> tuple[str, list[Passage]]:
    """HTML that is not yet cleaned, and its passages. `first_line` is the line of the text's first line in its file."""
    writing.first_line = writing.line = first_line
    env = {"writing": writing}
    tokens = _MARKDOWN.parse(text, env)
    refuse_headless(writing, tokens)
    return _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env), list(_passages(tokens, first_line))


def render_line(writing: Writing, text: str, line: int) -> tuple[str, str]:
    """One line, such as a title, as HTML that is not yet cleaned and as plain words."""
    writing.first_line = writing.line = line
    env = {"writing": writing}
    tokens = _MARKDOWN.parseInline(text, env)
    words = " ".join(said(token) for token in tokens)
    return _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env), words


def _passages(tokens: Sequence[Token], first_line: int) -> list[Passage]:
    found, inside = [], ""
    for token in tokens:
        if token.type in {"heading_open", "table_open"}:
            inside = token.type
        elif token.type in {"heading_close", "table_close"}:
            inside = ""
        elif token.type == "inline":
            line = first_line + (token.map[0] if token.map else 0)
            found.append(Passage(line, said(token), not inside))
    return found
