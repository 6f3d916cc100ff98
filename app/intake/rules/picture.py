"""What the program knows of staff at one moment: all that a plan may depend on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from app.intake.rules.decisions import decision_key
from app.kernel.names import folded


@dataclass(frozen=True, slots=True)
class KnownDirectorate:
    id: int
    name: str
    starts_on: date
    ends_on: date | None
    successor_id: int | None


@dataclass(frozen=True, slots=True)
class KnownTeam:
    id: int
    directorate_id: int
    name: str
    ends_on: date | None
    successor_id: int | None
    site: str = ""


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post of a member of staff. `employed` posts are the staff record's; the others have a sponsor instead."""

    id: int
    employed: bool
    number: str | None
    assignment: str | None
    team_id: int
    manager_id: int | None
    staff_group: str
    job_role: str
    band: str
    is_primary: bool
    starts_on: date
    ends_on: date | None
    pattern: str = ""

    def open_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)

    def goes_on_after(self, day: date) -> bool:
        """Whether it is held on that day, or begins later."""
        return self.ends_on is None or self.ends_on > day


@dataclass(frozen=True, slots=True)
class KnownLeave:
    """A long leave that is not over, or is to come."""

    id: int
    starts_on: date
    ends_on: date | None

    def lasts_after(self, day: date) -> bool:
        return self.ends_on is None or self.ends_on > day


@dataclass(frozen=True, slots=True)
class KnownPerson:
    id: int
    name: str
    list_name: str
    email: str | None
    posts: tuple[KnownPost, ...]
    leaves: tuple[KnownLeave, ...] = ()

    def had(self, number: str) -> tuple[date, int]:
        """When they were given this number at last, for telling two who had it apart."""
        return max(post.starts_on for post in self.posts if post.number == number), self.id

    def has_left(self, today: date) -> bool:
        return not any(post.goes_on_after(today) for post in self.posts)


@dataclass(frozen=True)
class Picture:
    """`moved` tells this picture from a later one; `taken` is whose each address or sign-in name is, partners' too."""

    today: date
    moved: str
    directorates: tuple[KnownDirectorate, ...] = ()
    teams: tuple[KnownTeam, ...] = ()
    people: Mapping[int, KnownPerson] = field(default_factory=dict)
    taken: Mapping[str, int] = field(default_factory=dict)
    merged: Mapping[str, int] = field(default_factory=dict)
    """Whose each employee number is that merged records had, should no post of theirs carry it any more."""

    @cached_property
    def by_number(self) -> dict[str, KnownPerson]:
        """By every employee number; of two people who had one after the other, the later."""
        found: dict[str, KnownPerson] = {}
        for person in self.people.values():
            for post in person.posts:
                if post.number:
                    other = found.setdefault(post.number, person)
                    if other is not person and (post.starts_on, person.id) > other.had(post.number):
                        found[post.number] = person
        merged = {number: self.people[person_id] for number, person_id in self.merged.items()}
        return merged | found

    @cached_property
    def former(self) -> dict[str, KnownPerson]:
        """Those who left, by the folded form of their name."""
        return {folded(p.name): p for p in self.people.values() if p.posts and p.has_left(self.today)}

    @cached_property
    def active(self) -> int:
        """How many hold a main post of the staff record today."""
        return sum(
            any(post.employed and post.is_primary and post.open_on(self.today) for post in person.posts)
            for person in self.people.values()
        )

    @cached_property
    def roles(self) -> frozenset[str]:
        """The job roles that somebody here has or had, each under its decision key."""
        written = {post.job_role for person in self.people.values() for post in person.posts}
        return frozenset(decision_key(role) for role in written)

    @cached_property
    def directorate_of(self) -> dict[int, int]:
        """The directorate of each team."""
        return {team.id: team.directorate_id for team in self.teams}
