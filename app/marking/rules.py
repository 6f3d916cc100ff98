"""What is true of marking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.curriculum.guides import GuideView

GIVE_UP_AFTER_DAYS = 7
"""Work that a marker took and did not finish goes back into the queue after so many days."""


class MarkPlace(StrEnum):
    """Which look at a piece of work this is. `SECOND` cannot see `FIRST`; `MODERATION` sees both."""

    FIRST = "first"
    SECOND = "second"
    MODERATION = "moderation"


LOOKS = (MarkPlace.FIRST, MarkPlace.SECOND)
"""The blind looks: how many of them a piece of work gets is its `markers`."""

Marks = Mapping[str, int]
"""A value for each point, by the point's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a piece of work got in the end."""

    marks: Marks
    points: int
    passed: bool


def goes_back_at(taken_at: datetime) -> datetime:
    """When work that somebody took and did not finish is free again."""
    return taken_at + timedelta(days=GIVE_UP_AFTER_DAYS)


def differing(guide: GuideView, first: Marks, second: Marks) -> tuple[str, ...]:
    """The points on which two markers do not say the same, in the guide's order."""
    return tuple(point.id for point in guide.points if first.get(point.id) != second.get(point.id))


def decision(guide: GuideView, looks: Mapping[MarkPlace, Marks], markers: int) -> Decision | None:
    """What the finished marks come to: one marker's word, two markers' common word, or that with the moderator's on
    the points on which they differ. None while a look, or the moderation of a difference, is still to come.
    """
    blind = [looks[place] for place in LOOKS if place in looks]
    if len(blind) < markers:
        return None
    first, last = blind[0], blind[-1]
    open_points, moderated = differing(guide, first, last), looks.get(MarkPlace.MODERATION, {})
    if any(point not in moderated for point in open_points):
        return None
    marks = {**first, **{point: moderated[point] for point in open_points}}
    return Decision(marks=marks, points=guide.total(marks), passed=guide.passes(marks))


def agreed(expected: Marks, given: Marks) -> int:
    """On how many points of a worked sample a marker says what was agreed for it."""
    return sum(given.get(point) == value for point, value in expected.items())


def is_calibrated(agreed_points: int, out_of: int, at_least: int) -> bool:
    """`at_least` is a percentage of all samples' points."""
    return out_of > 0 and agreed_points * 100 >= at_least * out_of
