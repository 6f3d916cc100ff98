"""What every staff file becomes, whatever it was written with: one table of text, and why a file is refused."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.errors import DomainError


class CellKind(StrEnum):
    """What the file says a cell is. A separated file says nothing: all of its cells are TEXT."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FORMULA = "formula"
    ERROR = "error"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a staff file.

    `number` is where a person finds it: the row a spreadsheet shows, or the line of a staff record file (header = 1).
    `cells` are text in NFC with their outer spaces, at least as many as the table has columns; more where the row had
    more. `kinds` are as many as the cells.
    """

    number: int
    cells: tuple[str, ...]
    kinds: tuple[CellKind, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A staff file, read.

    `source` is csv, xlsx or go. `columns` is the header as written, without outer spaces: no name is empty and none is
    there twice. `remarks` are sentences for the person who brought the file. `sheets` are the names of a spreadsheet's
    sheets, empty for other files.
    """

    source: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    remarks: tuple[str, ...]
    sheets: tuple[str, ...]


class RefusedFileError(DomainError):
    """The file is refused whole. The message says what is wrong, where, and the remedy."""

    status = 422
