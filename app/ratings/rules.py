"""What is true of ratings: what can be said, where two views differ, what is shared, when it is counted."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

DEVELOPMENT_ONLY = (
    "For planning development. Not used in capability or disciplinary procedures, pay, ranking or redundancy."
)
LONGEST_NOTE = 2_000
LONGEST_REFLECTION = 2_000
LONGEST_WITH = 200
LONGEST_WORDS = 1_000


class Voice(StrEnum):
    """Whose view it is. What the record shows is asked of the record, and written down nowhere."""

    OWN = "own"
    LEAD = "lead"


class Said(StrEnum):
    """The one judgement of a person, from new to coaching others; or a level, 0 to 5, of one competency."""

    NEW = "new"
    TAKES_PART = "takes-part"
    WITH_SUPPORT = "with-support"
    LEADS = "leads"
    COACHES = "coaches"
    UNKNOWN = "unknown"
    LEVEL_0 = "0"
    LEVEL_1 = "1"
    LEVEL_2 = "2"
    LEVEL_3 = "3"
    LEVEL_4 = "4"
    LEVEL_5 = "5"


JUDGEMENTS = (Said.NEW, Said.TAKES_PART, Said.WITH_SUPPORT, Said.LEADS, Said.COACHES, Said.UNKNOWN)
LEVELS = (Said.LEVEL_0, Said.LEVEL_1, Said.LEVEL_2, Said.LEVEL_3, Said.LEVEL_4, Said.LEVEL_5, Said.UNKNOWN)
OVERALL = ""
"""What the one judgement is about; a competency's key otherwise."""


class Share(NamedTuple):
    """Somebody shares their view over [since, until); until they take it back, None."""

    since: datetime
    until: datetime | None


def may_say(about: str) -> tuple[Said, ...]:
    """The answers there are to what is rated."""
    return JUDGEMENTS if about == OVERALL else LEVELS


def differ(own: Said | None, theirs: Said | None) -> bool:
    """Whether two views of one thing differ. Whoever does not know, or has not said, differs from nobody."""
    return not {own, theirs} & {None, Said.UNKNOWN} and own is not theirs


def is_shared(rated_at: datetime, superseded_at: datetime | None, shares: Iterable[Share]) -> bool:
    """Whether a view of one's own stood at any time while it was shared.

    What was shared stays so; what is rated after the sharing was taken back is not.
    """
    return any(
        (superseded_at is None or superseded_at > share.since) and (share.until is None or rated_at < share.until)
        for share in shares
    )


def counted_on(today: date) -> date:
    """Counts are made once a month: nobody can watch a single rating arrive in them."""
    return today.replace(day=1)
