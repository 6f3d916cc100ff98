"""What is true of sign-off."""

from enum import StrEnum


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
