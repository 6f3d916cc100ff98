"""Whoever is acting: a person with the grants they hold today."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.access.permissions import ROLE_PERMISSIONS, Permission, Role


class PersonKind(StrEnum):
    STAFF = "staff"
    PARTNER = "partner"
    SYSTEM = "system"


class ScopeKind(StrEnum):
    TRUST = "trust"
    DIRECTORATE = "directorate"
    TEAM = "team"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Held:
    """A role held within a scope. `scope_id` is a directorate's or team's id, None for the trust and for oneself."""

    role: Role
    scope: ScopeKind
    scope_id: int | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Which part of the trust a permission reaches."""

    trust: bool
    directorates: frozenset[int]
    teams: frozenset[int]

    def covers(self, scope: ScopeKind, scope_id: int | None, directorate_id: int | None = None) -> bool:
        """Whether a scope lies inside this reach. A team lies inside its directorate: give that directorate's id."""
        if self.trust:
            return True
        if scope is ScopeKind.DIRECTORATE:
            return scope_id in self.directorates
        return scope is ScopeKind.TEAM and (scope_id in self.teams or directorate_id in self.directorates)


@dataclass(frozen=True, slots=True)
class Actor:
    person_id: int
    kind: PersonKind
    name: str
    held: tuple[Held, ...] = ()
    session_id: int | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        return frozenset().union(*(ROLE_PERMISSIONS[h.role] for h in self.held))

    def may(self, permission: Permission) -> bool:
        return any(permission in ROLE_PERMISSIONS[h.role] for h in self.held)

    def reach(self, permission: Permission) -> Reach:
        """The union of the scopes that give this permission (never one's own record, which needs no reach)."""
        giving = [h for h in self.held if permission in ROLE_PERMISSIONS[h.role]]
        return Reach(
            trust=any(h.scope is ScopeKind.TRUST for h in giving),
            directorates=_ids(giving, ScopeKind.DIRECTORATE),
            teams=_ids(giving, ScopeKind.TEAM),
        )


def _ids(held: list[Held], kind: ScopeKind) -> frozenset[int]:
    return frozenset(h.scope_id for h in held if h.scope is kind and h.scope_id is not None)


SYSTEM_PERSON_ID = 1
"""The person row that the first migration writes: deeds from the command line and the worker act as it."""

SYSTEM = Actor(
    person_id=SYSTEM_PERSON_ID,
    kind=PersonKind.SYSTEM,
    name="The system",
    held=tuple(Held(role, ScopeKind.TRUST) for role in Role if role not in {Role.STAFF, Role.PARTNER}),
)
