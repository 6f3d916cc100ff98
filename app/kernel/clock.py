"""Time: UTC inside, Europe/London on screen, from one clock that is handed in."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, in UTC, aware."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class SettableClock:
    """A clock that stands where it is put: for tests, and for the demonstration's past."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def london_date(moment: datetime) -> date:
    """The calendar day in London at this moment (00:30 BST belongs to the new day)."""
    return moment.astimezone(LONDON).date()


def london_time(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


class ClockFrom:
    """A clock that goes on from a moment that another process read: two processes of one deed agree on the day."""

    def __init__(self, at: datetime) -> None:
        self._ahead = at - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead
