"""Directorates, teams and staff: who was here when the story begins, who came, moved, left and came back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from app.access.actor import SYSTEM
from app.accounts.commands import OpenAccount, open_account
from app.demonstration.calendar import Calendar, Happening, weekday_from
from app.demonstration.names import Names
from app.demonstration.shape import DIRECTORATES, SITES, Post, posts
from app.kernel.db import WriteSession
from app.kernel.names import folded
from app.organisation.commands import (
    EndEmployment,
    Hire,
    Move,
    OpenDirectorate,
    OpenTeam,
    end_employment,
    hire,
    move,
    open_directorate,
    open_team,
)
from app.organisation.rules import FULL_TIME, PART_TIME, Basis

OPENED = date(2011, 4, 1)
SPONSORS = {"7", "8a", "8b", "8c"}
MANAGED = "Adult inpatient services"
MANAGERS = {"7", "8a"}
NO_EMAIL = {"Housekeeper", "Electrician"}
TEMPORARY = ((Basis.BANK, 14), (Basis.STUDENT, 10), (Basis.ROTATING, 8), (Basis.VOLUNTEER, 6))


@dataclass(slots=True, eq=False)
class Member:
    """A member of the demonstration's staff, as its story needs to know them."""

    person_id: int
    name: str
    team: str
    post: Post
    began: date
    left: date | None = None


@dataclass(slots=True)
class Cast:
    """Everybody the story has met so far."""

    directorates: dict[str, int] = field(default_factory=dict)
    directorate_of: dict[str, str] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    staff: list[Member] = field(default_factory=list)
    managers: dict[str, int] = field(default_factory=dict)
    """Who manages a team of adult inpatient services: the first of band 7 or 8a who came to it."""
    parts: int = 0
    """How many of the staff, from the first, have a part of their own in the story."""
    _index: dict[int, Member] = field(default_factory=dict)

    def ordinary(self) -> list[Member]:
        """Everybody but those who have a part of their own."""
        return self.staff[self.parts :]

    def has_left(self, person_id: int, on: date) -> bool:
        """Whether a member of staff is no longer here on that day. (Partners never leave.)"""
        member = self._by_id().get(person_id)
        return member is not None and member.left is not None and member.left <= on

    def _by_id(self) -> dict[int, Member]:
        if len(self._index) != len(self.staff):
            self._index = {m.person_id: m for m in self.staff}
        return self._index

    def in_directorate(self, name: str) -> list[Member]:
        return [m for m in self.staff if self.directorate_of[m.team] == name and m.left is None]


Welcome = Callable[[WriteSession, Member, datetime], None]
"""What a starter is given on their first day."""


class Staffing:
    def __init__(self, random: Random, names: Names, cast: Cast, email_domain: str, welcome: Welcome) -> None:
        self.random = random
        self.names = names
        self.cast = cast
        self._domain = email_domain
        self._welcome = welcome
        self._number = 30_104_000
        self._usernames: set[str] = set()

    def open_trust(self, session: WriteSession, now: datetime) -> None:
        for name, teams in DIRECTORATES:
            directorate = open_directorate(session, SYSTEM, OpenDirectorate(name=name, starts_on=OPENED), now)
            self.cast.directorates[name] = directorate.id
            for team, _kind in teams:
                command = OpenTeam(directorate_id=directorate.id, name=team, starts_on=OPENED, site=SITES.get(name, ""))
                made = open_team(session, SYSTEM, command, now)
                self.cast.teams[team] = made.id
                self.cast.directorate_of[team] = name

    def hire_first(self, session: WriteSession, now: datetime, people: int, hired: Callable[[int], None]) -> None:
        """Those who were here already, with the days on which they began."""
        for index, (team, post) in enumerate(posts(self.random, people)):
            began = now.date() - timedelta(days=self.random.randrange(60, 365 * 12))
            given, family = self.names.awkward() if index % 97 == 5 and self.names.has_awkward else self.names.next()  # noqa: PLR2004
            self.take_on(session, now, team, post, began, name=(given, family))
            hired(index)

    def take_on(
        self,
        session: WriteSession,
        now: datetime,
        team: str,
        post: Post,
        began: date,
        *,
        name: tuple[str, str] | None = None,
        basis: Basis = Basis.EMPLOYED,
        ends_on: date | None = None,
    ) -> Member:
        """Hire somebody and open their account."""
        given, family = name or self.names.next()
        employed = basis is Basis.EMPLOYED
        email = None if post.job_role in NO_EMAIL or not employed else self._address(given, family)
        sponsor = None if employed else self._sponsor(began)
        self._number += self.random.randrange(1, 9)
        person = hire(
            session,
            SYSTEM,
            Hire(
                given_name=given,
                family_name=family,
                email=email,
                basis=basis,
                employee_number=f"{self._number:08d}" if employed else None,
                assignment_number=f"{self._number:08d}-2" if employed else None,
                team_id=self.cast.teams[team],
                sponsor_id=sponsor,
                staff_group=post.staff_group,
                job_role=post.job_role,
                band=post.band,
                pattern=self._pattern() if employed else "",
                starts_on=began,
                ends_on=ends_on,
                manager_id=self.cast.managers.get(team),
            ),
            now,
        )
        if self.cast.directorate_of[team] == MANAGED and post.band in MANAGERS:
            self.cast.managers.setdefault(team, person.id)
        username = email or self._username(given, family)
        open_account(session, SYSTEM, OpenAccount(person_id=person.id, username=username), now)
        member = Member(person.id, person.name, team, post, began, ends_on)
        self.cast.staff.append(member)
        return member

    def _pattern(self) -> str:
        """Four in ten work part time: those whose number ends in 0 to 3."""
        return PART_TIME if self._number % 10 < 4 else FULL_TIME  # noqa: PLR2004

    def plan_changes(self, calendar: Calendar, first: date, last: date) -> None:
        """Starters most Mondays, a leaver or a mover most weeks, temporary people who come and go."""
        day = first
        while day <= last:
            for _ in range(self.random.choices((0, 1, 2, 3), (30, 40, 22, 8))[0]):
                calendar.on(day, self._starter, hour=9)
            if self.random.random() < 0.85:  # noqa: PLR2004
                calendar.on(day + timedelta(days=self.random.randrange(5)), self._leaver, hour=16)
            if self.random.random() < 0.3:  # noqa: PLR2004
                calendar.on(day + timedelta(days=1), self._mover, hour=15)
            day += timedelta(days=7)
        for basis, people in TEMPORARY:
            for _ in range(people):
                came = last - timedelta(days=self.random.randrange(20, 400))
                calendar.on(weekday_from(came), self._temporary(basis), hour=9)

    def _starter(self, session: WriteSession, now: datetime) -> None:
        team, post = self.random.choice(posts(self.random, 60))
        self._welcome(session, self.take_on(session, now, team, post, now.date()), now)

    def _temporary(self, basis: Basis) -> Happening:
        def come(session: WriteSession, now: datetime) -> None:
            team, post = self.random.choice(posts(self.random, 60))
            role = Post("Students", "Student nurse", "") if basis is Basis.STUDENT else post
            stays = timedelta(days=self.random.choice((120, 180, 365, 500)))
            member = self.take_on(
                session, now, team, role, now.date(), basis=basis, ends_on=weekday_from(now.date() + stays)
            )
            self._welcome(session, member, now)

        return come

    def _leaver(self, session: WriteSession, now: datetime) -> None:
        member = self._somebody(now)
        end_employment(session, SYSTEM, EndEmployment(person_id=member.person_id, on=now.date()), now)
        member.left = now.date()

    def _mover(self, session: WriteSession, now: datetime) -> None:
        member = self._somebody(now)
        other = self.random.choice([t for t in self.cast.teams if t != member.team])
        move(
            session,
            SYSTEM,
            Move(person_id=member.person_id, team_id=self.cast.teams[other], on=now.date()),
            now,
        )
        member.team = other

    def _somebody(self, now: datetime) -> Member:
        """Somebody in an ordinary permanent post who has been here for a while, and has no part in the story."""
        settled = now.date() - timedelta(days=90)
        return self.random.choice([m for m in self.cast.ordinary() if m.left is None and m.began < settled])

    def _sponsor(self, day: date) -> int:
        answering = [m for m in self.cast.staff if m.left is None and m.began <= day and m.post.band in SPONSORS]
        return self.random.choice(answering).person_id

    def _address(self, given: str, family: str) -> str:
        return f"{self._username(given, family)}@{self._domain}"

    def _username(self, given: str, family: str) -> str:
        plain = ".".join(part for part in (folded(given)[:1], folded(family).replace(" ", "")[:24]) if part)
        letters = "".join(c for c in plain if c.isascii() and (c.isalnum() or c == ".")) or "person"
        name, tries = letters, 1
        while name in self._usernames:
            tries += 1
            name = f"{letters}{tries}"
        self._usernames.add(name)
        return name
