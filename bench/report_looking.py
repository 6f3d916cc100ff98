"""What leads and the board look at, as tables and beside the budgets: on the screen, and in docs/performance.md."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.looking import Looked, Night
from bench.report import as_lines, number, put
from bench.yardstick import yardstick

BEGIN, END = "<!-- levels: written by make bench -->", "<!-- end of levels -->"
PAGES = ("", "p50 ms", "p95 ms", "server CPU ms", "statements", "alone ms", "of alone", "budget p50 / p95 ms")
NIGHTS = ("", "s", "CPU s", "MB", "needs set, people copied")
MOST_SECONDS, MOST_MEMORY = 60.0, 300.0
YARDSTICK = "The yardstick, a fixed piece of Python and SQLite, took this machine {} ms (bench/yardstick.py)."


def page_rows(looked: Sequence[Looked]) -> Iterator[tuple[str, ...]]:
    for one in looked:
        asked = " / ".join(f"{most:,.0f}" for most in (one.page.budget, one.page.late) if most)
        yield (
            f"{one.page.name}, {one.database}", number(one.p50), number(one.p95), number(one.cpu),
            str(one.statements), number(one.raw), number(one.p50 / one.raw), asked,
        )  # fmt: skip


def night_rows(nights: Sequence[Night]) -> Iterator[tuple[str, ...]]:
    for one in nights:
        name = f"{one.name}, {one.database}"
        yield name, number(one.seconds), number(one.cpu), number(one.memory), f"{one.effects:,}"


def budgets(looked: Sequence[Looked], nights: Sequence[Night]) -> Iterator[tuple[bool, str]]:
    """Each budget, whether it was kept, in words."""
    for one in looked:
        for what, found, most in (("p50", one.p50, one.page.budget), ("p95", one.p95, one.page.late)):
            if most:
                yield _said(f"{one.page.name}, {one.database}, {what}", found, most, "ms")
        if one.whole:
            yield False, f"BROKEN: {one.page.name}, {one.database}, reads all of {', '.join(one.whole)}"
    for night in nights:
        name = f"{night.name}, {night.database},"
        yield _said(name, night.seconds, MOST_SECONDS, "s")
        yield _said(name, night.memory, MOST_MEMORY, "MB")
    lists = [one for one in looked if not one.page.wide]
    if lists and not any(one.whole for one in lists):
        yield True, f"Kept: none of {len(lists)} lists reads a large table from end to end (EXPLAIN of each statement)"


def _said(what: str, found: float, most: float, unit: str) -> tuple[bool, str]:
    kept = found <= most
    return kept, f"{'Kept' if kept else 'BROKEN'}: {what} {number(found)} {unit}, budget {most:,.0f} {unit}"


def show(out: Console, people: int, looked: Sequence[Looked], nights: Sequence[Night]) -> bool:
    """Whether all budgets were kept."""
    for title, header, rows in (
        (f"{people:,} people, five years", PAGES, page_rows(looked)),
        ("By the worker, for everybody", NIGHTS, night_rows(nights)),
    ):
        table = Table(title=title, title_justify="left")
        for place, name in enumerate(header):
            table.add_column(name, justify="right" if place else "left")
        for row in rows:
            table.add_row(*row)
        out.print(table)
    said = list(budgets(looked, nights))
    for _, words in said:
        out.print(words)
    out.print(YARDSTICK.format(number(yardstick())))
    return all(kept for kept, _ in said)


def write(path: Path, looked: Sequence[Looked], nights: Sequence[Night]) -> None:
    measured_on = f"Measured on {datetime.now(UTC):%d %B %Y}."
    words = [f"- {words}" for _, words in budgets(looked, nights)]
    tables = [*as_lines(PAGES, page_rows(looked)), "", *as_lines(NIGHTS, night_rows(nights))]
    machine = YARDSTICK.format(number(yardstick()))
    put(path, BEGIN, END, [*tables, "", *words, "", f"{measured_on} {machine}"])
