"""What is true of targets and of time to learn."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from math import ceil

from app.learning.rules import add_months

YEAR_BEGINS = (4, 1)
MOST_A_MONTH = 600
"""Minutes that one person is asked to be released for one level in a month: what takes longer is spread."""
REASON_LENGTH = 300
MOST_PEOPLE = 100_000
MONTHS_AHEAD = 24


class TargetKind(StrEnum):
    ABSOLUTE = "absolute"
    PER_CENT = "per_cent"


class ReleaseState(StrEnum):
    """ASKED waits for an answer. OTHER_DATE: not then, but in another month. CANNOT: not then, with a reason."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    OTHER_DATE = "other_date"
    CANNOT = "cannot"


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


def gap(wanted: int | None, held: int) -> int | None:
    """How many are missing; nothing where no target is set, and never less than none."""
    return None if wanted is None else max(0, wanted - held)


def shares(minutes: int, due: date, decided: date) -> Iterator[tuple[date, int]]:
    """In which months, by their first days, one person's time for a level is asked for, and how many minutes in each.

    In the month of the date by which it is needed. What takes longer than MOST_A_MONTH is spread evenly over as many
    months up to that one as keep it to so much a month, none before the month in which it was decided.
    """
    last = due.replace(day=1)
    most = max(1, ceil(minutes / MOST_A_MONTH))
    room = (last.year - decided.year) * 12 + last.month - decided.month + 1
    count = min(most, max(1, room))
    each, rest = divmod(minutes, count)
    for back in range(count - 1, -1, -1):
        yield add_months(last, -back), each + (rest if back == 0 else 0)


def problems_with_target(kind: TargetKind, value: float) -> str:
    """What is wrong with a target's number; nothing where it is right."""
    if kind is TargetKind.PER_CENT:
        right = 0 < value <= 100 and round(value, 1) == value  # noqa: PLR2004  a hundred per cent
        return "" if right else "Enter a per cent above 0, up to 100, such as 20 or 0.9"
    right = value == int(value) and 1 <= value <= MOST_PEOPLE
    return "" if right else "Enter a whole number of people, from 1"
