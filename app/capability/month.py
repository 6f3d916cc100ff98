"""Who came, moved and went in a month, told from main posts alone: right however they were entered."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.access.actor import Reach, ScopeKind
from app.learning.rules import add_months
from app.organisation.rules import Basis, holds_on

FIRST_MONTH = date(2000, 1, 1)
"""Nothing is asked of months before it: no link of ours leads there."""


class Turn(StrEnum):
    """What a month did with somebody, as seen from the teams that are looked at."""

    JOINED = "joined"
    MOVED_IN = "moved-in"
    WITHIN = "within"
    MOVED_OUT = "moved-out"
    LEFT = "left"
    WENT_ALONG = "went-along"
    """Their team was closed and they went with it into the one that succeeds it: nobody moved."""


CAME = frozenset({Turn.JOINED, Turn.MOVED_IN, Turn.WITHIN})
WENT = frozenset({Turn.MOVED_OUT, Turn.LEFT})


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """`first` is its first day."""

    first: date

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.replace(day=1))

    @property
    def next(self) -> date:
        """The first day after it."""
        return add_months(self.first, 1)

    @property
    def key(self) -> str:
        """2026-11"""
        return f"{self.first:%Y-%m}"

    def holds(self, day: date) -> bool:
        return self.first <= day < self.next

    def back(self, how_many: int) -> "Month":
        return Month(add_months(self.first, -how_many))


class Spell(NamedTuple):
    """A main post over [starts_on, ends_on), and the team that succeeded its own."""

    employment_id: int
    team_id: int
    team: str
    successor_id: int | None
    directorate_id: int
    directorate: str
    job_role: str
    band: str
    staff_group: str
    basis: Basis
    starts_on: date
    ends_on: date | None

    @property
    def does(self) -> tuple[str, str, str]:
        """What somebody does in it: another job is a move, another manager or number is none."""
        return (self.job_role, self.band, self.staff_group)

    def follows(self, earlier: "Spell | None") -> bool:
        return earlier is not None and earlier.ends_on == self.starts_on


class Event(NamedTuple):
    """One turn of one person: the post by which these teams know them, and the one before or after it.

    `on` is the first day in the new post, and of a leaver the last day here.
    """

    turn: Turn
    on: date
    person_id: int
    list_name: str
    sort_key: str
    post: Spell
    other: Spell | None


@dataclass(frozen=True, slots=True)
class Part:
    """The part of the trust that is looked at: what a reach holds, of one directorate or (0) of all."""

    reach: Reach
    directorate_id: int = 0

    def holds(self, spell: Spell) -> bool:
        return self.directorate_id in (0, spell.directorate_id) and self.reaches(spell)

    def reaches(self, spell: Spell) -> bool:
        return self.reach.covers(ScopeKind.TEAM, spell.team_id, spell.directorate_id)


class Row(NamedTuple):
    """A spell of somebody, and beside it the one before it, or the one that follows at once."""

    person_id: int
    list_name: str
    sort_key: str
    post: Spell
    other: Spell | None


def events(begun: Iterable[Row], ended: Iterable[Row], part: Part, month: Month) -> tuple[Event, ...]:
    """What happened in this part in this month, by day and name, from the spells that began and those that ended."""
    told = [*_told(begun, lambda r: _arrival(r, part, month)), *_told(ended, lambda r: _departure(r, part, month))]
    return tuple(sorted(told, key=lambda e: (e.on, e.sort_key, e.person_id)))


def _told(rows: Iterable[Row], turned: Callable[[Row], tuple[Turn, date] | None]) -> Iterator[Event]:
    for row in rows:
        if (found := turned(row)) is not None:
            yield Event(*found, row.person_id, row.list_name, row.sort_key, row.post, row.other)


def _arrival(row: Row, part: Part, month: Month) -> tuple[Turn, date] | None:
    """How somebody came to this post; None where nothing that a lead would call a change came with it."""
    post, before, on = row.post, row.other, row.post.starts_on
    if not part.holds(post) or not month.holds(on):
        return None
    if before is None or not post.follows(before):
        return Turn.JOINED, on
    if before.team_id == post.team_id:
        return (Turn.WITHIN, on) if before.does != post.does else None
    if before.successor_id == post.team_id:
        return Turn.WENT_ALONG, on
    return (Turn.WITHIN if part.holds(before) else Turn.MOVED_IN), on


def _departure(row: Row, part: Part, month: Month) -> tuple[Turn, date] | None:
    """How somebody went from this post; None for those who stayed in this part, or went with their team."""
    post, after = row.post, row.other
    if not part.holds(post) or post.ends_on is None:
        return None
    last = post.ends_on - timedelta(days=1)
    if after is None:
        return (Turn.LEFT, last) if month.holds(last) else None
    went_along = post.successor_id == after.team_id
    return None if part.holds(after) or went_along or not month.holds(post.ends_on) else (Turn.MOVED_OUT, post.ends_on)


def is_to_come(event: Event, today: date) -> bool:
    """Whether it has not happened yet: a leaver's last day, too, is still a day here."""
    return event.on >= today if event.turn is Turn.LEFT else event.on > today


def gone_from(event: Event) -> date:
    """The first day on which somebody who went was no longer in this part."""
    assert event.post.ends_on is not None, "whoever went had a post that ended"
    return event.post.ends_on


def the_only_one(
    event: Event, levels: Iterable[str], colleagues: Sequence[tuple[int, Spell]], held: Mapping[int, frozenset[str]]
) -> frozenset[str]:
    """Which of these levels nobody of those who stay in the team holds. `held` is what each colleague holds."""
    stay = {p for p, s in colleagues if p != event.person_id and _stays(s, event)}
    return frozenset(level for level in levels if not any(level in held.get(p, frozenset()) for p in stay))


def _stays(spell: Spell, event: Event) -> bool:
    return spell.team_id == event.post.team_id and holds_on(spell.starts_on, spell.ends_on, gone_from(event))
