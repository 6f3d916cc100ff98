"""What is true of needs and progress."""

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.learning.rules import Holding, add_months
from app.ratings import rules as ratings

DEVELOPMENT_ONLY = ratings.DEVELOPMENT_ONLY
"""Said wherever people are looked at; ratings, one floor below, say it too."""

TIME_TO_UNDO = timedelta(hours=24)
DUE_SOON = timedelta(days=14)
MONTHS_TO_REFRESH = 6
"""A level says "refresh by" so many months before it lapses: time to find a place."""
JOINED_LATELY = timedelta(days=92)
STARTER_HAS = timedelta(days=28)
MOST_CELLS = 2_000
FURTHEST = timedelta(days=5 * 366)
BY_COHORT = "cohort"


class Need(StrEnum):
    REQUIRED = "required"
    NOT_REQUIRED = "not_required"
    PAUSED = "paused"
    WAIVED = "waived"


class NeedSource(StrEnum):
    """Who or what asked: a lead's decision, the trust's rule for starters, a rule of need."""

    LEAD = "lead"
    STARTER = "starter"
    RULE = "rule"


class PauseReason(StrEnum):
    PARENTAL = "parental"
    SICK = "sick"
    CARER = "carer"
    OTHER = "other"


class RequestState(StrEnum):
    WAITING = "waiting"
    AGREED = "agreed"
    DECLINED = "declined"
    PLANNED = "planned"
    """On the plan: kept for a cohort to come."""


class State(StrEnum):
    """How far somebody has come in a tier. WAITING and BOOKED belong to cohorts with places.

    REFRESH_AFTER_LEAVE: what would be overdue if they were not on long leave.
    """

    NOT_STARTED = "not_started"
    WAITING = "waiting"
    BOOKED = "booked"
    LEARNING = "learning"
    COMPLETED = "completed"
    REFRESH_BY = "refresh_by"
    REFRESH_OVERDUE = "refresh_overdue"
    REFRESH_AFTER_LEAVE = "refresh_after_leave"


class Used(StrEnum):
    """Of a level that is held, or was until its date: whether it was used in practice, as somebody confirmed."""

    YES = "used"
    NOT_YET = "not_used"


HELD = frozenset({State.COMPLETED, State.REFRESH_BY})
BEGUN = frozenset({State.LEARNING, State.BOOKED})


class Progress(NamedTuple):
    """`on` is the day of a booking, a completion or a refresh; `done` of `of` are modules.

    A day of refresh is `moved` by days of leave. `holding`: what they hold, or held until its date."""

    state: State
    on: date | None = None
    done: int = 0
    of: int = 0
    moved: int = 0
    holding: Holding | None = None

    @property
    def shown(self) -> tuple[State, date | None, int, int, int]:
        """All that a cell says of it: alike for everybody who is as far, whatever their level rests on."""
        return self[:5]

    @property
    def used(self) -> Used | None:
        """None where no level is held."""
        return None if self.holding is None else Used.YES if self.holding.applied_on else Used.NOT_YET


NOT_STARTED = Progress(State.NOT_STARTED)


class Held(NamedTuple):
    """What the award's events leave: held since a day, until a day (None: for good) that leave has moved."""

    since: date
    until: date | None
    moved: int = 0
    holding: Holding | None = None


class Standing(NamedTuple):
    """One person in one tier: what was decided, and how far they are. `seen` is the decision's id, 0 for none.

    `due` is moved by so many days of long leave; `away`: they are on leave on that day.
    """

    progress: Progress = NOT_STARTED
    seen: int = 0
    need: Need | None = None
    due: date | None = None
    source: NeedSource | None = None
    pause_reason: PauseReason | None = None
    asked: bool = False
    offered: bool = True
    """False where the tier is taught in cohorts and none has been announced."""
    moved: int = 0
    away: bool = False
    planned: bool = False
    """They asked, and a lead put it on the plan for a place to come."""


class Cell(NamedTuple):
    """A cell that somebody chose, with the decision they saw in it: its id, 0 for none."""

    person_id: int
    tier: str
    seen: int


class Terms(NamedTuple):
    """What is decided about a cell."""

    need: Need
    due: date | None = None
    pause_reason: PauseReason | None = None
    reason: str = ""


class Gap(StrEnum):
    """Whose turn it is: the person's, or the trust's, which has offered no place."""

    NONE = "none"
    PERSON = "person"
    SUPPLY = "supply"


def progress_of(held: Held | None, learning: tuple[int, int] | None, today: date, *, away: bool = False) -> Progress:
    """What to say of somebody who holds a level, or is learning (modules done, of), or both; `away`: on long leave."""
    lapsed = held is not None and held.until is not None and held.until < today
    holding = held.holding if held else None
    if held is not None and not lapsed:
        if held.until is not None and add_months(today, MONTHS_TO_REFRESH) >= held.until:
            return Progress(State.REFRESH_BY, held.until, moved=held.moved, holding=holding)
        return Progress(State.COMPLETED, held.since, holding=holding)
    if learning is not None:
        return Progress(State.LEARNING, None, *learning, holding=holding)
    if held is None:
        return NOT_STARTED
    state = State.REFRESH_AFTER_LEAVE if away else State.REFRESH_OVERDUE
    return Progress(state, held.until, moved=held.moved, holding=holding)


def gap(standing: Standing) -> Gap:
    """Required, not completed, not paused. Without a place on offer, the gap is the trust's and not the person's."""
    if standing.need is not Need.REQUIRED or standing.progress.state in HELD:
        return Gap.NONE
    return Gap.PERSON if standing.offered or standing.progress.state is State.BOOKED else Gap.SUPPLY


def is_overdue(standing: Standing, today: date) -> bool:
    """Never while they are on leave: what was late before waits until they are back."""
    if standing.away or gap(standing) is Gap.NONE:
        return False
    return standing.due is not None and standing.due < today


def pause_is_over(need: Need | None, due: date | None, today: date, *, away: bool = False) -> bool:
    """Whether a pause has run out, so that somebody must decide again: not before they are back from long leave."""
    return need is Need.PAUSED and due is not None and due <= today and not away


def waiver_is_over(need: Need | None, due: date | None, today: date) -> bool:
    """Whether a waiver has run out: the rules say again what is needed, from the next run on."""
    return need is Need.WAIVED and due is not None and due <= today


def places_offered(delivered: str, *, cohorts: bool = False) -> bool:
    """Whether a person could begin today: a course is always open, a cohort must first be announced."""
    return delivered != BY_COHORT or cohorts


def may_undo(made_by: int, actor: int, age: timedelta, *, undone: bool) -> bool:
    """Whether a decision can be taken back: by whoever made it, once, within a day."""
    return made_by == actor and not undone and age <= TIME_TO_UNDO


def problems_with(
    need: Need | None, due: date | None, pause_reason: PauseReason | None, reason: str, today: date
) -> dict[str, str]:
    """What stands in the way of setting this need, by field."""
    errors: dict[str, str] = {}
    if need is None:
        errors["need"] = "Choose what is needed"
    if need in {Need.REQUIRED, Need.PAUSED, Need.WAIVED}:
        errors |= _problems_with_date(need, due, today)
    if need is Need.PAUSED and pause_reason is None:
        errors["pause_reason"] = "Choose why it is paused"
    if need is Need.WAIVED and not reason:
        errors["reason"] = "Write why it is waived, in a sentence. They read it"
    if len(reason) > 300:  # noqa: PLR2004  the width of its column
        errors["reason"] = f"The reason must be 300 characters or fewer. It has {len(reason)}"
    return errors


_ENDING = {Need.PAUSED: "pause", Need.WAIVED: "waiver"}


def _problems_with_date(need: Need | None, due: date | None, today: date) -> dict[str, str]:
    what = _ENDING.get(need) if need else None
    if due is None:
        when = f"on which the {what} ends" if what else "by which it is needed"
        return {"due": f"Enter the date {when}, such as 31 March 2027"}
    if what and due <= today:
        return {"due": f"The {what} must end after today"}
    if due < today:
        return {"due": "The date by which it is needed must not be in the past"}
    if due > today + FURTHEST:
        return {"due": "The date must be within the next five years"}
    return {}


def months_before(today: date, how_many: int) -> tuple[date, ...]:
    """The first days of so many whole months before this one, the earliest first. One that is not over says less."""
    this = today.replace(day=1)
    return tuple(add_months(this, -back) for back in range(how_many, 0, -1))
