"""The data of a figure as a table, in the shape that tables of course text have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markdown_it.common.utils import escapeHtml


@dataclass(frozen=True, slots=True)
class Table:
    """Each row begins with its name. `numbers` are the places, from 0, of columns of figures."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


def table_of(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> Table:
    return Table(tuple(heads), tuple(tuple(row) for row in rows), frozenset(numbers))


def table_html(table: Table, label: str) -> str:
    """Not yet cleaned. `label` names the frame in which it scrolls."""
    heads = "".join(_cell("th", "col", place, head, table) for place, head in enumerate(table.heads))
    rows = "".join(f"<tr>{_row(row, table)}</tr>\n" for row in table.rows)
    return (
        f'<div class="app-table" role="group" tabindex="0" aria-label="{escapeHtml(f"Table: {label}")}">'
        f'<table class="app-table__table">\n<thead>\n<tr>{heads}</tr>\n</thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table></div>\n"
    )


def _row(row: Sequence[str], table: Table) -> str:
    name, *others = row
    cells = (_cell("td", "", place, words, table) for place, words in enumerate(others, 1))
    return _cell("th", "row", 0, name, table) + "".join(cells)


def _cell(tag: str, scope: str, place: int, words: str, table: Table) -> str:
    about = (f' scope="{scope}"' if scope else "") + (' class="app-number"' if place in table.numbers else "")
    return f"<{tag}{about}>{escapeHtml(words)}</{tag}>"
