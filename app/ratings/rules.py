"""What is true of ratings: what can be said, where two views differ, what is shared, which counts may be shown."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, TypeVar

DEVELOPMENT_ONLY = (
    "For planning development. Not used in capability or disciplinary procedures, pay, ranking or redundancy."
)
FEWEST = 10
LONGEST_NOTE = 2_000
LONGEST_REFLECTION = 2_000
LONGEST_WITH = 200
LONGEST_WORDS = 1_000

K = TypeVar("K", bound=Hashable)


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


def shown_counts(counts: Mapping[K, int], fewest: int = FEWEST) -> frozenset[K]:
    """Of the parts of a whole whose total is known, those that may be shown: no hidden one can be worked out.

    A part of fewer than `fewest` is hidden, an empty one too: where all others are empty, one knows about everybody.
    Then the smallest of those shown are hidden with them, until those hidden are `fewest` people or more and not all
    alike. The rule looks at numbers alone, never at their places: whoever knows it cannot tell which hidden part has
    which number, and with all alike there would be nothing to tell.
    """
    shown = {key: count for key, count in counts.items() if count >= fewest}
    hidden = [count for count in counts.values() if count < fewest]
    while hidden and shown and (len(set(hidden)) == 1 or sum(hidden) < fewest):
        smallest = min(shown.values())
        hidden += [count for count in shown.values() if count == smallest]
        shown = {key: count for key, count in shown.items() if count > smallest}
    return frozenset(shown)


def shown_beside(whole: Mapping[K, int], unseen: Mapping[K, int], fewest: int = FEWEST) -> frozenset[K]:
    """The same for somebody who knows some of the people one by one: `unseen` counts those whom they do not know.

    They can take off what they know, so that what is left over must be fit to be shown too. Where nobody is left
    over, they learn nothing that they did not know.
    """
    shown = shown_counts(whole, fewest)
    left: frozenset[K] = shown_counts(unseen, fewest) if any(unseen.values()) else shown
    return shown & left
