"""What is true of marking."""

from collections.abc import Mapping
from enum import StrEnum

GIVE_UP_AFTER_DAYS = 7
"""Work that a marker took and did not finish goes back into the queue after so many days."""


class MarkPlace(StrEnum):
    """Which look at a piece of work this is. `SECOND` cannot see `FIRST`; `MODERATION` sees both."""

    FIRST = "first"
    SECOND = "second"
    MODERATION = "moderation"


AIM_TO_MARK_WITHIN_DAYS = 14
"""What a learner is told when they hand something in: when they may expect to hear."""
MOST_IN_A_DRAFT = 40_000
"""Characters that a part may have while it is being written; what is handed in keeps to the guide."""

PART = "part-"
"""Before the id of a part, in the name of the field in which it is written."""


def markers_of(markers: int, second_mark_every: int | None, number: int) -> int:
    """How many mark the piece that was handed in as the so-many-th of its task: each n-th falls to the sample."""
    falls = second_mark_every is not None and number % second_mark_every == 0
    return 2 if falls else markers


def goes_left(resubmissions: int | None, handed_in: int) -> int | None:
    """How often work may still be handed in; None where there is no limit."""
    return None if resubmissions is None else max(resubmissions + 1 - handed_in, 0)


def missing_and_too_long(content: Mapping[str, str], most: Mapping[str, int]) -> dict[str, int]:
    """Parts that cannot be handed in: 0 for one that is empty, else how many characters it has too many."""
    lengths = {part: len(content.get(part, "").strip()) for part in most}
    return {part: max(length - most[part], 0) for part, length in lengths.items() if length == 0 or length > most[part]}
