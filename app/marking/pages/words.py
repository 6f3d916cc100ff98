"""Sentences that the markers' pages share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.curriculum.guides import GuidePoint
from app.kernel.clock import london_date
from app.marking.queries.queue import AGES
from app.web.words import clock_time, moment, plural

BLIND = "They do not see whose work it is, nor what anybody else says of it."
LONG, TOO_LONG = AGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: int
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PointView:
    """A point to judge, with what has been said of it so far, and what is wrong with that."""

    id: str
    text: str
    look_for: str
    least: str
    choices: tuple[Choice, ...]
    comment: str
    wrong: str
    comment_wrong: str

    @classmethod
    def of(
        cls, point: GuidePoint, marks: Mapping[str, int], comments: Mapping[str, str], errors: Mapping[str, str]
    ) -> "PointView":
        return cls(
            id=point.id,
            text=point.text,
            look_for=point.look_for,
            least=f"Nobody passes with less than {point.least} here." if point.least else "",
            choices=tuple(
                Choice(
                    value=level.value,
                    text=level.text if point.is_yes_no else f"{level.value}: {level.text}",
                    chosen=marks.get(point.id) == level.value,
                )
                for level in reversed(point.levels)
            ),
            comment=comments.get(point.id, ""),
            wrong=errors.get(f"value-{point.id}", ""),
            comment_wrong=errors.get(f"comment-{point.id}", ""),
        )


def value_words(point: GuidePoint, value: int | None) -> str:
    """What a value of a point says: "Given", or "2 of 3: names who and where"."""
    level = next((one for one in point.levels if one.value == value), None)
    if level is None:
        return "No answer yet"
    return level.text if point.is_yes_no else f"{level.value} of {point.most}: {level.text}"


def age(waited: timedelta) -> str:
    """today, 1 day, 9 days"""
    return plural(waited.days, "day") if waited.days > 0 else "less than a day"


def age_mark(waited: timedelta) -> str:
    if waited > timedelta(days=TOO_LONG):
        return f"Over {TOO_LONG} days"
    return f"Over {LONG} days" if waited > timedelta(days=LONG) else ""


def age_tone(waited: timedelta) -> str:
    return "late" if waited > timedelta(days=TOO_LONG) else "warn"


def saved_words(saved_at: datetime | None, today: date) -> str:
    """Saved 21:14; with its day when that was not today."""
    if saved_at is None:
        return "Nothing is saved yet"
    return f"Saved {clock_time(saved_at) if london_date(saved_at) == today else moment(saved_at)}"
