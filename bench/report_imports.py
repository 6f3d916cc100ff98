"""What staff files took, as tables and beside the budgets: on the screen, and in docs/performance.md."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.importing import Imported
from bench.reading import Read
from bench.report import as_lines, number, put

BEGIN, END = "<!-- staff files: written by make bench -->", "<!-- end of staff files -->"
HEADER = (
    "", "rows", "lines", "preview s", "apply s", "MB", "of raw", "pages' p50 ms", "p95 ms", "at rest", "longest save s",
    "longest write s",
)  # fmt: skip
MOST_ROWS = 50_000
MOST_SECONDS, MOST_MEMORY, MOST_P95, MOST_WAIT = 60.0, 200.0, 500.0, 2.0


def rows(imported: Sequence[Imported]) -> Iterator[tuple[str, ...]]:
    for one in imported:
        both = one.preview + one.apply
        yield (
            f"{one.name}, {one.database}", f"{one.rows:,}", f"{one.lines:,}", number(one.preview), number(one.apply),
            f"{one.memory:.0f}", number(both / one.raw) if one.raw else "", number(one.p50), number(one.p95),
            number(one.at_rest), number(one.longest_save), number(one.longest_write),
        )  # fmt: skip


def budgets(imported: Sequence[Imported]) -> Iterator[tuple[bool, str]]:
    """Each budget, whether it was kept, in words; of files of at most so many rows as it is for."""
    held = [one for one in imported if one.rows <= MOST_ROWS * 1.02]
    on_sqlite = [one for one in held if one.database == "SQLite"]
    asked = [
        ("preview and apply together", "s", MOST_SECONDS, [one.preview + one.apply for one in held]),
        ("memory", "MB", MOST_MEMORY, [one.memory for one in held]),
        ("other people's pages meanwhile at p95", "ms", MOST_P95, [one.p95 for one in held]),
        ("the longest that anybody's save waited on SQLite", "s", MOST_WAIT, [
            max(one.longest_save, one.longest_write) for one in on_sqlite
        ]),
        ("answers refused", "", 1.0, [float(one.refused) for one in held]),
    ]  # fmt: skip
    for what, unit, most, found in asked:
        if found:
            kept = max(found) < most
            said = f"{number(max(found))} {unit}".strip()
            yield kept, f"{'Kept' if kept else 'BROKEN'}: {what} {said} at most, budget {most:,.0f} {unit}".strip()


def show(out: Console, imported: Sequence[Imported], read: Sequence[Read]) -> bool:
    """Whether all budgets were kept."""
    table = Table(title="Staff files, while twenty pages a second are asked for", title_justify="left")
    for place, title in enumerate(HEADER):
        table.add_column(title, justify="right" if place else "left")
    for row in rows(imported):
        table.add_row(*row)
    out.print(table)
    said = list(budgets(imported))
    for words in (*(words for _, words in said), *(one.said for one in read)):
        out.print(words)
    return all(kept for kept, _ in said) and all(one.kept for one in read)


def write(path: Path, imported: Sequence[Imported], read: Sequence[Read]) -> None:
    measured_on = f"Measured on {datetime.now(UTC):%d %B %Y}."
    words = [f"- {words}" for words in (*(words for _, words in budgets(imported)), *(one.said for one in read))]
    put(path, BEGIN, END, [*as_lines(HEADER, rows(imported)), "", *words, "", measured_on])
