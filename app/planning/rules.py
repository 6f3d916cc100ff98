"""What is true of targets and of time to learn."""

from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from app.learning.rules import add_months

YEAR_BEGINS = (4, 1)
REASON_LENGTH = 300
MOST_PEOPLE = 100_000
YEARS_AHEAD = 2
"""Targets can be set for this financial year and so many after it."""
MONTHS_OFFERED = 18
"""A manager can offer this month or one of those after it, so many in all."""


class TargetKind(StrEnum):
    ABSOLUTE = "absolute"
    PER_CENT = "per_cent"


class ReleaseState(StrEnum):
    """ASKED waits for an answer. OTHER_DATE: not then, but in another month. CANNOT: not then, with a reason."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    OTHER_DATE = "other_date"
    CANNOT = "cannot"


class Replanned(NamedTuple):
    """How many needs got another date, None where there were none, and the month that was taken, if any."""

    moved: int | None
    needed: date
    taken: date | None


REFUSED = frozenset({ReleaseState.OTHER_DATE, ReleaseState.CANNOT})
"""What a lead must plan anew."""


def financial_year(day: date) -> int:
    """The year in which the financial year of a day began: 2026 for 31 March 2027."""
    return day.year if (day.month, day.day) >= YEAR_BEGINS else day.year - 1


def year_end(year: int) -> date:
    """31 March 2027 of the year 2026."""
    return date(year + 1, 3, 31)


def people_wanted(kind: TargetKind, value: float, staff: int) -> int:
    """How many people a target asks for, of so many staff. Part of a person counts as one."""
    return ceil(value) if kind is TargetKind.ABSOLUTE else ceil(round(staff * value / 100, 6))


def months_ahead(today: date) -> list[date]:
    """The months that a manager can offer, by their first days."""
    return [add_months(today.replace(day=1), turn) for turn in range(MONTHS_OFFERED)]


def last_of(month: date) -> date:
    return add_months(month, 1) - timedelta(days=1)


def gap(wanted: int | None, held: int) -> int | None:
    """How many are missing; nothing where no target is set, and never less than none."""
    return None if wanted is None else max(0, wanted - held)


def problems_with_target(kind: TargetKind, value: float) -> str:
    """What is wrong with a target's number; nothing where it is right."""
    if kind is TargetKind.PER_CENT:
        right = 0 < value <= 100 and round(value, 1) == value  # noqa: PLR2004  a hundred per cent
        return "" if right else "Enter a per cent above 0, up to 100, such as 20 or 0.9"
    right = value == int(value) and 1 <= value <= MOST_PEOPLE
    return "" if right else "Enter a whole number of people, from 1"
