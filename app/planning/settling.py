"""What becomes of the time that teams were asked for when needs change: pure, from what is asked now and what was."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.planning.rules import ReleaseState


class Key(NamedTuple):
    """A team, a level and the month, by its first day, in which needs ask for time."""

    team_id: int
    tier: str
    month: date


class Asked(NamedTuple):
    """How many minutes, for how many people."""

    minutes: int
    people: int


class Open(NamedTuple):
    """What stands: the row, what it asks and what was answered."""

    release_id: int
    asked: Asked
    state: ReleaseState


class Becomes(StrEnum):
    """ASKED: anew, without an answer. KEPT: the answer covers the less that is asked now. ENDED: nothing is asked."""

    ASKED = "asked"
    KEPT = "kept"
    ENDED = "ended"


class Change(NamedTuple):
    """`before` is the row that is superseded, 0 for none; `asked` what is asked from now on, None for nothing."""

    key: Key
    before: int
    becomes: Becomes
    asked: Asked | None


def settled(now: Mapping[Key, Asked], before: Mapping[Key, Open], since: date) -> Iterator[Change]:
    """What has to change so that what stands says what needs ask, from a month on: earlier months are history."""
    for key in sorted(now.keys() | before.keys()):
        if key.month < since:
            continue
        asked, standing = now.get(key), before.get(key)
        if standing is None:
            yield Change(key, 0, Becomes.ASKED, asked)
        elif asked is None:
            yield Change(key, standing.release_id, Becomes.ENDED, None)
        elif asked != standing.asked:
            more = asked.minutes > standing.asked.minutes or standing.state is ReleaseState.ASKED
            yield Change(key, standing.release_id, Becomes.ASKED if more else Becomes.KEPT, asked)
