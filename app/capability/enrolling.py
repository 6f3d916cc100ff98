"""What is true of places on courses that rules give: who is put on a course, and who is taken off it again."""

from enum import StrEnum
from typing import NamedTuple

from app.learning.rules import EnrolmentSource


class Taken(NamedTuple):
    """The last place that somebody has or had on a course. `begun`: they did something in it, now or before."""

    enrolment_id: int
    source: EnrolmentSource
    is_open: bool
    begun: bool
    completed: bool


class Asked(NamedTuple):
    """What is asked of somebody: `by_rule` a rule asks for the level; `at_all` somebody does, or has only paused it."""

    by_rule: bool
    at_all: bool


NOTHING_ASKED = Asked(by_rule=False, at_all=False)
RULE_ASKS = Asked(by_rule=True, at_all=True)


class Move(StrEnum):
    """They are put on the course, or taken off it."""

    ON = "on"
    OFF = "off"


def move(taken: Taken | None, asked: Asked, *, held: bool, lapsed: bool, away: bool) -> Move | None:
    """What must change so that whoever a rule asks is on the course; None when it is so.

    `held`: they hold the level today; `lapsed`: they did, and completed the course before it was over; `away`: on long
    leave, so that they are put on it when they are back. Only a place that a rule gave, and that nobody has begun, is
    taken back. What was completed stays.
    """
    if taken is not None and taken.is_open:
        stays = taken.source is not EnrolmentSource.RULE or taken.begun or (asked.at_all and not held)
        return None if stays else Move.OFF
    if not asked.by_rule or held or away:
        return None
    done = taken is not None and taken.completed and not lapsed
    return None if done else Move.ON
