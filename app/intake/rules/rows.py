"""The rows of a staff file, each checked by itself and beside the others."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import TypeVar

from app.intake.reading import CellKind, Row, Table
from app.intake.rules import values
from app.intake.rules.columns import Column, Columns
from app.intake.rules.values import CellError
from app.organisation.rules import first_without

T = TypeVar("T")

LONGEST_PLACE = 120
LONGEST_ROLE = 120
LONGEST_GROUP = 80
LONGEST_BAND = 40
LONGEST_STATUS = 120


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is not taken: where, which column by its name in the file, why, and whose if that can be told.

    `by_decision`: nothing is wrong with the row, but somebody has to decide what its words mean or who it is.
    """

    row: int
    column: str
    reason: str
    number: str = ""
    by_decision: bool = False


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One post of one person, as a row says it. Places, staff group and band are in the file's own words."""

    row: int
    number: str
    assignment: str | None
    given: str
    family: str
    email: str | None
    directorate: str
    team: str
    staff_group: str
    job_role: str
    band: str
    manager: str | None
    primary: bool | None
    starts_on: date
    ends_on: date | None
    """The first day without the post; a file says the last day with it."""
    status: str = ""


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """`seen` are the employee numbers of all rows, wrong ones too; `unreadable`, whether some row's cannot be told."""

    rows: tuple[StaffRow, ...]
    problems: tuple[Problem, ...]
    seen: frozenset[str]
    unreadable: bool
    says: frozenset[Column]


def checked(table: Table, columns: Columns) -> CheckedRows:
    """What the rows say, and everything that is wrong with them."""
    reader = _Reader(columns)
    rows: list[StaffRow] = []
    problems: list[Problem] = []
    numbers: dict[int, str] = {}
    shorter = lost_zeros(table, reader.at.get(Column.EMPLOYEE_NUMBER))
    for row in table.rows:
        found, number, wrong = reader.read(row)
        if number and row.number in shorter:
            wrong.append(Problem(row.number, reader.name(Column.EMPLOYEE_NUMBER), shorter[row.number], number))
        problems += wrong
        if number:
            numbers[row.number] = number
        if found and not wrong:
            rows.append(found)
    beside = list(_beside_each_other(rows, reader))
    refused = {problem.row for problem in beside}
    return CheckedRows(
        rows=tuple(row for row in rows if row.row not in refused),
        problems=(*problems, *beside),
        seen=frozenset(numbers.values()),
        unreadable=len(numbers) < len(table.rows) or bool(shorter),
        says=frozenset(columns.says),
    )


class _Reader:
    """Takes one row apart. Every cell is looked at, so that all that is wrong is told at once."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.at = columns.places()

    def name(self, column: Column) -> str:
        return self.columns.says.get(column, str(column))

    def read(self, row: Row) -> tuple[StaffRow | None, str, list[Problem]]:
        wrong: list[Problem] = []

        def take(column: Column, check: Callable[[str, CellKind], T], otherwise: T) -> T:
            if column not in self.at:
                return otherwise
            try:
                return check(row.cells[self.at[column]], row.kinds[self.at[column]])
            except CellError as error:
                wrong.append(Problem(row.number, self.name(column), str(error), number))
                return otherwise

        number = ""
        number = intern(take(Column.EMPLOYEE_NUMBER, values.employee_number, ""))
        group, role = take(Column.STAFF_GROUP, _staff_group, ("", ""))
        written = take(Column.JOB_ROLE, lambda t, k: _words(t, k, "job role", LONGEST_ROLE, needed=not role), "")
        starts_on = take(Column.START, lambda t, k: values.day(t, k, "start", needed=True), None)
        last = take(Column.END, lambda t, k: values.day(t, k, "end", needed=False), None)
        found = StaffRow(
            row=row.number,
            number=number,
            assignment=_shared(take(Column.ASSIGNMENT_NUMBER, values.assignment_number, None)),
            given=take(Column.GIVEN_NAME, lambda t, k: values.name(t, k, "given name", needed=False), ""),
            family=take(Column.FAMILY_NAME, lambda t, k: values.name(t, k, "family name", needed=True), ""),
            email=_shared(take(Column.EMAIL, values.email, None)),
            directorate=take(Column.DIRECTORATE, lambda t, k: _words(t, k, "directorate", LONGEST_PLACE), ""),
            team=take(Column.TEAM, lambda t, k: _words(t, k, "team", LONGEST_PLACE), ""),
            staff_group=group,
            job_role=written or role,
            band=take(Column.BAND, lambda t, k: _words(t, k, "band", LONGEST_BAND * 3, needed=False), ""),
            manager=_shared(take(Column.MANAGER, values.assignment_number, None)),
            primary=take(Column.PRIMARY, values.flag, None),
            starts_on=starts_on or date.min,
            ends_on=first_without(last),
            status=take(
                Column.STATUS, lambda t, k: _words(t, k, "assignment status", LONGEST_STATUS, needed=False), ""
            ),
        )
        if starts_on and last and last < starts_on:
            wrong.append(Problem(row.number, self.name(Column.END), "The end is before the start. Correct one", number))
        if number and found.manager == number:
            reason = "They are named as their own manager. Correct it"
            wrong.append(Problem(row.number, self.name(Column.MANAGER), reason, number))
        return found, number, wrong


def _shared(text: str | None) -> str | None:
    """One string for all that are equal: the file and what is known of staff say most things twice."""
    return intern(text) if text else None


def _words(text: str, kind: CellKind, label: str, most: int, *, needed: bool = True) -> str:
    return intern(values.words(text, kind, label, most, needed=needed))


def _staff_group(text: str, kind: CellKind) -> tuple[str, str]:
    """The staff group, and the job role where the staff record writes both into one cell: “Group|Role”."""
    group, _, role = values.words(text, kind, "staff group", LONGEST_GROUP + LONGEST_ROLE).partition("|")
    return intern(group.strip()), intern(role.strip("| ")[:LONGEST_ROLE])


def lost_zeros(table: Table, at: int | None) -> dict[int, str]:
    """Rows whose employee number is a number to the spreadsheet, and shorter than others: its zeros may be lost.

    `at` is the place of that column in a row.
    """
    if at is None:
        return {}
    figures = [(row.number, row.cells[at].strip(), row.kinds[at]) for row in table.rows]
    widths = Counter(len(text) for _, text, _ in figures if text.isdecimal())
    if len(widths) < 2:  # noqa: PLR2004
        return {}
    widest = max(widths)
    return {
        row: f"“{text}” has {len(text)} figures where others have {widest}: a spreadsheet may have dropped leading "
        "zeros. Export the column as text"
        for row, text, kind in figures
        if kind is CellKind.NUMBER and text.isdecimal() and len(text) < widest
    }


def _beside_each_other(rows: Iterable[StaffRow], reader: _Reader) -> Iterator[Problem]:
    by_person: dict[str, list[StaffRow]] = defaultdict(list)
    for row in rows:
        by_person[row.number].append(row)
    for theirs in by_person.values():
        if len(theirs) > 1:
            yield from _twice(theirs, reader)
            yield from _other_names(theirs, reader)
    yield from _one_address(by_person, reader)


def _twice(theirs: list[StaffRow], reader: _Reader) -> Iterator[Problem]:
    first: dict[object, int] = {}
    for row in theirs:
        post = row.assignment or (row.directorate, row.team, row.staff_group, row.job_role, row.starts_on)
        if post in first:
            column = reader.name(Column.ASSIGNMENT_NUMBER if row.assignment else Column.EMPLOYEE_NUMBER)
            yield Problem(row.row, column, f"Row {first[post]} has this post already. Remove one", row.number)
        first.setdefault(post, row.row)


def _other_names(theirs: list[StaffRow], reader: _Reader) -> Iterator[Problem]:
    first = theirs[0]
    for row in theirs[1:]:
        if (row.given.casefold(), row.family.casefold()) != (first.given.casefold(), first.family.casefold()):
            reason = f"Row {first.row} has this employee number with another name. Correct one of them"
            yield Problem(row.row, reader.name(Column.FAMILY_NAME), reason, row.number)


def _one_address(by_person: dict[str, list[StaffRow]], reader: _Reader) -> Iterator[Problem]:
    holder: dict[str, StaffRow] = {}
    for theirs in by_person.values():
        for row in theirs:
            if row.email:
                first = holder.setdefault(row.email.casefold(), row)
                if first.number != row.number:
                    for one, other in ((first, row), (row, first)):
                        reason = f"Row {other.row} has this address for somebody else. Correct one of them"
                        yield Problem(one.row, reader.name(Column.EMAIL), reason, one.number)
