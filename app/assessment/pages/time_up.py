from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.assessment.pages.words import ONLY_YOU, answered_words, at_words, module_title
from app.assessment.queries import Sitting
from app.kernel.clock import london_date
from app.web.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeUpPage(Page):
    """In the place of every page of an attempt whose time is over, until its answers have been handed in."""

    template: ClassVar[str] = "assessment/time_up.html"
    who_sees: ClassVar[str] = ONLY_YOU

    attempt: int
    course: str
    module: str
    module_title: str
    quiz: str
    say: str
    seen: int

    @classmethod
    def of(cls, sitting: Sitting, now: datetime) -> "TimeUpPage":
        until = at_words(sitting.due_at, london_date(now))
        return cls(
            attempt=sitting.attempt_id,
            course=sitting.course.slug,
            module=sitting.activity.module,
            module_title=module_title(sitting.course, sitting.activity),
            quiz=sitting.activity.title,
            say=f"You had until {until}. What you had saved by then counts: {answered_words(sitting)}.",
            seen=sitting.seen,
        )
