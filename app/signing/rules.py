"""What is true of sign-off."""

from datetime import date
from enum import StrEnum

LONGEST_LINE = 120
LONGEST_ACCOUNT = 1000


class SignOffState(StrEnum):
    """REQUESTED waits for the person asked. Every other state is the end of that request; a new one may follow."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class SignOffDeed(StrEnum):
    """What happened to a request, in the order in which it happened. MOVED: somebody else was asked instead."""

    REQUESTED = "requested"
    MOVED = "moved"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Signer(StrEnum):
    """Who may confirm, as the course says."""

    SUPERVISOR = "supervisor"
    COACH = "coach"
    EITHER = "either"


class Tie(StrEnum):
    """What lets somebody confirm what a learner did, the nearest first."""

    MANAGER = "manager"
    LEAD = "lead"
    COACH = "coach"
    CONTACT = "contact"
    """Whoever looks after patient partners, for a partner."""


class MoveReason(StrEnum):
    """Why somebody else was asked instead: the person asked left, is on leave, or may no longer confirm it."""

    LEFT = "left"
    ON_LEAVE = "on-leave"
    NOT_THEIRS = "not-theirs"


TIES: dict[Signer, tuple[Tie, ...]] = {
    Signer.SUPERVISOR: (Tie.MANAGER, Tie.LEAD),
    Signer.COACH: (Tie.COACH,),
    Signer.EITHER: (Tie.MANAGER, Tie.LEAD, Tie.COACH),
}

_BEGINS = {SignOffDeed.REQUESTED: SignOffState.REQUESTED}
_FOLLOWS: dict[SignOffState, dict[SignOffDeed, SignOffState]] = {
    SignOffState.REQUESTED: {
        SignOffDeed.MOVED: SignOffState.REQUESTED,
        SignOffDeed.CONFIRMED: SignOffState.CONFIRMED,
        SignOffDeed.REJECTED: SignOffState.REJECTED,
        SignOffDeed.WITHDRAWN: SignOffState.WITHDRAWN,
        SignOffDeed.SUPERSEDED: SignOffState.SUPERSEDED,
    },
    SignOffState.CONFIRMED: {SignOffDeed.SUPERSEDED: SignOffState.SUPERSEDED},
    SignOffState.REJECTED: {},
    SignOffState.WITHDRAWN: {},
    SignOffState.SUPERSEDED: {},
}


def follows(state: SignOffState | None, deed: SignOffDeed) -> SignOffState | None:
    """The state that a deed leads to; None when it cannot be done. Before the first deed there is no state."""
    return (_BEGINS if state is None else _FOLLOWS[state]).get(deed)


def stands(state: SignOffState) -> bool:
    """Whether a request waits or is confirmed: at most one of an activity and enrolment does."""
    return state in {SignOffState.REQUESTED, SignOffState.CONFIRMED}


def problems_with_use(
    what: str, place: str, worked_on: date | None, account: str, *, held_since: date, today: date
) -> dict[str, str]:
    """What stands in the way of telling of a piece of work in which a level was used, by field."""
    errors: dict[str, str] = {}
    for field, text, wanted in (("what", what, "Write what it was"), ("place", place, "Write where it was")):
        if not text:
            errors[field] = f"{wanted}, in a few words"
        elif len(text) > LONGEST_LINE:
            errors[field] = f"This must be {LONGEST_LINE} characters or fewer. It has {len(text)}"
    if worked_on is None:
        errors["worked_on"] = "Enter the day on which it ended, such as 31 March 2026; today, if it goes on"
    elif worked_on > today:
        errors["worked_on"] = "The day must not be in the future"
    elif worked_on < held_since:
        errors["worked_on"] = (
            f"The day must be {held_since.day} {held_since:%B %Y} or later, from when the level is held. What was "
            "done before belongs to the course"
        )
    if not account:
        errors["account"] = "Write in a sentence or two what was done and what came of it"
    elif len(account) > LONGEST_ACCOUNT:
        errors["account"] = f"Write at most {LONGEST_ACCOUNT:,} characters. It has {len(account):,}"
    return errors
