"""What is true of marking."""

from enum import StrEnum

GIVE_UP_AFTER_DAYS = 7
"""Work that a marker took and did not finish goes back into the queue after so many days."""


class MarkPlace(StrEnum):
    """Which look at a piece of work this is. `SECOND` cannot see `FIRST`; `MODERATION` sees both."""

    FIRST = "first"
    SECOND = "second"
    MODERATION = "moderation"
