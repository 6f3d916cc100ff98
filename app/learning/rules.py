"""What is true of learning."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class EnrolmentSource(StrEnum):
    SELF = "self"
    STARTER = "starter"
    ASSIGNED = "assigned"
    INVITED = "invited"
    RULE = "rule"
    """A rule of need asks for the level, and people begin its course by themselves."""
    IMPORTED = "imported"
    """Completed elsewhere, as another system's list says."""


class OutcomeSource(StrEnum):
    READ = "read"
    PRACTICE = "practice"
    ASSESSMENT = "assessment"
    NOTE = "note"
    STEPS = "steps"
    CONFIDENCE = "confidence"
    MARKED = "marked"
    SIGNED_OFF = "signed-off"
    IMPORTED = "imported"
    """Part of a course that was completed elsewhere."""


# The course that every starter finds themselves on is the one of this tier.
STARTER_TIER = "induction"
COACH_TIER = "qi-coach"
REPLY_WITHIN_DAYS = 14


ASKED_FOR = timedelta(days=120)
"""How long a question that comes after a course stays on somebody's first screen."""


def asked_on(completed_on: date, after_days: int) -> date:
    """The day on which what happened since a course is asked."""
    return completed_on + timedelta(days=after_days)


def is_asked(completed_on: date | None, after_days: int | None, today: date) -> bool:
    """Whether a question can be answered: at any time, or so many days after the course was completed."""
    return after_days is None or (completed_on is not None and asked_on(completed_on, after_days) <= today)


# Before a bookmarked heading of the easy-read text.
EASY = "easy/"


class Sureness(StrEnum):
    """How sure a patient partner feels of something. Words, because nobody is marked."""

    NOT = "not"
    A_BIT = "a-bit"
    QUITE = "quite"
    VERY = "very"


class AwardEventKind(StrEnum):
    GRANTED = "granted"
    APPLIED = "applied"
    REFRESHED = "refreshed"
    WITHDRAWN = "withdrawn"


def is_complete(required: Collection[object], done: Collection[object]) -> bool:
    """A course is complete when every activity that it requires has an outcome (and it requires at least one)."""
    return bool(required) and set(required) <= set(done)


@lru_cache(1_000)
def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month (29 February plus a year: 28)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def valid_until(granted_on: date, validity_months: int | None) -> date | None:
    """The day by which a level must be refreshed; None when it never lapses."""
    return None if validity_months is None else add_months(granted_on, validity_months)


class Holding(NamedTuple):
    """A level that a person holds, or held. `granted_on` is when they last earned it, `withdrawn` if it was taken.

    `valid_until` is moved by so many days of long leave: `moved`.
    """

    award_id: int
    granted_on: date
    valid_until: date | None
    edition_id: int | None
    source: str
    first_granted_on: date
    applied_on: date | None = None
    withdrawn_on: date | None = None
    moved: int = 0

    @property
    def withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    @property
    def holds_for(self) -> int:
        """The months that its rule gave it, before leave moved the day; 0 where a day was decided for it alone."""
        if self.valid_until is None:
            return 0
        until = self.valid_until - timedelta(days=self.moved)
        months = (until.year - self.granted_on.year) * 12 + until.month - self.granted_on.month
        return months if valid_until(self.granted_on, months) == until else 0

    def lapsed(self, on: date) -> bool:
        """Whether it should have been refreshed by that day."""
        return self.valid_until is not None and self.valid_until < on
