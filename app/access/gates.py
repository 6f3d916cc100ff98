"""What stands in front of a route: each gate says whether an actor may pass, and nothing else."""

from dataclasses import dataclass
from typing import Protocol

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel.errors import NotAllowedError, NotSignedInError


class Gate(Protocol):
    def admits(self, actor: Actor | None) -> bool:
        """Whether this visitor may pass."""
        ...


@dataclass(frozen=True, slots=True)
class Anyone:
    """No sign-in needed."""

    def admits(self, actor: Actor | None) -> bool:  # noqa: ARG002  the others look at it
        return True


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Every person who is signed in, of whatever kind."""

    def admits(self, actor: Actor | None) -> bool:
        return actor is not None


@dataclass(frozen=True, slots=True, init=False)
class Requires:
    """Somebody who holds any of these permissions, in whatever scope; queries then ask which rows."""

    permissions: tuple[Permission, ...]

    def __init__(self, *permissions: Permission) -> None:
        object.__setattr__(self, "permissions", permissions)

    def admits(self, actor: Actor | None) -> bool:
        return actor is not None and any(actor.may(p) for p in self.permissions)


def admit(gate: Gate, actor: Actor | None) -> None:
    """Raise NotSignedInError or NotAllowedError unless the gate lets this visitor pass."""
    if gate.admits(actor):
        return
    if actor is None:
        raise NotSignedInError("Sign in to see this page.")
    raise NotAllowedError("Your account does not have this part of the program.")
