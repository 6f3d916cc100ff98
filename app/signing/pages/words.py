"""What happened to a request, when and by whom, in the words that both sides read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.clock import london_date
from app.signing.queries import Entitled, EventRow, Requests
from app.signing.rules import MoveReason, SignOffDeed, SignOffState, Tie
from app.web.page import Option
from app.web.words import day, moment, plural

GROUPS = {
    Tie.MANAGER: "Managers of your posts",
    Tie.LEAD: "Leads of where you work",
    Tie.COACH: "Coaches",
    Tie.CONTACT: "People who look after your course",
}
A_WEEK, A_MONTH = 7, 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that happened, and what was written with it."""

    at: str
    said: str
    comment: str


def history(requests: Requests) -> tuple[Line, ...]:
    """The newest last. A first request alone needs no history."""
    events = requests.events
    if len(events) < 2:  # noqa: PLR2004
        return ()
    told = ((event, events[:place]) for place, event in enumerate(events))
    return tuple(_line(event, before) for event, before in told if event.deed is not SignOffDeed.SUPERSEDED)


def _line(event: EventRow, before: Sequence[EventRow]) -> Line:
    comment = event.comment if event.deed in {SignOffDeed.CONFIRMED, SignOffDeed.REJECTED} else ""
    return Line(at=moment(event.at), said=_said(event, before), comment=comment)


def _said(event: EventRow, before: Sequence[EventRow]) -> str:
    match event.deed:
        case SignOffDeed.REQUESTED:
            return f"You {_changed(before)}asked {event.asked}."
        case SignOffDeed.MOVED:
            return f"It went to {event.asked}, because {_why(event, before[-1].asked)}."
        case SignOffDeed.CONFIRMED:
            return f"{event.by} confirmed it."
        case SignOffDeed.REJECTED:
            return f"{event.by} did not confirm it."
        case _:
            return "You took it back."


def _changed(before: Sequence[EventRow]) -> str:
    """A new request right after one that it supersedes: one deed, told as one."""
    if not before or before[-1].deed is not SignOffDeed.SUPERSEDED:
        return ""
    of_the_same = [e.deed for e in before if e.sign_off_id == before[-1].sign_off_id]
    no_longer = ", so that it was no longer confirmed," if SignOffDeed.CONFIRMED in of_the_same else ""
    return f"changed what you say{no_longer} and "


def _why(event: EventRow, previous: str) -> str:
    if event.comment == MoveReason.LEFT:
        return f"{previous} works here no longer"
    if event.comment == MoveReason.ON_LEAVE:
        return f"{previous} is on leave"
    return f"{previous} can no longer confirm it for you"


def became(state: SignOffState) -> str:
    """What a request has become, for whoever was about to decide it."""
    return {
        SignOffState.REQUESTED: "It waits for a decision.",
        SignOffState.CONFIRMED: "It has been confirmed.",
        SignOffState.REJECTED: "It has been rejected.",
        SignOffState.WITHDRAWN: "They took it back, so there is nothing to decide.",
        SignOffState.SUPERSEDED: "They changed what they say.",
    }[state]


def age(asked_at: datetime, today: date) -> tuple[str, str]:
    """How long a request has waited, and the tone of its tag."""
    days = (today - london_date(asked_at)).days
    if days < 1:
        return "Waiting since today", "quiet"
    if days < A_WEEK * 2:
        return f"Waiting for {plural(days, 'day')}", "quiet" if days < A_WEEK else "warn"
    return f"Waiting for {plural(days // A_WEEK, 'week')}", "warn" if days < A_MONTH else "late"


def whom(found: Sequence[Entitled]) -> tuple[Option, ...]:
    """Whom to ask, the nearest first within each group."""
    return tuple(Option(value=str(e.person_id), text=f"{e.name}{_where(e)}", group=GROUPS[e.tie]) for e in found)


def _where(entitled: Entitled) -> str:
    if entitled.tie is Tie.LEAD:
        return f", {entitled.place or 'the whole trust'}"
    return f", {entitled.place}"


def on_day(at: datetime | None) -> str:
    return day(london_date(at)) if at else ""
