"""Series out of a CSV file: each fault is named with file, line, column and remedy."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.charts.series import ChartError, Series, X

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
WHOLE = re.compile(r"[+-]?\d+")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MISSING = {"", "NA"}
"""An empty cell, or the way in which R writes one."""


class FileError(ChartError):
    """A file that cannot be read as asked. The message names the file and, where there is one, line and column."""

    def __init__(self, source: str, message: str, line: int | None = None, column: str | None = None) -> None:
        where = [source, *([f"line {line}"] if line else []), *([f"column {column}"] if column else [])]
        super().__init__(f"{', '.join(where)}: {message}")


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns to read. Several `by` name a series together: "AHH / BAC"."""

    date: str
    value: str
    denominator: str | None = None
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file with its header; blank lines are left out. `source` is how messages name it."""

    source: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def require(self, column: str) -> None:
        """Raise FileError unless there is exactly one such column."""
        found = self.header.count(column)
        if not found:
            raise FileError(self.source, f"There is no column {column}. It has: {', '.join(self.header)}.", 1)
        if found > 1:
            raise FileError(self.source, f"{found} columns are called {column}. Give each its own name.", 1)


def read_table(content: bytes, source: str) -> Table:
    """The rows of a UTF-8 file with commas. Raises FileError when it is no such file or has no rows."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(source, "It is not UTF-8 text. Save it as “CSV UTF-8”.") from None
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = tuple(name.strip() for name in next(lines, []))
        rows = tuple(Row(lines.line_num, _cells(source, header, row, lines.line_num)) for row in lines if any(row))
    except csv.Error as error:
        raise FileError(source, f"It is not well-formed CSV ({error}). Save it anew as CSV.", lines.line_num) from None
    if not rows:
        raise FileError(source, "It has no rows. It needs a line of column names, then one line for each date.")
    return Table(source, header, rows)


def _cells(source: str, header: Sequence[str], row: Sequence[str], line: int) -> dict[str, str]:
    if len(row) != len(header):
        remedy = "Put cells with commas inside in quotation marks."
        raise FileError(source, f"{len(row)} cells, where the header has {len(header)}. {remedy}", line)
    return {name: cell.strip() for name, cell in zip(header, row, strict=True)}


@dataclass(frozen=True, slots=True)
class SeriesInFile:
    """A series, and where its points stand, so that what is wrong with one can be found."""

    series: Series
    table: Table
    columns: Columns
    lines: dict[X, int]

    def located(self, error: ChartError) -> FileError:
        """The same error with its file, and line and column where one point is to blame."""
        return located(error, self.table, self.columns, self.lines, self.series.name)


def located(error: ChartError, table: Table, columns: Columns, lines: dict[X, int], name: str) -> FileError:
    column = {"date": columns.date, "value": columns.value, "denominator": columns.denominator}.get(error.column or "")
    line = None if error.x is None else lines.get(error.x)
    said = f"Series {name}: {error}" if columns.by else str(error)
    return FileError(table.source, said, line, column)


def read_series(table: Table, columns: Columns) -> list[SeriesInFile]:
    """The file's series, in the order in which they first appear. Raises FileError at the first fault.

    An empty value makes a gap. Without `by` the one series bears the name of the value's column.
    """
    for column in (columns.date, columns.value, columns.denominator, *columns.by):
        if column is not None:
            table.require(column)
    grouped: dict[str, list[Row]] = {}
    for row in table.rows:
        name = " / ".join(row.cells[column] for column in columns.by) or columns.value
        grouped.setdefault(name, []).append(row)
    return [_series(table, columns, name, rows) for name, rows in grouped.items()]


def _series(table: Table, columns: Columns, name: str, rows: Sequence[Row]) -> SeriesInFile:
    xs = [_x(table, row, columns.date) for row in rows]
    for x, row in zip(xs, rows, strict=True):
        if isinstance(x, date) is not isinstance(xs[0], date):
            remedy = f"Line {rows[0].line} has {xs[0]}. Use dates or whole numbers throughout."
            raise FileError(table.source, f"{x} mixes dates with numbers. {remedy}", row.line, columns.date)
    values = [number(table, row, columns.value) for row in rows]
    sizes = [number(table, row, columns.denominator) for row in rows] if columns.denominator else None
    # Of a date that is there twice, the later line is the one to name.
    lines = {x: row.line for x, row in zip(xs, rows, strict=True)}
    try:
        return SeriesInFile(Series.of(name, xs, values, sizes), table, columns, lines)
    except ChartError as error:
        raise located(error, table, columns, lines, name) from None


def _x(table: Table, row: Row, column: str) -> X:
    cell = row.cells[column]
    try:
        return point_of(cell)
    except ChartError as error:
        raise FileError(table.source, str(error), row.line, column) from None


def point_of(text: str) -> X:
    """The date or whole number that a text names. Raises ChartError for anything else."""
    if WHOLE.fullmatch(text):
        return int(text)
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        raise ChartError(f"{text} is no day of the calendar. Correct it.") from None
    said = f"“{text}” is no date" if text else "The date is empty"
    raise ChartError(f"{said}. Write dates as 2024-03-31, or number the points 1, 2, 3.")


def number(table: Table, row: Row, column: str) -> float | None:
    """The number in a cell; None when it is missing. Raises FileError for anything else."""
    cell = row.cells[column]
    if cell in MISSING:
        return None
    if not NUMBER.fullmatch(cell):
        remedy = "Write it in plain figures, such as 1234.5, or leave the cell empty if it is not known."
        raise FileError(table.source, f"“{cell}” is no number. {remedy}", row.line, column)
    return float(cell)
