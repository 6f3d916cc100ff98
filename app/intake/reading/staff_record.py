"""The staff record system's generic outbound file: a header, persons, their assignments, a footer that counts them.

What a learning platform has no business with (National Insurance number, birth date, home address, phone, gender) is
left where it is: fields are taken by position, and those have no column.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from app.intake.reading import limits
from app.intake.reading.columns import MOST_REMEMBERED, composed
from app.intake.reading.separated import records
from app.intake.reading.shape import CellKind, RefusedFileError, Row, Table

RECORD_TYPES = ("HDR", "PER", "ASG", "FTR")
PERSON = (
    ("Person Id", 1),
    ("Employee Number", 2),
    ("Title", 3),
    ("Last Name", 4),
    ("First Name", 5),
    ("Middle Names", 6),
    ("Hire Date", 11),
    ("Termination Date", 12),
    ("Email", 24),
)
ASSIGNMENT = (
    ("Assignment Number", 2),
    ("Start", 3),
    ("End", 4),
    ("Status", 5),
    ("Supervisor Employee Number", 17),
    ("Primary", 22),
    ("Organisation", 32),
    ("Position Title", 34),
    ("Job Role", 35),
    ("Grade", 38),
    ("Staff Group", 39),
)
COLUMNS = tuple(name for name, _ in (*PERSON, *ASSIGNMENT))
DATES = {"Hire Date", "Termination Date", "Start", "End"}
SHORTEST = {"PER": 25, "ASG": 40}
DATE_FIELDS = {"PER": (9, 11, 12), "ASG": (3, 4)}
WRITE_AGAIN = "Write the file again from the staff record system."
_NATIONAL_INSURANCE = re.compile(r"[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Z]?", re.IGNORECASE)
_DATE = re.compile(r"\d{8}|")
_START = 200


def is_staff_record(text: str, name: str) -> bool:
    """Whether the file is meant as one, complete or not."""
    first = text[:_START].lstrip().partition(",")[0].strip().strip('"')
    return first in RECORD_TYPES or name.lower().endswith(".dat")


def read_staff_record(text: str, encoding: str, name: str) -> Table:
    """A row for each assignment, and one for each person without any. Raises RefusedFileError."""
    file = _File(name)
    file.take_all(text)
    rows = tuple(sorted(file.rows(), key=lambda row: row.number))
    if not rows:
        raise RefusedFileError(f"{name} holds nobody. {WRITE_AGAIN}")
    return Table("go", COLUMNS, rows, (f"The file was read as {encoding}, a staff record file.",), ())


@dataclass(slots=True)
class _Person:
    line: int
    cells: tuple[str, ...]
    assigned: bool = False


@dataclass(slots=True)
class _File:
    name: str
    persons: dict[str, _Person] = field(default_factory=dict)
    unnumbered: list[_Person] = field(default_factory=list)
    assignments: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    count: int = 0
    begun: bool = False
    ended: bool = False

    def take_all(self, text: str) -> None:
        for line, cells in self._records(text):
            kind = cells[0].strip()
            if self.ended:
                raise self._refused(line, "comes after the footer (FTR)")
            if not self.begun and kind != "HDR":
                raise RefusedFileError(f"{self.name} has no header: its first line is not HDR. {WRITE_AGAIN}")
            self._take(kind, line, cells)
        if not self.begun:
            raise RefusedFileError(f"{self.name} is empty. {WRITE_AGAIN}")
        if not self.ended:
            raise RefusedFileError(f"{self.name} has no footer (FTR): it was cut short. {WRITE_AGAIN}")

    def _records(self, text: str) -> Iterator[tuple[int, list[str]]]:
        number, found = 0, records(text, ",")
        while True:
            number += 1
            try:
                cells = next(found, None)
            except csv.Error:
                raise self._refused(number, "has a quotation mark that does not pair") from None
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                yield number, cells

    def _take(self, kind: str, line: int, cells: list[str]) -> None:
        if kind == "HDR":
            if self.begun:
                raise self._refused(line, "is a second header (HDR): two files were put together")
            self.begun = True
        elif kind == "FTR":
            self._end(line, cells)
        elif kind in SHORTEST:
            self._check_places(kind, line, cells)
            self.count += 1
            if len(self.assignments) > limits.MOST_ROWS or len(self.persons) > limits.MOST_ROWS:
                raise RefusedFileError(
                    f"{self.name} has more than {limits.MOST_ROWS:,} rows. Split it into smaller files."
                )
            (self._take_person if kind == "PER" else self._take_assignment)(line, cells)
        else:
            raise self._refused(line, f"begins with none of {', '.join(RECORD_TYPES)}")

    def _take_person(self, line: int, cells: list[str]) -> None:
        person = _Person(line, self._fields(cells, PERSON))
        number = cells[2].strip()
        if not number:
            self.unnumbered.append(person)
        elif number in self.persons:
            raise self._refused(line, f"is the same person (PER) as line {self.persons[number].line:,}")
        else:
            self.persons[number] = person

    def _take_assignment(self, line: int, cells: list[str]) -> None:
        self.assignments.append((line, self._fields(cells, ASSIGNMENT)))

    def _fields(self, cells: list[str], wanted: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
        """What many records say in the same words is kept once."""
        return tuple(self._kept(_field(cells, name, at)) for name, at in wanted)

    def _kept(self, text: str) -> str:
        return self.texts.setdefault(text, text) if len(self.texts) < MOST_REMEMBERED else self.texts.get(text, text)

    def _end(self, line: int, cells: list[str]) -> None:
        told = cells[2].strip() if len(cells) > 2 else ""  # noqa: PLR2004 - the count is the third field
        if not told.isdecimal() or int(told) != self.count:
            raise self._refused(
                line,
                f"(the footer) counts {told[:10] or 'no'} records where the file has {self.count:,}: some are lost",
            )
        self.ended = True

    def _check_places(self, kind: str, line: int, cells: list[str]) -> None:
        """Fields that moved would bring what must be left out into a column that is read."""
        taken = [cells[at] for _, at in (PERSON if kind == "PER" else ASSIGNMENT) if at < len(cells)]
        if (
            len(cells) < SHORTEST[kind]
            or not all(_DATE.fullmatch(cells[at].strip()) for at in DATE_FIELDS[kind])
            or any(_NATIONAL_INSURANCE.fullmatch(cell.strip()) for cell in taken)
        ):
            raise self._refused(line, f"({kind}) does not have its fields where the format has them")

    def _refused(self, line: int, wrong: str) -> RefusedFileError:
        return RefusedFileError(f"{self.name}: line {line:,} {wrong}. {WRITE_AGAIN}")

    def rows(self) -> Iterator[Row]:
        for line, cells in self.assignments:
            number = cells[0].strip()
            person = self.persons.get(number) or self.persons.get(number.rpartition("-")[0])
            if person is None:
                raise self._refused(line, "is an assignment (ASG) whose person (PER) is not in the file")
            person.assigned = True
            yield _row(line, person.cells + cells)
        for person in (*self.persons.values(), *self.unnumbered):
            if not person.assigned:
                yield _row(person.line, person.cells + ("",) * len(ASSIGNMENT))


def _row(line: int, cells: tuple[str, ...]) -> Row:
    return Row(line, cells, _kinds(tuple(bool(cell) for cell in cells)))


@lru_cache(maxsize=1024)
def _kinds(filled: tuple[bool, ...]) -> tuple[CellKind, ...]:
    return tuple(_kind(name, is_filled) for name, is_filled in zip(COLUMNS, filled, strict=True))


def _kind(column: str, is_filled: bool) -> CellKind:
    if not is_filled:
        return CellKind.EMPTY
    return CellKind.DATE if column in DATES else CellKind.TEXT


def _field(cells: list[str], column: str, at: int) -> str:
    text = composed(cells[at])
    parts = [part.strip() for part in text.split("|")]
    if column in DATES:
        return _iso(text.strip())
    if column == "Job Role":
        group = [part.strip() for part in cells[39].split("|")]
        return composed(group[1]) if len(group) > 1 and group[1] else text
    if column == "Staff Group":
        return parts[0]
    if column == "Position Title" and len(parts) > 1:
        return parts[1]
    if column == "Grade" and len(parts) > 1:
        return next((part for part in reversed(parts) if part), "")
    return text


def _iso(text: str) -> str:
    """An impossible day stays as written: the row's own check names it."""
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat() if text else ""
    except ValueError:
        return text
