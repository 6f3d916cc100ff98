"""Files of values with a separator between them: comma, semicolon or tab."""

import csv
import re
from collections.abc import Iterator
from itertools import islice

from app.intake.reading.columns import gathered
from app.intake.reading.naming import rows_named
from app.intake.reading.shape import CellKind, RefusedFileError, Row, Table

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
SAMPLED = 200
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_TOLD = re.compile(r"\"?sep=([,;\t])\"?[,;\t]*(?:\r\n|\r|\n)")


def read_separated(text: str, encoding: str, name: str) -> Table:
    """Raises RefusedFileError."""
    told = _TOLD.match(text)
    separator = told.group(1) if told else _separator(text)
    found = _rows(text, separator, name)
    if told:
        next(found)
    whole = gathered(found, name)
    said = f"The file was read as {encoding}"
    remarks = [f"{said}, separated by {SEPARATORS[separator]}." if len(whole.columns) > 1 else f"{said}, one column."]
    broken = [row.number for row in whole.rows if any("\n" in cell or "\r" in cell for cell in row.cells)]
    if broken:
        remarks.append(f"{rows_named(broken, 'has')} line breaks within a cell: rows are counted, not lines.")
    return Table("csv", whole.columns, whole.rows, (*remarks, *whole.remarks), ())


def records(text: str, separator: str) -> Iterator[list[str]]:
    """Every record, empty ones too. Raises csv.Error for quotation marks that do not pair."""
    return csv.reader((line.group() for line in _LINE.finditer(text)), delimiter=separator, strict=True)


def _rows(text: str, separator: str, name: str) -> Iterator[Row]:
    """Numbered as a spreadsheet does: a line break within a cell begins no row, an empty line is one."""
    kinds: dict[int, tuple[CellKind, ...]] = {}
    number, found = 0, records(text, separator)
    while True:
        number += 1
        try:
            cells = next(found, None)
        except csv.Error as error:
            raise _unpaired(name, number, error) from None
        if cells is None:
            return
        width = len(cells)
        if width not in kinds:
            kinds[width] = (CellKind.TEXT,) * width
        yield Row(number, tuple(cells), kinds[width])


def _unpaired(name: str, number: int, error: csv.Error) -> RefusedFileError:
    if "expected after" in str(error):
        wrong = f"row {number:,} has a quotation mark inside a quoted cell"
        return RefusedFileError(f'{name}: {wrong}. Write it twice there (""), or take it out.')
    wrong = f"a quotation mark is opened in row {number:,} and never closed"
    return RefusedFileError(f"{name}: {wrong}. Close it there, or take it out.")


def _separator(text: str) -> str:
    """Whichever splits the header, and the first rows most like the header; of two alike, the one with more columns."""
    return max(SEPARATORS, key=lambda separator: _likeness(text, separator))


def _likeness(text: str, separator: str) -> tuple[float, int]:
    found: list[list[str]] = []
    try:
        for cells in islice(records(text, separator), SAMPLED):
            if any(cell.strip() for cell in cells):
                found.append(cells)  # noqa: PERF401 - what came before an unpaired quotation mark counts
    except csv.Error:
        pass
    if not found or len(found[0]) < 2:  # noqa: PLR2004 - it splits nothing
        return (0, 0)
    width = len(found[0])
    return (sum(len(cells) == width for cells in found) / len(found), width)
