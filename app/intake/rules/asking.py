"""What is asked of one person, in the file's words and in the program's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.intake.rules.columns import Column
from app.intake.rules.lines import ManagerRef, Naming, PostAsked
from app.intake.rules.matching import Placed
from app.intake.rules.places import TeamRef
from app.organisation.rules import display_name, list_name


class PersonError(Exception):
    """What the file says of a person cannot be. `column` is the one to look at."""

    def __init__(self, column: Column, reason: str, row: int | None = None) -> None:
        super().__init__(reason)
        self.column, self.row = column, row


@dataclass(frozen=True, slots=True)
class Asking:
    """What is the same for everybody: the day, what the file says at all, and how managers and teams are worded."""

    today: date
    says: frozenset[Column]
    manager: Callable[[Placed], ManagerRef]
    place: Callable[[TeamRef], str]
    person: Callable[[ManagerRef], str]


def post_asked(placed: Placed, manager: ManagerRef) -> PostAsked:
    row = placed.row
    return PostAsked(
        number=row.number,
        assignment=row.assignment,
        team=placed.team,
        manager=manager,
        staff_group=placed.staff_group,
        job_role=row.job_role,
        band=placed.band,
        is_primary=placed.is_primary,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        pattern=row.pattern,
    )


def naming_of(placed: Placed) -> Naming:
    row = placed.row
    return Naming(display_name(row.given, row.family), list_name(row.given, row.family), row.email)
