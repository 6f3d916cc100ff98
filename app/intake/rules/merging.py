"""What is true of two records of one person once they are one: posts, needs and places on courses side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise, zip_longest

from app.organisation.rules import overlap

Spell = tuple[date, date | None]
"""[start, end); no end while it goes on."""


class RowDeed(StrEnum):
    """CHANGED: columns got other values. REMOVED: the staying record has the same. ADDED: part of a divided row.
    LEFT: it stays readable on the merged-away record, because the staying one has its own."""

    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a main post of the merged-away record: the main post still, or one beside the staying record's."""

    starts_on: date
    ends_on: date | None
    is_primary: bool


def parts_of(post: Spell, kept: Sequence[Spell]) -> tuple[Part, ...]:
    """A main post beside the main posts of the staying record, in order: wherever they meet, it is a second post.

    So whoever was counted twice on a day is counted once, where the staying record says, and no day loses them.
    """
    cuts = {day for spell in kept if overlap(post, spell) for day in spell if day is not None and _within(day, post)}
    days = [post[0], *sorted(cuts), post[1]]
    found: list[Part] = []
    for start, end in pairwise(days):
        assert start is not None
        main = not any(overlap((start, end), other) for other in kept)
        if found and found[-1].is_primary == main:
            found[-1] = replace(found[-1], ends_on=end)
        else:
            found.append(Part(start, end, main))
    return tuple(found)


def _within(day: date, post: Spell) -> bool:
    return post[0] < day and (post[1] is None or day < post[1])


def days_in_both(one: Iterable[Spell], other: Iterable[Spell]) -> tuple[Spell, ...]:
    """The stretches on which both hold a main post."""
    other = list(other)
    meet = [(max(a[0], b[0]), _earlier(a[1], b[1])) for a in one for b in other if overlap(a, b)]
    return tuple(sorted(meet, key=lambda spell: spell[0]))


def _earlier(one: date | None, other: date | None) -> date | None:
    ends = [day for day in (one, other) if day is not None]
    return min(ends) if ends else None


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about a need over [decided_at, superseded_at)."""

    id: int
    decided_at: datetime
    superseded_at: datetime | None


def one_after_the_other(decided: Iterable[Decided]) -> dict[int, datetime | None]:
    """When each decision ends if they are all about one person: with the next one, unless it ended before."""
    in_order = sorted(decided, key=lambda d: (d.decided_at, d.superseded_at is None, d.id))
    ends: dict[int, datetime | None] = {}
    for one, following in zip_longest(in_order, in_order[1:]):
        next_at = following.decided_at if following else None
        ends[one.id] = min((at for at in (one.superseded_at, next_at) if at is not None), default=None)
    return ends


@dataclass(frozen=True, slots=True)
class Place:
    """An enrolment. `kept`: the staying record's. `used`: something was done in it, or the course is begun again."""

    id: int
    kept: bool
    edition_id: int
    episode: int
    enrolled_at: datetime
    counts_from: date | None
    used: bool
    completed_on: date | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Placed:
    """What an enrolment becomes. `aside`: an unused one that goes to the merged-away record."""

    aside: bool
    episode: int
    counts_from: date | None
    closed_at: datetime | None


def one_course(places: Sequence[Place]) -> dict[int, Placed]:
    """The places of two records on one course, made those of one person.

    An unused place steps aside for any other. A place in use beside a completed course is one begun again, and counts
    from the day after. Of two in use the one begun later goes on; halves join, whichever place they were done in.
    """
    completed = [place for place in places if place.completed_on]
    used = [place for place in places if place.closed_at is None and place.used]
    unused = [place for place in places if place.closed_at is None and not place.used]
    unused.sort(key=lambda place: not place.kept)
    aside = unused if completed or used else unused[1:]
    going_on = max(used, key=lambda place: (place.enrolled_at, place.id), default=None)
    last = max((place.completed_on for place in completed if place.completed_on), default=None)
    closes = {p.id: going_on.enrolled_at for p in used if going_on and p.id != going_on.id}
    counts = {p.id: _from(p.counts_from, last + timedelta(days=1)) for p in used if last}
    staying = sorted(
        (place for place in places if place not in aside),
        key=lambda p: (
            (p.closed_at or closes.get(p.id)) is None,
            p.closed_at or closes.get(p.id) or p.enrolled_at,
            p.enrolled_at,
            p.id,
        ),
    )
    found = {
        place.id: Placed(False, at, counts.get(place.id, place.counts_from), place.closed_at or closes.get(place.id))
        for at, place in enumerate(staying, 1)
    }
    return found | {p.id: Placed(True, p.episode, p.counts_from, p.closed_at) for p in aside}


def _from(before: date | None, after: date) -> date:
    return max(before, after) if before else after
