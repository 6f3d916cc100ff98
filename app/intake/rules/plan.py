"""The plan: from what is known and what a file says to what an import does. Pure, so that its preview is its deed."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from app.intake.rules.admitting import Proposal
from app.intake.rules.decisions import Unknown
from app.intake.rules.lines import Line, LineKind
from app.intake.rules.places import NewTeam
from app.intake.rules.rows import Problem
from app.intake.rules.sites import SiteSet

MOST_LEAVERS = 0.05
"""R16: a file after which more than a twentieth of the active staff would be gone is more often wrong than true."""


class WholeKind(StrEnum):
    TRUST = "trust"
    DIRECTORATE = "directorate"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Whole:
    """What a file is the whole of: only there does being left out mean having left."""

    kind: WholeKind
    directorate_id: int | None = None


@dataclass(frozen=True)
class Plan:
    """What an import does. `unchanged` are employee numbers; `undecided` counts rows by the words that need a decision;
    `as_recorded` and `new_roles` count rows by bands and job roles that are kept in the file's own words."""

    lines: tuple[Line, ...]
    unchanged: tuple[str, ...]
    problems: tuple[Problem, ...]
    left_out: int
    over: int
    """Rows of people who had left before the program knew them."""
    undecided: Mapping[tuple[Unknown, str], int]
    as_recorded: Mapping[str, int]
    new_roles: Mapping[str, int]
    proposals: tuple[Proposal, ...]
    remarks: tuple[str, ...]
    active: int
    sites: tuple[SiteSet, ...] = ()
    """Teams that work somewhere else than was known, as the file says."""

    def of(self, kind: LineKind) -> list[Line]:
        return [line for line in self.lines if line.kind is kind]

    def leaving(self, today: date) -> tuple[int, ...]:
        """Whoever has left once it is done. A last day that is still to come ends nobody yet."""
        return tuple(line.person_id for line in self.of(LineKind.LEAVER) if line.person_id and line.on <= today)

    @cached_property
    def counts(self) -> Counter[LineKind]:
        return Counter(line.kind for line in self.lines)

    @property
    def too_many_leave(self) -> bool:
        return self.counts[LineKind.LEAVER] > MOST_LEAVERS * self.active

    @property
    def new_teams(self) -> list[NewTeam]:
        """The teams to be opened, in the order in which the file needs them."""
        asked = (post.team for line in self.lines for post in line.posts)
        return list(dict.fromkeys(team for team in asked if isinstance(team, NewTeam)))

    @property
    def places_opened(self) -> list[str]:
        """Those teams, each as its lines word it."""
        opened = [line for line in self.lines if any(isinstance(post.team, NewTeam) for post in line.posts)]
        return list(dict.fromkeys(line.place for line in opened))

    @cached_property
    def fingerprint(self) -> str:
        """The same for two plans that do the same."""
        digest = hashlib.sha256()
        for line in self.lines:
            digest.update(repr(line).encode())
        for site in self.sites:
            digest.update(repr(site).encode())
        return digest.hexdigest()[:16]
