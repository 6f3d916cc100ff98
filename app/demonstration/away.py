"""Three people on long leave: one who is back, one who will be soon, one of whom nobody knows yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from app.access.actor import SYSTEM
from app.demonstration.calendar import Happening
from app.demonstration.trust import Cast, Member
from app.kernel.clock import london_date
from app.kernel.db import WriteSession
from app.organisation.commands import RecordLeave, record_leave
from app.organisation.rules import LeaveKind

NO_END = timedelta(0)
STORY = (
    (LeaveKind.SICK, 170, timedelta(days=120)),
    (LeaveKind.PARENTAL, 140, NO_END),
    (LeaveKind.CARER, 50, timedelta(days=90)),
)
"""Kind, how many days ago it began, and how long it lasts."""


@dataclass(slots=True)
class Away:
    """`asked` are those of whom a level is asked by a date after this one: theirs are the dates that move."""

    cast: Cast
    asked: Callable[[date], list[Member]]
    _gone: set[int] = field(default_factory=set)

    def happenings(self, now: datetime) -> Iterator[tuple[datetime, Happening]]:
        """Each leave as it is recorded, with its moment."""
        for kind, ago, lasts in STORY:
            yield now - timedelta(days=ago, hours=1), partial(self._go, kind, lasts)

    def _go(self, kind: LeaveKind, lasts: timedelta, session: WriteSession, now: datetime) -> None:
        """The first of the ordinary people who is asked for something, or simply the first who is here."""
        ordinary = {m.person_id for m in self.cast.ordinary() if m.left is None} - self._gone
        day = london_date(now)
        found = [m for m in (*self.asked(day), *self.cast.ordinary()) if m.person_id in ordinary]
        if not found:
            return
        person_id = found[0].person_id
        ends_on = day + lasts if lasts else None
        record_leave(session, SYSTEM, RecordLeave(person_id=person_id, kind=kind, starts_on=day, ends_on=ends_on), now)
        self._gone.add(person_id)
