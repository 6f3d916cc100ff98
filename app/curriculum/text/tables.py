"""Tables that a screen reader can follow and that scroll by themselves on a phone."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from app.curriculum.text.context import Writing
from app.curriculum.text.inline import said


def shape_tables(state: StateCore) -> None:
    """Give every header its scope, make each row's first cell its header, and alignment a class."""
    in_body = False
    for index, token in enumerate(state.tokens):
        if token.type in {"tbody_open", "tbody_close"}:
            in_body = token.type == "tbody_open"
        elif token.type in {"th_open", "td_open"}:
            first = in_body and state.tokens[index - 1].type == "tr_open"
            _shape(token, state.tokens[index + 1], state.tokens[index + 2], row_header=first)


def _shape(opening: Token, content: Token, closing: Token, *, row_header: bool) -> None:
    is_header = (opening.type == "th_open" or row_header) and content.content.strip() != ""
    opening.tag = closing.tag = "th" if is_header else "td"
    if is_header:
        opening.attrSet("scope", "row" if row_header else "col")
    if "right" in str(opening.attrs.pop("style", "")):
        opening.attrSet("class", "app-number")


def refuse_headless(writing: Writing, tokens: Sequence[Token]) -> None:
    """Rows that are no table, because the line below their head is missing or has other columns, are shown as words."""
    for opening, content in pairwise(tokens):
        rows = [n for n, row in enumerate(content.content.split("\n")) if row.lstrip().startswith("|")]
        if opening.type == "paragraph_open" and rows:
            line = writing.first_line + (opening.map[0] if opening.map else 0) + rows[0]
            remedy = "Write a row of heads, and below it | --- | --- | with as many columns"
            writing.tell("rows of a table without a head", remedy, line)


def table_label(writing: Writing, tokens: Sequence[Token], index: int) -> str:
    """The accessible name of a table's scrolling frame: the container's title, or its columns."""
    words = writing.label or ", ".join(_columns(tokens, index))
    return escapeHtml(f"Table: {words}".replace("{", "").replace("}", ""))


def _columns(tokens: Sequence[Token], index: int) -> Iterator[str]:
    for token in tokens[index:]:
        if token.type == "thead_close":
            return
        if token.type == "inline" and (words := said(token).strip()):
            yield words
