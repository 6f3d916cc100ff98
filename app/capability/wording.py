"""How needs and progress are said: the same words on screen, in lists, in spreadsheets and in mails."""

from datetime import date, datetime, timedelta

from app.capability.rules import (
    BEGUN,
    HELD,
    Gap,
    Need,
    PauseReason,
    Progress,
    Standing,
    State,
    Used,
    gap,
    is_overdue,
    pause_is_over,
    waiver_is_over,
)
from app.kernel.clock import london_date
from app.organisation.wording import moved_words
from app.signing.queries import Duty
from app.web.words import day, minutes, month, plural

CLEAR_WITHOUT_YEAR = timedelta(days=180)

PAUSE_REASONS = {
    PauseReason.PARENTAL: "Parental leave",
    PauseReason.SICK: "Sick leave",
    PauseReason.CARER: "Carer's leave",
    PauseReason.OTHER: "Another reason",
}
NEEDS = {
    "undecided": "Not decided",
    Need.REQUIRED: "Required",
    Need.NOT_REQUIRED: "Not required for this role",
    Need.PAUSED: "Paused",
    Need.WAIVED: "Waived",
}
STATES = {
    State.NOT_STARTED: "Not started",
    State.WAITING: "Waiting for a place",
    State.BOOKED: "Booked",
    State.LEARNING: "Learning",
    State.COMPLETED: "Completed",
    State.REFRESH_BY: "To be refreshed soon",
    State.REFRESH_OVERDUE: "Refresh overdue",
    State.REFRESH_AFTER_LEAVE: "To be refreshed after leave",
}


USES = {
    Used.YES: "Used in practice",
    Used.NOT_YET: "Held, not used in practice yet",
}
PROGRESSES: dict[str, str] = {str(one): said for one, said in (*STATES.items(), *USES.items())}
"""What progress can be chosen by."""


def brief_day(value: date, today: date) -> str:
    """31 Mar of the months to come; 31 Mar 2028, or 27 Sep 2026 when it is past, where the year is not plain."""
    near = timedelta(0) <= value - today < CLEAR_WITHOUT_YEAR
    return f"{value.day} {value:%b}" if near else f"{value.day} {value:%b %Y}"


def need_brief(standing: Standing, today: date) -> str:
    """For a cell: Required by 31 Mar. Once completed, the date by which it was needed says nothing more."""
    if standing.need is None:
        return "Not decided"
    if standing.need is Need.NOT_REQUIRED:
        return "Not required"
    if standing.need is Need.REQUIRED and standing.progress.state in HELD:
        return "Required"
    said = brief_day(standing.due, today) if standing.due else ""
    return _need(standing.need, standing.due, today, said, away=standing.away)


def need_words(need: Need | None, due: date | None, today: date) -> str:
    """In full: Required by 31 March 2027."""
    if need is None or need is Need.NOT_REQUIRED:
        return NEEDS[need or "undecided"]
    return _need(need, due, today, day(due))


def standing_words(standing: Standing, today: date) -> str:
    """The same of a standing, whose date explains itself: Required by 31 March 2027, moved by 182 days of leave."""
    if standing.need is Need.PAUSED:
        return _need(standing.need, standing.due, today, day(standing.due), away=standing.away)
    return need_words(standing.need, standing.due, today) + moved_words(standing.moved)


def _need(need: Need, due: date | None, today: date, said: str, *, away: bool = False) -> str:
    if need is Need.REQUIRED:
        return f"Required by {said}" if said else "Required"
    if need is Need.WAIVED:
        return f"Waiver ended {said}" if waiver_is_over(need, due, today) else f"Waived until {said}"
    return f"Pause ended {said}" if pause_is_over(need, due, today, away=away) else f"Paused until {said}"


def progress_brief(standing: Standing, today: date, *, overdue: bool) -> str:
    """For a cell: Learning (2 of 4); Completed Sep 2024. A date that passed without a place blames nobody."""
    progress = standing.progress
    if progress.state is State.COMPLETED:
        return f"Completed {month(progress.on)}"
    said = _progress(progress, brief_day(progress.on, today) if progress.on else "")
    if gap(standing) is Gap.SUPPLY and progress.state is State.NOT_STARTED:
        return "Past date: no place offered" if overdue else "No place offered yet"
    if gap(standing) is Gap.SUPPLY and progress.state is State.LEARNING and overdue:
        return "Past date: no place for the rest"
    return f"Past date: {said[0].lower()}{said[1:]}" if overdue else said


def progress_words(progress: Progress, *, offered: bool = True) -> str:
    """In full: Completed 12 September 2024."""
    said = _progress(progress, day(progress.on)) + moved_words(progress.moved)
    return said if offered or progress.state is not State.NOT_STARTED else "Not started: no place offered yet"


def place_words(standing: Standing, today: date, *, alone: bool, on_course: bool) -> str:
    """How far somebody is, and of whoever has not begun what is asked of them how they come to its course.

    Beside the steps of a level's life, only what those do not say. `alone`: people begin this course by themselves.
    """
    if shown_by_stages(standing.progress):
        return "On the course again, to be begun at any time" if on_course else ""
    said = _place(standing, alone=alone, on_course=on_course)
    return f"{said}. The date has passed" if is_overdue(standing, today) else said


def _place(standing: Standing, *, alone: bool, on_course: bool) -> str:
    if standing.progress.state is not State.NOT_STARTED:
        return progress_words(standing.progress)
    if on_course:
        return "Not started: on the course, to be begun at any time"
    if standing.need is Need.REQUIRED and not alone:
        return "Not started: on the plan, until a cohort offers a place"
    return progress_words(standing.progress)


def _progress(progress: Progress, said: str) -> str:
    match progress.state:
        case State.BOOKED | State.COMPLETED:
            return f"{STATES[progress.state]} {said}"
        case State.LEARNING:
            return f"Learning ({progress.done} of {progress.of})" if progress.of else "Learning"
        case State.REFRESH_BY:
            return f"Refresh by {said}"
        case State.REFRESH_OVERDUE:
            return f"Refresh overdue since {said}"
        case _:
            return STATES[progress.state]


def mark(standing: Standing, *, overdue: bool) -> str:
    """A letter for the mark before the words: done, under way, not begun, late."""
    if overdue or standing.progress.state is State.REFRESH_OVERDUE:
        return "l"
    if standing.progress.state in HELD:
        return "d"
    return "o" if standing.progress.state in BEGUN else "n"


def assigned_line(setter: str, tier: str, due: date | None, reason: str, release_minutes: int) -> str:
    """What a person's weekly mail says when a lead has decided."""
    by = f" by {day(due)}" if due else ""
    why = f"\nWhy: {reason}" if reason else ""
    time = (
        f"\nIt takes about {minutes(release_minutes)}. Your team plans this time with you." if release_minutes else ""
    )
    return f"{setter} asks you to complete {tier}{by}.{why}{time}"


def starter_line(tier: str, due: date, release_minutes: int) -> str:
    return (
        f"Welcome. Everyone who starts here takes {tier}, by {day(due)}.\n"
        f"It takes about {minutes(release_minutes)} and waits for you on your first page."
    )


def asked_by_rule(rule: str, since: datetime, why: str) -> str:
    """Asked for by the rule “Band 8a and above” of Medicine, since 3 March 2027: “Leaders coach others.”"""
    return f"Asked for by {rule}, since {day(london_date(since))}{f': “{why}”' if why else '.'}"


def planned_line(decider: str, tier: str, answer: str) -> str:
    words = f"\nThey write: {answer}" if answer else ""
    return f"{decider} has put you on the plan for {tier}: you will hear when a place is offered.{words}"


def due_soon_line(tier: str, due: date) -> str:
    return f"{tier} is asked of you by {day(due)}. You can go on where you stopped."


def overdue_line(tier: str, due: date) -> str:
    return (
        f"{tier} was asked of you by {day(due)}.\n"
        "If work left no time for it, tell your manager or the QI team: a new date can be agreed."
    )


def declined_line(decider: str, tier: str, answer: str) -> str:
    return f"{decider} has answered your request for {tier}: not at present.\nThey write: {answer}"


def sign_offs_words(duty: Duty) -> str:
    """What waits for somebody as a manager, lead or coach; nothing for people whom nobody ever asked."""
    if duty.waiting:
        return plural(duty.waiting, "sign-off waits for you to decide", "sign-offs wait for you to decide")
    return "Sign-offs: nothing waits for you" if duty.ever else ""


def uses_words(waiting: int) -> str:
    """Work in which others used a level, which waits for somebody to confirm; nothing for everybody else."""
    one, many = "person tells you how they used a level in practice", "tell you how they used a level in practice"
    return f"{plural(waiting, one, many)}: confirm it, or send it back" if waiting else ""


def shown_by_stages(progress: Progress) -> bool:
    """Whether the steps of a level's life say all there is: whoever learns it anew is also told how far they are."""
    return progress.holding is not None and progress.state is not State.LEARNING


def offers_words(waiting: int) -> str:
    """What waits for an assessor; nothing for everybody else."""
    one, many = "offer of learning from elsewhere waits", "offers of learning from elsewhere wait"
    return f"{plural(waiting, one, many)} for you to decide" if waiting else ""
