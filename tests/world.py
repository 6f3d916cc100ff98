"""A small trust to test in: directorates, teams, people and sign-ins, made through the domains' own commands."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from fastapi import FastAPI

from app.access.actor import SYSTEM, Actor, PersonKind, ScopeKind
from app.access.permissions import Role
from app.kernel.clock import SettableClock, london_date
from app.kernel.config import Settings
from app.kernel.db import Database
from tests.client import HouseClient
from tests.compiled import compiled_once

if TYPE_CHECKING:
    from app.organisation.models import Directorate, Person, Team

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OPENED = date(2020, 4, 1)
POST_DEFAULTS: dict[str, Any] = {
    "basis": "employed",
    "assignment_number": None,
    "manager_id": None,
    "sponsor_id": None,
    "staff_group": "Nursing and Midwifery Registered",
    "job_role": "Staff Nurse",
    "band": "5",
    "starts_on": date(2024, 2, 5),
    "ends_on": None,
    "username": None,
}


@dataclass
class World:
    """One test's trust. What is asked for is made then; everything else is as `qi migrate` leaves it."""

    settings: Settings
    clock: SettableClock = field(default_factory=lambda: SettableClock(NOW))
    begin_loaded: Callable[[Path | None], None] | None = None
    """Puts a database with a folder's courses (or the real ones), loaded at NOW, in the place of this empty one."""
    _hired: int = 0
    _directorates: dict[str, "Directorate"] = field(default_factory=dict)
    _teams: dict[tuple[int, str], "Team"] = field(default_factory=dict)
    _clients: list[HouseClient] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def today(self) -> date:
        return london_date(self.clock.now())

    def later(self, **spell: float) -> datetime:
        """Let time pass: `world.later(days=3)`."""
        self.clock.at += timedelta(**spell)
        return self.clock.at

    @cached_property
    def db(self) -> Database:
        return compiled_once(Database(self.settings.database_url))

    @cached_property
    def app(self) -> FastAPI:
        from app.main import create_app

        app = create_app(self.settings, self.clock)
        compiled_once(app.state.core.db)
        return app

    @property
    def was_used(self) -> bool:
        """Whether anything has looked at, or changed, this world's database."""
        return bool({"db", "app"} & self.__dict__.keys())

    @cached_property
    def kinds(self) -> Any:
        """The kinds of question, as main and cli hand them to curriculum."""
        from app.assessment.kinds import KINDS

        return KINDS

    # places

    def directorate(self, name: str = "Medicine") -> "Directorate":
        """A directorate by name, opened when it is first asked for."""
        from app.organisation.commands import OpenDirectorate, open_directorate

        if name not in self._directorates:
            with self.db.write() as session:
                opened = open_directorate(session, SYSTEM, OpenDirectorate(name=name, starts_on=OPENED), self.now)
            self._directorates[name] = opened
        return self._directorates[name]

    def team(self, name: str = "Ward 7", directorate: "Directorate | str" = "Medicine", *, site: str = "") -> "Team":
        """A team by name within a directorate (given or named), opened, at a site, when it is first asked for."""
        from app.organisation.commands import OpenTeam, open_team

        home = self.directorate(directorate) if isinstance(directorate, str) else directorate
        if (home.id, name) not in self._teams:
            command = OpenTeam(directorate_id=home.id, name=name, starts_on=OPENED, site=site)
            with self.db.write() as session:
                self._teams[home.id, name] = open_team(session, SYSTEM, command, self.now)
        return self._teams[home.id, name]

    # people

    def hire(
        self,
        given_name: str = "",
        family_name: str = "",
        *,
        team: "Team | str | None" = None,
        email: str | None = "",
        **post: Any,
    ) -> "Person":
        """Somebody in a post. Everything has a believable default; `email=None` is somebody without an address.

        `post` takes any field of organisation.commands.Hire: basis, staff_group, starts_on, sponsor_id, ...
        """
        from app.organisation.commands import Hire, hire

        self._hired += 1
        given, family = given_name or "Ash", family_name or f"Person{self._hired}"
        place = team if team is not None and not isinstance(team, str) else self.team(team or "Ward 7")
        values = POST_DEFAULTS | {"team_id": place.id} | post
        values["basis"] = _basis(values["basis"])
        if values["basis"] == "employed":
            values.setdefault("employee_number", f"2{self._hired:07}")
        address = f"person{self._hired}@trust.example" if email == "" else email
        command = Hire(given_name=given, family_name=family, email=address, **values)
        with self.db.write() as session:
            return hire(session, SYSTEM, command, self.now)

    def move(self, person: "Person | int", team: "Team", on: date | None = None, **post: Any) -> None:
        """Somebody begins in another team, today unless said otherwise."""
        from app.organisation.commands import Move, move

        command = Move(person_id=_id(person), team_id=team.id, on=on or self.today, **post)
        with self.db.write() as session:
            move(session, SYSTEM, command, self.now)

    def leave(self, person: "Person | int", on: date | None = None) -> None:
        """Somebody's post ends: `on` is the first day on which they are no longer here, today unless said otherwise."""
        from app.organisation.commands import EndEmployment, end_employment

        with self.db.write() as session:
            end_employment(session, SYSTEM, EndEmployment(person_id=_id(person), on=on or self.today), self.now)

    def partner(self, name: str = "Rosie", *, email: str | None = None, **contact: str) -> "Person":
        """A patient partner, under the name they choose."""
        from app.organisation.commands import WelcomePartner, welcome_partner

        values = {"contact_name": "Mina Shah", "contact_phone": "020 7946 0100", "contact_hours": "Monday to Friday"}
        command = WelcomePartner(name=name, email=email, **(values | contact))
        with self.db.write() as session:
            return welcome_partner(session, SYSTEM, command, self.now)

    def grant(
        self,
        person: "Person | int",
        role: Role | str,
        scope: ScopeKind | str = ScopeKind.TRUST,
        scope_id: int | None = None,
        *,
        starts_on: date | None = None,
        ends_on: date | None = None,
    ) -> None:
        """Give a role within a scope, from long ago unless said otherwise."""
        from app.accounts.commands import GrantRole, grant_role

        command = GrantRole(
            person_id=_id(person),
            role=Role(role),
            scope_kind=ScopeKind(scope),
            scope_id=scope_id,
            starts_on=starts_on or self.today,
            ends_on=ends_on,
        )
        with self.db.write() as session:
            grant_role(session, SYSTEM, command, self.now)

    def lead(self, directorate: "Directorate | str" = "Medicine", **hired: Any) -> "Person":
        """Somebody who leads a directorate, working in it."""
        home = self.directorate(directorate) if isinstance(directorate, str) else directorate
        person = self.hire(**({"team": self.team("Management", home)} | hired))
        self.grant(person, Role.LEAD, ScopeKind.DIRECTORATE, home.id)
        return person

    def with_role(self, role: Role | str, **hired: Any) -> "Person":
        """A member of staff with a role for the whole trust: hr, involvement, qi_admin."""
        person = self.hire(**hired)
        self.grant(person, role)
        return person

    def actor(self, person: "Person | int") -> Actor:
        """The person as their next request would find them: with the grants they hold today."""
        from app.accounts.sessions import held_by
        from app.kernel.db import table
        from app.organisation.models import Person as People

        people = table(People)
        with self.db.read() as session:
            row = session.execute(sa.select(people.c.kind, people.c.name).where(people.c.id == _id(person))).one()
            held = held_by(session, _id(person), row.kind, self.now)
        assert held is not None, "this person may not sign in today"
        return Actor(_id(person), PersonKind(row.kind), row.name, held)

    # courses and the browser

    def load_courses(self, folder: Path | None = None, *, shared: bool = False, every: bool = False) -> Any:
        """Load some real courses (`every`: all), or a folder of a test's own, `shared` where many load the same."""
        from app.curriculum.loading import load_checked, load_courses

        fresh = not self.was_used and abs(self.clock.at - NOW) < timedelta(minutes=1) and not every
        if self.begin_loaded and fresh and (shared or folder is None):
            return self.begin_loaded(folder)
        if folder is not None:
            return load_courses(self.db, folder, self.kinds, self.now)
        read = real_courses(self.settings.courses_dir)
        return load_checked(self.db, read if every else some_of(read), self.now)

    def client(self, person: "Person | int | None" = None, *, raises: bool = True, **headers: str) -> HouseClient:
        """A browser, signed in as somebody without hashing a password. `raises=False` shows the page for a crash."""
        from app.web.core import SESSION_COOKIE, cookie_name

        client = HouseClient(
            self.app,
            base_url=self.settings.origin,
            follow_redirects=False,
            raise_server_exceptions=raises,
            headers={"Sec-Fetch-Site": "same-origin"} | headers,
        )
        self._clients.append(client)
        if person is not None:
            name = cookie_name(self.app.state.core, SESSION_COOKIE)
            client.cookies.set(name, self.sign_in(person), domain=client.base_url.host, path="/")
        return client

    def sign_in(self, person: "Person | int") -> str:
        """Begin a sign-in and return its token, giving the person an account without a password if they have none."""
        from app.accounts.sessions import begin

        self.open_account(person)
        with self.db.write() as session:
            return begin(session, self.settings, _id(person), self.now)

    def open_account(self, person: "Person | int") -> None:
        """An account under the name person-7, without a password, for somebody who has none yet."""
        from app.accounts.commands import OpenAccount, open_account
        from app.accounts.models import Credential

        with self.db.write() as session:
            if session.get(Credential, _id(person)) is None:
                command = OpenAccount(person_id=_id(person), username=f"person-{_id(person)}")
                open_account(session, SYSTEM, command, self.now)

    def close(self) -> None:
        for client in self._clients:
            client.close()
        if "app" in self.__dict__:
            self.app.state.core.db.close()
        if "db" in self.__dict__:
            self.db.close()


def _id(person: "Person | int") -> int:
    return person if isinstance(person, int) else person.id


def _basis(value: Any) -> Any:
    from app.organisation.rules import Basis

    return Basis(value)


@cache
def real_courses(folder: Path) -> Any:
    """Read and checked once for a whole run: a third of a second that hundreds of tests would spend."""
    from app.assessment.kinds import KINDS
    from app.curriculum.checking import read_courses

    return read_courses(folder, KINDS)


SOME = frozenset({"induction", "pocket-qi", "senior-clinical-leaders", "patients-and-carers", "board", "gallery"})
"""With everything that a course may have: thousands of tests begin with a copy of a database that holds these."""


def some_of(read: Any) -> Any:
    """Fewer of the real courses. What is said of all of them is looked at where all of them are loaded."""
    return replace(read, courses=tuple(c for c in read.courses if c.course.slug in SOME))
