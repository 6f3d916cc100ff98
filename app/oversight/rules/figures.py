"""What a report holds: a whole trust and its directorates as at one day, and 24 whole months before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from app.capability.rules import months_before
from app.learning.rules import add_months

MONTHS = 24
YEAR = 12
"""Months that a figure in words sums up: the last of those of the charts."""
TRUST = 0
"""Stands for the whole trust where a directorate's id is asked for."""
Value = float | None
"""None: nothing is known, or it is withheld. A gap in a chart, and never a nought."""


class Measure(StrEnum):
    """What is counted month by month. PROMISED and GIVEN are in minutes, DAYS is a median."""

    TRAINED = "trained"
    PROMISED = "promised"
    GIVEN = "given"
    DAYS = "days"
    OVERDUE = "overdue"
    PARTNERS = "partners"


TRUST_ONLY = frozenset({Measure.PARTNERS})
"""Patient partners belong to no directorate."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the pyramid: `step` is its height in it."""

    slug: str
    title: str
    step: int


@dataclass(frozen=True, slots=True)
class Part:
    """A directorate, or (TRUST) all of them. `held` and `wanted` are by level; a level without a target is not there.

    `totals` are of the last YEAR months; of OVERDUE, as at the report's day. `timed` says how many people are behind
    each month's DAYS, `timed_year` behind their total. Of what is `withheld` the total is not told; of what is `partly`
    told, some months are not.
    """

    directorate_id: int
    name: str
    people: int
    held: Mapping[str, int]
    wanted: Mapping[str, int]
    monthly: Mapping[Measure, tuple[Value, ...]]
    totals: Mapping[Measure, Value]
    timed: tuple[int, ...]
    timed_year: int
    withheld: frozenset[Measure] = field(default=frozenset())
    partly: frozenset[Measure] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Report:
    """`months` are the first days of the charts' months, the earliest first. `parts` are by name."""

    as_at: date
    months: tuple[date, ...]
    levels: tuple[Level, ...]
    trust: Part
    parts: tuple[Part, ...]

    @property
    def month(self) -> date:
        """The last whole month."""
        return self.months[-1]

    def part(self, directorate_id: int) -> Part | None:
        """A directorate's, or the trust's own; None for one that was not there."""
        if directorate_id == TRUST:
            return self.trust
        return next((part for part in self.parts if part.directorate_id == directorate_id), None)


def months_of(as_at: date) -> tuple[date, ...]:
    """The whole months of a report as at that day; its own, where that is its last day."""
    return months_before(as_at + timedelta(days=1), MONTHS)


def last_of(month: date) -> date:
    """The last day of a month that is named by its first."""
    return add_months(month, 1) - timedelta(days=1)


class Happened(NamedTuple):
    """Somebody came to hold a level, on a day, where they then worked; after so many days, if it was asked of them."""

    person_id: int
    level: str
    on: date
    directorate_id: int
    days: int | None = None


def first_of_each(happened: Sequence[Happened]) -> list[Happened]:
    """One for each person, their first: somebody who came to hold two levels is one person, and counts in one place."""
    found: dict[int, Happened] = {}
    for one in happened:
        found.setdefault(one.person_id, one)
    return list(found.values())


def median_days(happened: Sequence[Happened]) -> tuple[Value, int]:
    """The median, and of how many it is; None where nobody was asked for what they came to hold."""
    days = [one.days for one in happened if one.days is not None]
    return (float(median(days)) if days else None), len(days)
