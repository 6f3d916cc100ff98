"""Two years of days at work: things that happened, in order of time, each a deed of some room."""

import heapq
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random

from app.kernel.db import WriteSession

Happening = Callable[[WriteSession, datetime], None]


class Calendar:
    """Happenings by time. One may plan others for later while it happens."""

    def __init__(self, random: Random, begins_at: datetime, ends_at: datetime) -> None:
        self.random = random
        self.begins_at = begins_at
        self.ends_at = ends_at
        self.planned = 0
        self._queue: list[tuple[datetime, int, Happening]] = []
        self._order = count()

    def plan(self, at: datetime, happening: Happening) -> None:
        """Something that happens at this moment; what lies before the beginning or after the end does not."""
        if self.begins_at <= at <= self.ends_at:
            self.planned += 1
            heapq.heappush(self._queue, (at, next(self._order), happening))

    def on(self, day: date, happening: Happening, *, hour: int | None = None) -> datetime:
        """Something that happens on a day, at a believable minute of it."""
        at = self.moment(day, hour)
        self.plan(at, happening)
        return at

    def moment(self, day: date, hour: int | None = None) -> datetime:
        chosen = self.random.choice((7, 8, 9, 10, 11, 13, 14, 15, 16, 19, 22)) if hour is None else hour
        return datetime.combine(day, time(chosen, self.random.randrange(60), self.random.randrange(60)), tzinfo=UTC)

    def run(self, session: WriteSession) -> Iterator[int]:
        """Let it all happen, yielding how many things have."""
        done = 0
        while self._queue:
            at, _order, happening = heapq.heappop(self._queue)
            happening(session, at)
            done += 1
            yield done


def weekday_from(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # noqa: PLR2004
