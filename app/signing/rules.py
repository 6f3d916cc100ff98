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
