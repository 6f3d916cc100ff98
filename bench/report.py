"""The result as tables: on the screen, and in docs/performance.md between two marks."""

import platform
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import fastapi
import sqlalchemy as sa
import uvicorn
from rich.console import Console
from rich.table import Table

from bench.measuring import PAGE, Cells

BEGIN, END = "<!-- measured: written by make bench -->", "<!-- end of what was measured -->"
HEADER = ("", "at once", "p50 ms", "p95 ms", "p99 ms", "requests/s", "of the bare page", "server CPU ms", "bytes")


@dataclass(frozen=True)
class Result:
    """`idle` and `loaded`: proportional set size of all server processes in MiB."""

    cells: Cells
    idle: float
    loaded: float
    seconds_to_start: float
    people: int

    def rows(self) -> Iterator[tuple[str, ...]]:
        for name in dict.fromkeys(name for name, _ in self.cells):
            for (found, many), cell in self.cells.items():
                if found == name:
                    ratio = cell.rate / self.cells[PAGE, many].rate
                    yield (
                        name if many == 1 else "",
                        str(many),
                        *(number(wait) for wait in (cell.p50, cell.p95, cell.p99)),
                        number(cell.rate),
                        f"{ratio:.2f}" if ratio >= 0.01 else f"{ratio:.3f}",
                        number(cell.cpu),
                        f"{cell.bytes:,.0f}",
                    )

    def around(self) -> list[str]:
        memory = f"{self.idle:.0f} MiB before, {self.loaded:.0f} MiB after the load"
        return [
            f"Memory of all server processes (PSS): {memory}.",
            f"First answer {self.seconds_to_start:.1f} s after the start.",
        ]


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def show(out: Console, result: Result) -> None:
    table = Table(title=f"{result.people:,} people, two years of history", title_justify="left")
    for number, title in enumerate(HEADER):
        table.add_column(title, justify="right" if number else "left", no_wrap=True)
    for row in result.rows():
        table.add_row(*row, end_section=row[1] == "32")
    out.print(table)
    for line in result.around():
        out.print(line)


def write(path: Path, result: Result) -> None:
    """Replace what stands between the marks; the words around it are written by hand."""
    lines = as_lines(HEADER, result.rows())
    versions = (
        f"Python {platform.python_version()}, FastAPI {fastapi.__version__}, uvicorn {uvicorn.__version__}, "
        f"SQLAlchemy {sa.__version__}, SQLite; measured on {datetime.now(UTC):%d %B %Y}."
    )
    put(path, BEGIN, END, [*lines, "", *result.around(), "", versions])


def as_lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table in Markdown: the first column words, the others figures."""
    return [" | ".join(("", *row, "")).strip() for row in (header, ("---", *["---:"] * (len(header) - 1)), *rows)]


def put(path: Path, begin: str, end: str, lines: Sequence[str]) -> None:
    block = "\n".join([begin, "", *lines, "", end])
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(f"{begin}.*{end}", lambda _: block, text, flags=re.DOTALL), encoding="utf-8")
