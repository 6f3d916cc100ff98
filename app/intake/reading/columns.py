"""Rows of text become a table: the first is the header, and every later one is fitted to it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from app.intake.reading import limits
from app.intake.reading.naming import columns_letter, listed, rows_named
from app.intake.reading.shape import CellKind, RefusedFileError, Row

MOST_REMEMBERED = 50_000
_NUMBER = re.compile(r"[-+]?[\d.,]*\d(?:[eE][-+]?\d+)?%?")
_DATE = re.compile(r"\d{1,4}[-/.](?:\d{1,2}|[A-Za-z]{3,9})[-/.]\d{2,4}(?:[ T][\d:.]+)?")
_INSURANCE = r"[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d]"
_SOMEBODYS = re.compile(rf"\+?\d[\d ]{{4,}}|[^@\s]+@[^@\s]+\.[^@\s]+|{_INSURANCE}|{_DATE.pattern}")
_RECORD = re.compile(rf"\b(?:{_INSURANCE}|\d{{5,}}|{_DATE.pattern})\b|@")
"""What a name of a column never has in it: there, a whole record stands in one cell."""
ADD_HEADER = "Add a first row with the name of each column, such as Employee Number."


@dataclass(frozen=True, slots=True)
class Gathered:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    remarks: tuple[str, ...]


def gathered(found: Iterator[Row], name: str, *, missing: CellKind = CellKind.TEXT) -> Gathered:
    """The header and the rows under it; rows with nothing in them are passed over.

    `missing` is the kind of a cell that a short row does not have: EMPTY where rows end at their last value.

    Raises RefusedFileError where there is no header, or a column that has something in it has no name.
    """
    filled = (row for row in found if any(cell.strip() for cell in row.cells))
    first = next(filled, None)
    if first is None:
        raise RefusedFileError(f"{name} is empty. Choose a file with a header and rows under it.")
    columns = _header(first, name)
    fitting = _Fitting(name, len(columns), len(first.cells), missing)
    rows = tuple(fitting.fitted(row) for row in filled)
    if not rows:
        raise RefusedFileError(f"{name} has a header and nothing under it. Choose a file with rows under its header.")
    if len(columns) == 1 and fitting.long:
        raise RefusedFileError(
            f"{name}: row {first.number:,} has one name, “{columns[0][:80]}”, and the rows under it have more cells. "
            f"If it is a title, delete it, so that the header comes first."
        )
    return Gathered(columns, rows, tuple(fitting.remarks()))


def _header(row: Row, name: str) -> tuple[str, ...]:
    """The names, without those empty ones at the end that a spreadsheet leaves."""
    names = [composed(cell).strip() for cell in row.cells]
    while not names[-1]:
        names.pop()
    if len(names) > limits.MOST_COLUMNS:
        raise RefusedFileError(
            f"{name} has {len(names):,} columns. At most {limits.MOST_COLUMNS} are read: leave some out."
        )
    numbers_alone = all(_NUMBER.fullmatch(each) or _DATE.fullmatch(each) for each in names if each)
    one_record = len(names) == 1 and _RECORD.search(names[0])
    if numbers_alone or one_record or any(_SOMEBODYS.fullmatch(each) for each in names):
        raise RefusedFileError(f"{name} has no header: row {row.number:,} looks like somebody's record. {ADD_HEADER}")
    unnamed = [columns_letter(index) for index, each in enumerate(names) if not each]
    if unnamed:
        raise RefusedFileError(
            f"{name}: the header (row {row.number:,}) has no name in column {listed(unnamed)}. "
            f"Name every column, or take the empty one out."
        )
    _refuse_twice(names, row.number, name)
    return tuple(names)


def _refuse_twice(names: list[str], number: int, name: str) -> None:
    first: dict[str, int] = {}
    for index, each in enumerate(names):
        before = first.setdefault(" ".join(each.casefold().split()), index)
        if before != index:
            raise RefusedFileError(
                f"{name}: the header (row {number:,}) has “{each}” twice, in columns {columns_letter(before)} and "
                f"{columns_letter(index)}. Give each column a name of its own."
            )


class _Fitting:
    """Fits rows to the header. What many rows say in the same words is kept once."""

    def __init__(self, name: str, width: int, header_cells: int, missing: CellKind) -> None:
        self.name = name
        self.width = width
        self.header_cells = header_cells
        self.missing = missing
        self.count = 0
        self.short: list[int] = []
        self.long: list[int] = []
        self.lost: list[int] = []
        self.texts: dict[str, str] = {}
        self.kinds: dict[tuple[CellKind, ...], tuple[CellKind, ...]] = {}

    def fitted(self, row: Row) -> Row:
        self.count += 1
        if self.count > limits.MOST_ROWS:
            raise RefusedFileError(f"{self.name} has more than {limits.MOST_ROWS:,} rows. Split it into smaller files.")
        cells, kinds = row.cells, row.kinds
        if len(cells) != self.width:
            cells, kinds = self._fit(row)
        remembered = self.texts
        kept = tuple(cell and (remembered.get(cell) or self._kept(cell, row.number)) for cell in cells)
        return Row(row.number, kept, self.kinds.setdefault(kinds, kinds))

    def _fit(self, row: Row) -> tuple[tuple[str, ...], tuple[CellKind, ...]]:
        missing = self.width - len(row.cells)
        if missing > 0:
            self.short.append(row.number)
            return row.cells + ("",) * missing, row.kinds + (self.missing,) * missing
        end = len(row.cells)
        while end > self.width and not row.cells[end - 1].strip():
            end -= 1
        if end > self.width:
            self._refuse_nameless(row)
            self.long.append(row.number)
        return row.cells[:end], row.kinds[:end]

    def _refuse_nameless(self, row: Row) -> None:
        """The header's row goes on with empty cells, and under one of them is something: a column without a name."""
        for index in range(self.width, min(self.header_cells, len(row.cells))):
            if row.cells[index].strip():
                raise RefusedFileError(
                    f"{self.name}: column {columns_letter(index)} has no name in the header, and row {row.number:,} "
                    f"has something in it. Name the column, or take it out. {ADD_HEADER}"
                )

    def _kept(self, cell: str, number: int) -> str:
        text = composed(cell)
        if "\ufffd" in text and self.lost[-1:] != [number]:
            self.lost.append(number)
        if len(self.texts) < MOST_REMEMBERED:
            self.texts[cell] = text
        return text

    def remarks(self) -> Iterator[str]:
        if self.short and self.missing is not CellKind.EMPTY:
            yield f"{rows_named(self.short, 'has')} fewer cells than the header: the missing ones were read as empty."
        if self.long:
            yield f"{rows_named(self.long, 'has')} more cells than the header."
        if self.lost:
            yield f"{rows_named(self.lost, 'has')} the sign � where a letter was lost before the file came here."


def composed(text: str) -> str:
    """In NFC, cell by cell: composing a whole file would make separators, for ";" has a double in Greek."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
