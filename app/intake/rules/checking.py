"""The rows of a staff file, each checked by itself and beside the others."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from app.intake.reading import CellKind, Row, Table
from app.intake.rules import values
from app.intake.rules.columns import Column, Columns
from app.intake.rules.patterns import pattern
from app.intake.rules.rows import (
    LONGEST_BAND,
    LONGEST_GROUP,
    LONGEST_PLACE,
    LONGEST_ROLE,
    LONGEST_SITE,
    LONGEST_STATUS,
    CheckedRows,
    Problem,
    StaffRow,
)
from app.intake.rules.values import CellError
from app.organisation.rules import first_without


def checked(table: Table, columns: Columns) -> CheckedRows:
    """What the rows say, and everything that is wrong with them."""
    reader = _Reader(columns)
    rows: list[StaffRow] = []
    problems: list[Problem] = []
    numbers: dict[int, str] = {}
    shorter = lost_zeros(table, columns.places().get(Column.EMPLOYEE_NUMBER))
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


_Check: TypeAlias = Callable[[str, CellKind], Any]
_Look: TypeAlias = tuple[Column, int, _Check, dict[tuple[str, CellKind], Any] | None]


class _Reader:
    """Takes one row apart. Every cell is looked at, so that all that is wrong is told at once.

    What cells say again and again is worked out once, and kept as one value for all.
    """

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        places = columns.places()
        self.looks: list[_Look] = [
            (column, places[column], check, {} if column in _REPEATING else None)
            for column, check in _CHECKS.items()
            if column in places
        ]
        self.numbers: dict[str, str] = {}

    def name(self, column: Column) -> str:
        return self.columns.says.get(column, str(column))

    def read(self, row: Row) -> tuple[StaffRow | None, str, list[Problem]]:
        said, wrong = self._said(row)
        number = self._shared(said.get(Column.EMPLOYEE_NUMBER)) or ""
        group, role = said.get(Column.STAFF_GROUP, ("", ""))
        starts_on, last = said.get(Column.START), said.get(Column.END)
        found = StaffRow(
            row=row.number,
            number=number,
            assignment=said.get(Column.ASSIGNMENT_NUMBER),
            given=said.get(Column.GIVEN_NAME, ""),
            family=said.get(Column.FAMILY_NAME, ""),
            email=said.get(Column.EMAIL),
            directorate=said.get(Column.DIRECTORATE, ""),
            team=said.get(Column.TEAM, ""),
            staff_group=group,
            job_role=said.get(Column.JOB_ROLE) or role,
            band=said.get(Column.BAND, ""),
            pattern=said.get(Column.PATTERN, ""),
            manager=self._shared(said.get(Column.MANAGER)),
            primary=said.get(Column.PRIMARY),
            starts_on=starts_on or date.min,
            ends_on=first_without(last),
            status=said.get(Column.STATUS, ""),
            site=said.get(Column.SITE, ""),
        )
        if not role and Column.JOB_ROLE in said and not any(c.isalnum() for c in found.job_role):
            wrong.append((Column.JOB_ROLE, "There is no job role. Enter it"))
        if starts_on and last and last < starts_on:
            wrong.append((Column.END, "The end is before the start. Correct one"))
        if number and found.manager == number:
            wrong.append((Column.MANAGER, "They are named as their own manager. Correct it"))
        return found, number, [Problem(row.number, self.name(column), reason, number) for column, reason in wrong]

    def _said(self, row: Row) -> tuple[dict[Column, Any], list[tuple[Column, str]]]:
        said: dict[Column, Any] = {}
        wrong: list[tuple[Column, str]] = []
        for column, at, check, known in self.looks:
            cell = row.cells[at], row.kinds[at]
            if known is not None and cell in known:
                said[column] = known[cell]
                continue
            try:
                said[column] = _apart(check(*cell))
            except CellError as error:
                wrong.append((column, str(error)))
            else:
                if known is not None:
                    known[cell] = said[column]
        return said, wrong

    def _shared(self, number: str | None) -> str | None:
        """One string for a person and for whoever names them as their manager."""
        return self.numbers.setdefault(number, number) if number else None


def _apart(value: Any) -> Any:
    """The same text in a place of its own. What is kept would otherwise hold the whole file in memory around it."""
    return value.encode().decode() if isinstance(value, str) else value


def _words(label: str, most: int, *, needed: bool = True) -> _Check:
    return lambda text, kind: values.words(text, kind, label, most, needed=needed)


def _staff_group(text: str, kind: CellKind) -> tuple[str, str]:
    """The staff group, and the job role where the staff record writes both into one cell: “Group|Role”."""
    group, _, role = values.words(text, kind, "staff group", LONGEST_GROUP + LONGEST_ROLE).partition("|")
    return group.strip(), role.strip("| ")[:LONGEST_ROLE]


_CHECKS: Mapping[Column, _Check] = {
    Column.EMPLOYEE_NUMBER: values.employee_number,
    Column.ASSIGNMENT_NUMBER: values.assignment_number,
    Column.GIVEN_NAME: lambda text, kind: values.name(text, kind, "given name", needed=False),
    Column.FAMILY_NAME: lambda text, kind: values.name(text, kind, "family name", needed=True),
    Column.EMAIL: values.email,
    Column.DIRECTORATE: _words("directorate", LONGEST_PLACE),
    Column.TEAM: _words("team", LONGEST_PLACE),
    Column.STAFF_GROUP: _staff_group,
    Column.JOB_ROLE: _words("job role", LONGEST_ROLE, needed=False),
    Column.BAND: _words("band", LONGEST_BAND * 3, needed=False),
    Column.PATTERN: pattern,
    Column.MANAGER: values.assignment_number,
    Column.PRIMARY: values.flag,
    Column.START: lambda text, kind: values.day(text, kind, "start", needed=True),
    Column.END: lambda text, kind: values.day(text, kind, "end", needed=False),
    Column.STATUS: _words("assignment status", LONGEST_STATUS, needed=False),
    Column.SITE: _words("site", LONGEST_SITE, needed=False),
}
_REPEATING = frozenset(_CHECKS) - {
    Column.EMPLOYEE_NUMBER, Column.ASSIGNMENT_NUMBER, Column.FAMILY_NAME, Column.EMAIL,
}  # fmt: skip


def lost_zeros(table: Table, at: int | None) -> dict[int, str]:
    """Rows whose employee number is a number to the spreadsheet, and shorter than others: its zeros may be lost.

    `at` is the place of that column in a row.
    """
    if at is None:
        return {}
    widths = {len(text) for row in table.rows if (text := row.cells[at].strip()).isdecimal()}
    if len(widths) < 2:  # noqa: PLR2004
        return {}
    widest = max(widths)
    return {
        row.number: f"“{text}” has {len(text)} figures where others have {widest}: a spreadsheet may have dropped "
        "leading zeros. Export the column as text"
        for row in table.rows
        if row.kinds[at] is CellKind.NUMBER and (text := row.cells[at].strip()).isdecimal() and len(text) < widest
    }


def _beside_each_other(rows: Sequence[StaffRow], reader: _Reader) -> Iterator[Problem]:
    times = Counter(row.number for row in rows)
    several: dict[str, list[StaffRow]] = defaultdict(list)
    for row in rows:
        if times[row.number] > 1:
            several[row.number].append(row)
    for theirs in several.values():
        yield from _twice(theirs, reader)
        yield from _other_names(theirs, reader)
    yield from _one_address(rows, reader)


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


def _one_address(rows: Iterable[StaffRow], reader: _Reader) -> Iterator[Problem]:
    holder: dict[str, StaffRow] = {}
    for row in rows:
        if row.email:
            first = holder.setdefault(row.email.casefold(), row)
            if first.number != row.number:
                for one, other in ((first, row), (row, first)):
                    reason = f"Row {other.row} has this address for somebody else. Correct one of them"
                    yield Problem(one.row, reader.name(Column.EMAIL), reason, one.number)
