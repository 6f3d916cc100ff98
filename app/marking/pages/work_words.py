"""Words that the pages of a task share: where it stands in its course, when it was saved, who reads it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.curriculum.guides import GuideView
from app.kernel.clock import london_date
from app.marking.queries.own import OwnWork
from app.marking.rules import AIM_TO_MARK_WITHIN_DAYS
from app.web.words import clock_time, day, moment, plural

ONLY_YOU = (
    "You alone, with your name on it. Those who mark your work and decide about marks read it without your name. Your"
    " lead and HR see that you passed, never your words or your points."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a task stands: its course, its module, and what the page calls them."""

    course: str
    activity: str
    module: str
    module_title: str
    title: str
    joined: bool

    @classmethod
    def of(cls, work: OwnWork) -> "Place":
        module = work.course.module(work.activity.module)
        return cls(
            course=work.course.view.slug,
            activity=work.activity.key,
            module=module.key,
            module_title=module.title,
            title=work.guide.title,
            joined=work.course.enrolment is not None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A state in words, and its tone."""

    words: str
    tone: str


def saved_words(saved_at: datetime | None, today: date) -> str:
    """Saved 21:14; with its day when that was not today."""
    if saved_at is None:
        return "Nothing saved yet"
    return f"Saved {clock_time(saved_at) if london_date(saved_at) == today else moment(saved_at)}"


def tell_by(handed_in_at: datetime) -> str:
    return day(london_date(handed_in_at) + timedelta(days=AIM_TO_MARK_WITHIN_DAYS))


def judged_by(guide: GuideView) -> str:
    """How many points there are, and how many pass."""
    said = f"It is judged by {plural(len(guide.points), 'point')}, and by nothing else."
    if guide.out_of != len(guide.points):
        said = f"It is judged by {plural(len(guide.points), 'point')} that give {guide.out_of} in all."
    return f"{said} With {guide.pass_mark} you pass."


def what_happens(guide: GuideView) -> tuple[str, ...]:
    """From handing in to the result, in the order in which it happens."""
    together = " Everybody’s results come out on the same day." if guide.release_together else ""
    return (
        "Until somebody begins to mark it, you can take it back.",
        f"{_markers(guide)} They read your words without your name.",
        f"We aim to tell you within {AIM_TO_MARK_WITHIN_DAYS} days.{together}",
        "You then read what was said about each point. If you pass, it counts for the course from that day.",
        _goes(guide.resubmissions),
    )


def _markers(guide: GuideView) -> str:
    if guide.markers > 1:
        return "Two people mark it and do not see each other’s marks. Where they differ, a third decides."
    if guide.second_mark_every is not None:
        return "One person marks it. For some pieces a second person does too, to see how far markers agree."
    return "One person marks it."


def _goes(resubmissions: int | None) -> str:
    if resubmissions is None:
        return "If it does not pass, you can write it again as often as you like."
    if resubmissions == 0:
        return "It can be handed in once."
    return (
        f"If it does not pass, you can hand it in again {'once' if resubmissions == 1 else f'{resubmissions} times'}."
    )
