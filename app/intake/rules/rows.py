"""What the rows of a staff file say, and what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.intake.rules.columns import Column

LONGEST_PLACE = 120
LONGEST_ROLE = 120
LONGEST_GROUP = 80
LONGEST_BAND = 40
LONGEST_STATUS = 120
LONGEST_PATTERN = 40
LONGEST_SITE = 120


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
    pattern: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """`seen` are the employee numbers of all rows, wrong ones too; `unreadable`, whether some row's cannot be told."""

    rows: tuple[StaffRow, ...]
    problems: tuple[Problem, ...]
    seen: frozenset[str]
    unreadable: bool
    says: frozenset[Column]

    def words(self) -> Iterator[str]:
        """What is each person's own, and said again by what is known of them."""
        for row in self.rows:
            yield from filter(None, (row.number, row.assignment, row.email))
