"""Which column of a staff file says what: proposed from the header, in the words of the exports in use."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.kernel.names import folded


class Column(StrEnum):
    """What a staff file may say of a post. Every other column is left unread."""

    EMPLOYEE_NUMBER = "employee number"
    ASSIGNMENT_NUMBER = "assignment number"
    GIVEN_NAME = "given name"
    FAMILY_NAME = "family name"
    EMAIL = "e-mail"
    DIRECTORATE = "directorate"
    TEAM = "team"
    STAFF_GROUP = "staff group"
    JOB_ROLE = "job role"
    BAND = "band"
    PATTERN = "working pattern"
    MANAGER = "manager's employee number"
    PRIMARY = "main post"
    START = "start"
    END = "end"
    STATUS = "assignment status"
    SITE = "site"


# The words of national exports, of analysts' extracts and of trusts' own lists, folded; the first one found counts.
SYNONYMS: dict[Column, tuple[str, ...]] = {
    Column.EMPLOYEE_NUMBER: (
        "employee number", "employee no", "emp number", "emp no", "employee id", "staff number", "staff no",
        "esr number", "esr employee number", "payroll number", "personnel number",
    ),
    Column.ASSIGNMENT_NUMBER: ("assignment number", "assignment no", "assign no", "assignment"),
    Column.GIVEN_NAME: ("first name", "given name", "forename", "forenames", "firstname", "preferred name"),
    Column.FAMILY_NAME: ("last name", "family name", "surname", "lastname"),
    Column.EMAIL: (
        "work email", "work e mail", "office e mail", "office email", "email address", "e mail address",
        "work email address", "email", "e mail", "office e mail address", "emailaddress",
    ),
    Column.DIRECTORATE: ("directorate", "division", "org l3", "org level 3", "care group", "service line"),
    Column.TEAM: (
        "team", "department", "ward", "org l5", "org level 5", "org l4", "org level 4", "cost centre name",
        "organisation", "organization", "org name",
    ),
    Column.STAFF_GROUP: ("staff group", "staffgroup", "staff grp"),
    Column.JOB_ROLE: ("job role", "role", "job", "position title", "job title"),
    Column.BAND: ("band", "pay band", "grade", "pay grade", "afc band", "pay scale"),
    Column.PATTERN: (
        "working pattern", "employee category", "full time part time", "full part time", "full time or part time",
        "ft pt", "fte", "wte", "contracted fte", "contracted wte", "whole time equivalent", "full time equivalent",
    ),
    Column.MANAGER: (
        "supervisor employee number", "manager employee number", "supervisor employee no", "manager employee no",
        "supervisor number", "manager number", "line manager employee number", "reports to",
    ),
    Column.PRIMARY: ("primary", "primary flag", "primary assignment", "main post", "primary assignment flag"),
    Column.START: (
        "assignment start date", "start date in position", "start date", "start", "effective start date", "hire date",
        "latest start date", "date started",
    ),
    Column.END: (
        "assignment end date", "end date", "end", "effective end date", "termination date", "leaving date", "last day",
    ),
    Column.STATUS: (
        "assignment status", "assignment status type", "user assignment status", "employee status",
        "employment status", "staff status", "status",
    ),
    Column.SITE: (
        "location", "site", "work location", "location name", "assignment location", "primary location", "site name",
        "work base", "base",
    ),
}  # fmt: skip
REQUIRED = (
    Column.EMPLOYEE_NUMBER,
    Column.GIVEN_NAME,
    Column.FAMILY_NAME,
    Column.STAFF_GROUP,
    Column.JOB_ROLE,
    Column.START,
)
PLACE = (Column.TEAM, Column.DIRECTORATE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of the header says what: names as they are written there."""

    header: tuple[str, ...]
    says: Mapping[Column, str]

    def places(self) -> dict[Column, int]:
        """Where in a row each is found, from 0."""
        return {column: self.header.index(name) for column, name in self.says.items()}

    @property
    def unread(self) -> tuple[str, ...]:
        return tuple(name for name in self.header if name not in set(self.says.values()))


def proposed(header: Sequence[str], kept: Mapping[str, str] | None = None) -> Columns:
    """The columns as the header words them, or as a trust decided before for such a header (`kept`): all of them."""
    by_words = {folded(name): name for name in reversed(header)}
    says: dict[Column, str] = {}
    if kept:
        told = {Column(column): by_words.get(folded(name)) for column, name in kept.items()}
        return Columns(tuple(header), {column: name for column, name in told.items() if name})
    for column, words in SYNONYMS.items():
        found = next((by_words[w] for w in words if w in by_words and by_words[w] not in says.values()), None)
        if found:
            says[column] = found
    return Columns(tuple(header), says)


def chosen(columns: Columns, column: Column, name: str) -> Columns:
    """The same with one column told by a person; without a name, it is not in the file.

    Raises ValueError when the header has no such column.
    """
    if not name:
        return Columns(columns.header, {c: n for c, n in columns.says.items() if c != column})
    found = next((known for known in columns.header if folded(known) == folded(name)), None)
    if found is None:
        raise ValueError(f"There is no column “{name}”. The file has: {listed(columns.header)}.")
    others = {c: n for c, n in columns.says.items() if n != found}
    return Columns(columns.header, others | {column: found})


def missing(columns: Columns) -> list[str]:
    """The columns without which a file cannot be used, in words."""
    lacking = [str(column) for column in REQUIRED if column not in columns.says]
    if not any(column in columns.says for column in PLACE):
        lacking.append("team or directorate")
    return lacking


def fingerprint(header: Iterable[str]) -> str:
    """What tells one shape of file from another: the names of its columns in their order."""
    return hashlib.sha256("\n".join(folded(name) for name in header).encode()).hexdigest()


def listed(names: Iterable[str], most: int = 40) -> str:
    """Names in a row, cut where nobody would read on."""
    all_of_them = list(names)
    more = f" and {len(all_of_them) - most} more" if len(all_of_them) > most else ""
    return ", ".join(name[:60] for name in all_of_them[:most]) + more
