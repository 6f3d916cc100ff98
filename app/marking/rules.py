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


AIM_TO_MARK_WITHIN_DAYS = 14
"""What a learner is told when they hand something in: when they may expect to hear."""
MOST_IN_A_DRAFT = 40_000
"""Characters that a part may have while it is being written; what is handed in keeps to the guide."""

PART = "part-"
"""Before the id of a part, in the name of the field in which it is written."""

LOOKS = (MarkPlace.FIRST, MarkPlace.SECOND)
"""The blind looks: how many of them a piece of work gets is its `markers`."""

Marks = Mapping[str, int]
"""A value for each point, by the point's id."""


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
