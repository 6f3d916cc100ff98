"""Which column of a list of completions says what: proposed from the header, in the words of the systems in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.intake.rules.columns import listed
from app.kernel.names import folded

MOST_ROWS = 20_000
"""A list of so many rows is read and worked out within a request; the command line takes larger ones."""


class PastColumn(StrEnum):
    """What a list may say of a completion. Every other column is left unread."""

    EMPLOYEE_NUMBER = "employee number"
    COURSE = "course"
    COMPLETED_ON = "completed on"
    NAME = "name"
    GIVEN_NAME = "given name"
    FAMILY_NAME = "family name"
    RESULT = "result"
    PROVIDER = "provider"
    EDITION = "edition"
    MINUTES = "minutes"
    CERTIFICATE = "certificate number"
    EXPIRY = "expiry"


# The words of the staff record's competences, of learning systems and of spreadsheets, folded; the first found counts.
# “Last updated by” is whoever typed it, and never the learner.
SYNONYMS: dict[PastColumn, tuple[str, ...]] = {
    PastColumn.EMPLOYEE_NUMBER: (
        "employee number", "employee no", "emp number", "emp no", "employee id", "staff number", "staff no",
        "esr number", "esr employee number", "payroll number", "personnel number", "id number", "learner number",
    ),
    PastColumn.COURSE: (
        "course", "course name", "course title", "course code", "competency name", "competence name", "competency",
        "training", "training title", "learning title", "class name", "programme", "event", "module",
    ),
    PastColumn.COMPLETED_ON: (
        "completed on", "date completed", "completion date", "completed date", "date of completion", "completed",
        "date last awarded", "date awarded", "date achieved", "date attended", "attended on", "date passed",
    ),
    PastColumn.NAME: ("name", "full name", "employee name", "learner", "learner name", "delegate", "delegate name"),
    PastColumn.GIVEN_NAME: ("first name", "given name", "forename", "forenames", "firstname"),
    PastColumn.FAMILY_NAME: ("last name", "family name", "surname", "lastname"),
    PastColumn.RESULT: (
        "result", "status", "completion status", "course status", "outcome", "attendance", "attendance status",
        "enrolment status", "player status",
    ),
    PastColumn.PROVIDER: ("provider", "training provider", "delivered by", "supplier", "organisation"),
    PastColumn.EDITION: ("edition", "course edition", "version", "course version"),
    PastColumn.MINUTES: ("minutes", "duration minutes", "duration mins", "cpd minutes", "hours", "cpd hours"),
    PastColumn.CERTIFICATE: ("certificate number", "certificate no", "certificate", "certificate id"),
    PastColumn.EXPIRY: ("expiry date", "expiry", "expires", "expires on", "valid until", "renewal date"),
}  # fmt: skip
REQUIRED = (PastColumn.EMPLOYEE_NUMBER, PastColumn.COURSE, PastColumn.COMPLETED_ON)


@dataclass(frozen=True, slots=True)
class PastColumns:
    """Which column of the header says what: names as they are written there."""

    header: tuple[str, ...]
    says: Mapping[PastColumn, str]

    @property
    def unread(self) -> tuple[str, ...]:
        return tuple(name for name in self.header if name not in set(self.says.values()))

    @property
    def missing(self) -> list[str]:
        """The columns without which a list cannot be used, in words."""
        return [str(column) for column in REQUIRED if column not in self.says]


def proposed(header: Sequence[str], kept: Mapping[str, str] | None = None) -> PastColumns:
    """The columns as the header words them. `kept` (what a trust decided before) counts more, column by column."""
    by_words = {folded(name): name for name in reversed(header)}
    says: dict[PastColumn, str] = {}
    for column, words in SYNONYMS.items():
        found = next((by_words[w] for w in words if w in by_words and by_words[w] not in says.values()), None)
        if found:
            says[column] = found
    for name, told in (kept or {}).items():
        if told in header:
            says = {c: other for c, other in says.items() if other != told} | {PastColumn(name): told}
    return PastColumns(tuple(header), says)


def chosen(columns: PastColumns, column: PastColumn, name: str) -> PastColumns:
    """The same with one column told by a person. Raises ValueError when the header has no such column."""
    found = next((known for known in columns.header if folded(known) == folded(name)), None)
    if found is None:
        raise ValueError(f"There is no column “{name[:60]}”. The file has: {listed(columns.header)}.")
    others = {c: n for c, n in columns.says.items() if n != found}
    return PastColumns(columns.header, others | {column: found})


def field_of(column: PastColumn) -> str:
    return f"column_{column.name.lower()}"
