"""The rows of a list of completions, each checked by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import TypeVar

from app.intake.reading import CellKind, Row, Table
from app.intake.rules import values
from app.intake.rules.checking import lost_zeros
from app.intake.rules.past import cells
from app.intake.rules.past.columns import PastColumn, PastColumns
from app.intake.rules.rows import Problem
from app.intake.rules.values import CellError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PastRow:
    """That one person completed one course on one day, as a row says it. `course` is in the file's own words."""

    row: int
    number: str
    name: str
    course: str
    on: date
    provider: str
    edition: int | None
    minutes: int | None
    certificate: str
    expiry: date | None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A row that is left out, or that changes nothing, and why."""

    row: int
    number: str
    course: str
    why: str


@dataclass(frozen=True, slots=True)
class CheckedPast:
    rows: tuple[PastRow, ...]
    problems: tuple[Problem, ...]
    not_completed: tuple[NotTaken, ...]


def checked(table: Table, columns: PastColumns) -> CheckedPast:
    """What the rows say, and everything that is wrong with them."""
    reader = _Reader(table, columns)
    shorter = lost_zeros(table, table.columns.index(columns.says[PastColumn.EMPLOYEE_NUMBER]))
    rows: list[PastRow] = []
    problems: list[Problem] = []
    not_completed: list[NotTaken] = []
    for row in table.rows:
        found, wrong = reader.read(row)
        if isinstance(found, NotTaken):
            not_completed.append(found)
            continue
        if found.number and row.number in shorter:
            wrong.append(
                Problem(row.number, reader.name(PastColumn.EMPLOYEE_NUMBER), shorter[row.number], found.number)
            )
        problems += wrong
        if not wrong:
            rows.append(found)
    return CheckedPast(tuple(rows), tuple(problems), tuple(not_completed))


class _Reader:
    """Takes one row apart. Every cell is looked at, so that all that is wrong is told at once."""

    def __init__(self, table: Table, columns: PastColumns) -> None:
        self.columns = columns
        self.at = {column: table.columns.index(name) for column, name in columns.says.items()}

    def name(self, column: PastColumn) -> str:
        return self.columns.says.get(column, str(column))

    def read(self, row: Row) -> tuple[PastRow | NotTaken, list[Problem]]:
        """A row that says “not completed” is left out whatever else it says."""
        wrong: list[Problem] = []

        def take(column: PastColumn, check: Callable[[str, CellKind], T], otherwise: T) -> T:
            if column not in self.at:
                return otherwise
            try:
                return check(row.cells[self.at[column]], row.kinds[self.at[column]])
            except CellError as error:
                wrong.append(Problem(row.number, self.name(column), str(error), number))
                return otherwise

        number = ""
        number = intern(take(PastColumn.EMPLOYEE_NUMBER, values.employee_number, ""))
        course = intern(take(PastColumn.COURSE, cells.course, ""))
        if not take(PastColumn.RESULT, cells.completed, True):
            said = row.cells[self.at[PastColumn.RESULT]].strip()[:80]
            return NotTaken(row.number, number, course, f"Its result is “{said}”"), []
        names = (PastColumn.GIVEN_NAME, PastColumn.FAMILY_NAME, PastColumn.NAME)
        said_names = [take(c, lambda t, k: values.words(t, k, "name", 250, needed=False), "") for c in names]
        column = self.name(PastColumn.MINUTES)
        on = take(PastColumn.COMPLETED_ON, lambda t, k: cells.day(t, k, "day of completion", needed=True), None)
        expiry = take(PastColumn.EXPIRY, lambda t, k: cells.day(t, k, "expiry", needed=False), None)
        if on and expiry and expiry < on:
            reason = "It expires before the day on which it was completed. Correct one"
            wrong.append(Problem(row.number, self.name(PastColumn.EXPIRY), reason, number))
        found = PastRow(
            row=row.number,
            number=number,
            name=" ".join(filter(None, said_names)),
            course=course,
            on=on or date.min,
            provider=intern(take(PastColumn.PROVIDER, _words("provider", cells.LONGEST_PROVIDER), "")),
            edition=take(PastColumn.EDITION, cells.edition, None),
            minutes=take(PastColumn.MINUTES, lambda t, k: cells.minutes(t, k, column), None),
            certificate=take(PastColumn.CERTIFICATE, _words("certificate number", cells.LONGEST_CERTIFICATE), ""),
            expiry=expiry,
        )
        return found, wrong


def _words(label: str, most: int) -> Callable[[str, CellKind], str]:
    return lambda text, kind: values.words(text, kind, label, most, needed=False)
