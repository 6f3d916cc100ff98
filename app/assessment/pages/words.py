"""Sentences that the pages of an attempt share."""

from datetime import date, datetime

from app.assessment.kinds import KINDS
from app.assessment.kinds.contract import Answer
from app.assessment.queries import Asked, Sitting
from app.kernel.clock import london_date
from app.web.words import clock_time, moment

ONLY_YOU = "Only you. Your lead and HR see that you passed, never your answers or scores."
ONLY_YOU_PARTNER = "Only you. Nobody else sees your answers."


def module_title(sitting: Sitting) -> str:
    """The module that the quiz belongs to, by the name under which the attempt began."""
    module = sitting.course.module(sitting.activity.module)
    return module.title if module else sitting.course.public_title


def saved_words(saved_at: datetime | None, today: date) -> str:
    """Saved 21:14; with its day when that was not today."""
    if saved_at is None:
        return "Not answered yet"
    return f"Saved {clock_time(saved_at) if london_date(saved_at) == today else moment(saved_at)}"


def answer_words(asked: Asked, answer: Answer) -> tuple[str, ...]:
    return KINDS[asked.kind].in_words(asked.shown, answer) if answer is not None else ("No answer",)
