"""What an import does, line by line: each says what it means to a person, and what is written for it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from app.intake.rules.places import TeamRef
from app.organisation.rules import LeaveKind

ManagerRef: TypeAlias = int | str | None
"""A person who is here (their id), one who joins with the same file (their employee number), or nobody."""


class LineKind(StrEnum):
    JOINER = "joiner"
    REJOINER = "rejoiner"
    MOVER = "mover"
    CHANGE = "change"
    SECOND_POST = "second post"
    ENDED_POST = "ended post"
    LEAVER = "leaver"


DONE = {
    LineKind.JOINER: ("joined", "joined"),
    LineKind.REJOINER: ("came back", "came back"),
    LineKind.MOVER: ("moved", "moved"),
    LineKind.CHANGE: ("was changed", "were changed"),
    LineKind.SECOND_POST: ("began a second post", "began a second post"),
    LineKind.ENDED_POST: ("ended a post and stayed", "ended a post and stayed"),
    LineKind.LEAVER: ("left", "left"),
}
"""What is said of one, and of several, once it is done."""


@dataclass(frozen=True, slots=True)
class PostAsked:
    """A post as it shall be, over [starts_on, ends_on)."""

    number: str
    assignment: str | None
    team: TeamRef
    manager: ManagerRef
    staff_group: str
    job_role: str
    band: str
    is_primary: bool
    starts_on: date
    ends_on: date | None
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a person is called, and their address."""

    name: str
    list_name: str
    email: str | None


@dataclass(frozen=True, slots=True)
class Ending:
    """A post that ends: `on` is the first day without it."""

    post_id: int
    on: date


@dataclass(frozen=True, slots=True)
class Put:
    """A post that is put right where it stands, without a new one."""

    post_id: int
    post: PostAsked


@dataclass(frozen=True, slots=True)
class LeaveAsked:
    """A long leave that begins, over [starts_on, ends_on): an end only where another leave is planned after it."""

    kind: LeaveKind
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class LeaveEnded:
    """A long leave that ends: `on` is the first day without it."""

    leave_id: int
    on: date


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that is other than before, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happens to one person. `row` is None where the file says nothing of them: a leaver by absence.

    `person_id` is None for a joiner's every line; `naming` is set for a joiner and for whoever is called otherwise now.
    """

    kind: LineKind
    row: int | None
    number: str
    name: str
    person_id: int | None
    place: str
    on: date
    naming: Naming | None = None
    ended: tuple[Ending, ...] = ()
    begun: PostAsked | None = None
    put: Put | None = None
    changed: tuple[Changed, ...] = ()
    leave: LeaveAsked | LeaveEnded | None = None

    @property
    def posts(self) -> tuple[PostAsked, ...]:
        """The posts that it begins or puts right."""
        return tuple(post for post in (self.begun, self.put.post if self.put else None) if post)

    @property
    def is_leave_alone(self) -> bool:
        """Whether nothing but a long leave begins or ends."""
        return self.leave is not None and not (self.naming or self.ended or self.begun or self.put)
