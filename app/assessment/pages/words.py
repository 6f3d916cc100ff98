"""Sentences that the pages of an attempt share."""

from dataclasses import dataclass
from datetime import date, datetime

from app.assessment.kinds import KINDS
from app.assessment.kinds.contract import Answer
from app.assessment.queries import Asked, Sitting
from app.curriculum.views import ActivityView, CourseView
from app.kernel.clock import london_date
from app.web.words import clock_time, minutes, moment, plural

ONLY_YOU = "Only you. Your lead and HR see that you passed, never your answers or scores."
ONLY_YOU_PARTNER = "Only you. Nobody else sees your answers."
MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLeft:
    """What is left of an attempt's time when its page is made: in words, and in seconds for the countdown."""

    until: str
    left: str
    seconds: int

    @classmethod
    def of(cls, sitting: Sitting, now: datetime) -> "TimeLeft | None":
        """None where there is no limit."""
        left = sitting.time_left(now)
        if left is None:
            return None
        seconds = int(left.total_seconds())
        return cls(until=at_words(sitting.due_at, london_date(now)), left=left_words(seconds), seconds=seconds)


def left_words(seconds: int) -> str:
    """20 minutes left: a begun minute counts, as the countdown in the page counts it."""
    return f"{minutes(-(-seconds // MINUTE))} left" if seconds >= MINUTE else "less than a minute left"


def module_title(course: CourseView, activity: ActivityView) -> str:
    """The module that the quiz belongs to, by the name under which the attempt began."""
    module = course.module(activity.module)
    return module.title if module else course.public_title


def at_words(at: datetime | None, today: date) -> str:
    """14:32; with its day when that is not today."""
    return clock_time(at) if at is None or london_date(at) == today else moment(at)


def saved_words(saved_at: datetime | None, today: date) -> str:
    """Saved 21:14; with its day when that was not today."""
    return "Not answered yet" if saved_at is None else f"Saved {at_words(saved_at, today)}"


def answered_words(sitting: Sitting) -> str:
    """3 of 5 questions answered."""
    given = sum(asked.answer is not None for asked in sitting.asked)
    return f"{given} of {plural(len(sitting.asked), 'question')} answered"


def answer_words(asked: Asked, answer: Answer) -> tuple[str, ...]:
    return KINDS[asked.kind].in_words(asked.shown, answer) if answer is not None else ("No answer",)
