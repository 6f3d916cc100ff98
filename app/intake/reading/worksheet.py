"""One sheet, read as it streams by: nothing but the rows with something in them is kept.

A library for spreadsheets would hold the whole sheet, and every cell between two far corners, before anything could be
refused: 50,000 rows by 20 columns took it 137 MB where this takes 54. Nor does it say what is hidden.
"""

import re
from collections.abc import Generator
from xml.parsers import expat

from app.intake.reading import limits
from app.intake.reading.archive import Archive, Attributes, local
from app.intake.reading.dates import iso
from app.intake.reading.naming import columns_letter
from app.intake.reading.seen import Seen
from app.intake.reading.shape import CellKind, RefusedFileError, Row
from app.intake.reading.text import UNSEEN, codepoint
from app.intake.reading.workbook import Sheet, Workbook
from app.intake.reading.xlsx_text import shortest, written

_BOOLEANS = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T00:00(?::00(?:\.0+)?)?Z?)?")


def stream(archive: Archive, workbook: Workbook, sheet: Sheet, seen: Seen) -> Generator[Row, None, None]:
    """The rows with something in them, as they stream by; `seen` is whole once they have ended.

    Raises RefusedFileError.
    """
    reader = _Reader(archive, workbook, seen)
    for _ in archive.parsing(sheet.part, reader.parser(), limits.LARGEST_SHEET):
        reader.check_amount()
        yield from reader.rows
        reader.rows.clear()


class _Reader:
    def __init__(self, archive: Archive, workbook: Workbook, seen: Seen) -> None:
        self.archive = archive
        self.workbook = workbook
        self.seen = seen
        self.rows: list[Row] = []
        self.number = 0
        self.hidden = False
        self.column = -1
        self.cells: dict[int, tuple[str, CellKind]] = {}
        self.kind = ""
        self.style = ""
        self.formula = False
        self.reading_aid = False
        self.taking = False
        self.pieces: list[str] = []
        self.elements = 0
        self.held = 0
        self.indexes = {columns_letter(index): index for index in range(limits.MOST_COLUMNS)}
        self.starts = {
            "row": self.start_row,
            "c": self.start_cell,
            "v": self.start_text,
            "t": self.start_text,
            "f": self.start_formula,
            "rPh": self.start_reading_aid,
            "col": self.take_columns,
            "mergeCell": self.take_merged,
        }
        self.ends = {
            "c": self.end_cell,
            "v": self.end_text,
            "t": self.end_text,
            "row": self.end_row,
            "rPh": self.end_reading_aid,
        }

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        return parser

    def start(self, tag: str, attributes: Attributes) -> None:
        self.elements += 1
        take = self.starts.get(tag) or self.starts.get(local(tag))
        if take:
            take(attributes)

    def end(self, tag: str) -> None:
        take = self.ends.get(tag) or self.ends.get(local(tag))
        if take:
            take()

    def check_amount(self) -> None:
        """Asked after each block and each row: asking for each cell would cost more than reading it."""
        if self.elements > limits.MOST_ELEMENTS or self.held > limits.MOST_TEXT:
            raise RefusedFileError(
                f"{self.archive.name} holds far more than a staff list. Copy the rows with people in them into a new "
                f"spreadsheet and bring that file."
            )

    def characters(self, text: str) -> None:
        if self.taking:
            self.pieces.append(text)

    def start_row(self, attributes: Attributes) -> None:
        number = int(attributes.get("r", self.number + 1))
        if number <= self.number:
            raise self.archive.broken()
        self.number, self.column, self.cells = number, -1, {}
        self.hidden = attributes.get("hidden") in {"1", "true"}

    def start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
        else:
            letters = reference.rstrip("0123456789")
            column = self.indexes.get(letters)
            self.column = self.beyond(letters) if column is None else column
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s", "0")
        self.formula = False
        self.pieces.clear()

    def beyond(self, letters: str) -> int:
        """The column after the last that is read: formats reach there, and a value is refused at its cell's end."""
        if not letters.isascii() or not letters.isalpha():
            raise self.archive.broken()
        return limits.MOST_COLUMNS

    def start_text(self, _: Attributes) -> None:
        self.taking = not self.reading_aid

    def start_formula(self, _: Attributes) -> None:
        self.formula = True

    def end_text(self) -> None:
        self.taking = False

    def start_reading_aid(self, _: Attributes) -> None:
        self.reading_aid = True

    def end_reading_aid(self) -> None:
        self.reading_aid = False

    def end_cell(self) -> None:
        raw = self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)
        if self.formula:
            self.seen.formulas.add(self.place())
        if not raw and not self.formula:
            return
        if self.column >= limits.MOST_COLUMNS:
            raise RefusedFileError(
                f"{self.archive.name}: row {self.number:,} has something in column {columns_letter(self.column)} or "
                f"beyond. At most {limits.MOST_COLUMNS} columns are read: take out what is so far to the right."
            )
        text, kind = self.value(raw)
        self.held += len(text)
        if kind is CellKind.ERROR:
            self.seen.errors.add(self.place())
        elif self.formula:
            kind = CellKind.FORMULA
        self.cells[self.column] = (text, CellKind.EMPTY if kind is CellKind.TEXT and not text else kind)

    def place(self) -> str:
        return f"{columns_letter(self.column)}{self.number}"

    def value(self, raw: str) -> tuple[str, CellKind]:
        kind = self.kind
        if kind == "s":
            return self.checked(self.shared(raw)), CellKind.TEXT
        if kind == "n":
            return self.number_or_date(raw)
        if kind == "b":
            return _BOOLEANS.get(raw, raw), CellKind.TEXT
        if kind == "e":
            return raw, CellKind.ERROR
        if kind == "d":
            day = _DAY.fullmatch(raw)
            return (day.group(1) if day else self.checked(raw)), CellKind.DATE
        return self.checked(written(raw)), CellKind.TEXT

    def shared(self, raw: str) -> str:
        index = int(raw)
        if not 0 <= index < len(self.workbook.texts):
            raise self.archive.broken()
        return self.workbook.texts[index]

    def number_or_date(self, raw: str) -> tuple[str, CellKind]:
        if not raw:
            return "", CellKind.EMPTY
        text = shortest(raw.strip())
        if text is None:
            raise self.archive.broken()
        if self.style in self.workbook.dates:
            day = iso(float(raw), from_1904=self.workbook.from_1904)
            if day is not None:
                return day, CellKind.DATE
        return text, CellKind.NUMBER

    def checked(self, text: str) -> str:
        unseen = None if text.isprintable() else UNSEEN.search(text)
        if unseen:
            raise RefusedFileError(
                f"{self.archive.name}: cell {self.place()} holds a control character ({codepoint(unseen.group())}), "
                f"which no name or number has. Delete it there and save the file again."
            )
        return text

    def end_row(self) -> None:
        self.check_amount()
        if not any(text.strip() for text, _ in self.cells.values()):
            return
        if self.hidden:
            self.seen.hidden_rows.append(self.number)
        empty = ("", CellKind.EMPTY)
        filled = [self.cells.get(index, empty) for index in range(max(self.cells) + 1)]
        texts, kinds = zip(*filled, strict=True)
        self.rows.append(Row(self.number, texts, kinds))

    def take_columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in {"1", "true"}:
            first, last = max(int(attributes.get("min", 1)), 1), min(int(attributes.get("max", 0)), limits.MOST_COLUMNS)
            self.seen.hidden_columns.update(range(first - 1, last))

    def take_merged(self, attributes: Attributes) -> None:
        self.seen.merged.add(attributes.get("ref", ""))
