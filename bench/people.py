"""The staff of a trust: one directorate of exactly a thousand, nine others, leavers, accounts."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.access.actor import PersonKind, ScopeKind
from app.access.permissions import Role
from app.accounts.models import Credential, RoleGrant
from app.accounts.passwords import hash_password
from app.demonstration.names import Names
from app.kernel.names import folded
from app.organisation.models import Directorate, Employment, Person, Team
from app.organisation.rules import BANDS, STAFF_GROUPS, Basis
from bench.rows import Rows

PASSWORD = "seven thousand kettles sing"
LARGE = 1_000
TEAM = 20
DIRECTORATES = 10
LEAVERS_A_YEAR = 0.2
SITES = ("North House", "South House", "The Annexe")
GROUPS = dict(zip(STAFF_GROUPS, (19, 10, 17, 7, 5, 1, 6, 32, 3), strict=True))
UTC = ZoneInfo("UTC")


@dataclass
class Staff:
    """Who works or worked here. `here` are today's people by directorate, in the order of their teams.

    The first of each team manages the others, and the first of a directorate those who manage its teams.
    """

    today: date
    here: dict[int, list[int]] = field(default_factory=dict)
    started: dict[int, date] = field(default_factory=dict)
    left: dict[int, date] = field(default_factory=dict)
    teams: list[int] = field(default_factory=list)
    lead: int = 0
    hr: int = 0

    @property
    def present(self) -> list[int]:
        return [person for people in self.here.values() for person in people]


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), UTC)


class Hiring:
    def __init__(self, rows: Rows, random: Random, today: date, people: int, years: int) -> None:
        self.rows, self.random, self.today, self.people, self.years = rows, random, today, people, years
        self.names = Names(random, namesakes=True)
        self.password = hash_password(PASSWORD)
        self.staff = Staff(today)
        self.opened = today - timedelta(days=3650)

    def hire_all(self) -> Staff:
        for number in range(1, DIRECTORATES + 1):
            size = LARGE if number == 1 else (self.people - LARGE) // (DIRECTORATES - 1)
            self._directorate(number, size)
        self._roles()
        return self.staff

    def _directorate(self, number: int, size: int) -> None:
        home = self.rows.add(Directorate, name=f"Directorate {number}", starts_on=self.opened)
        self.rows.by_system(at(self.opened), "open directorate", "directorate", home)
        people = self.staff.here[home] = []
        team = manager = 0
        for index in range(size):
            if index % TEAM == 0:
                manager = 0
                team = self.rows.add(
                    Team,
                    directorate_id=home,
                    name=f"Team {number}.{index // TEAM + 1}",
                    starts_on=self.opened,
                    site=SITES[index // TEAM % len(SITES)],
                )
                self.staff.teams.append(team)
                self.rows.by_system(at(self.opened), "open team", "team", team)
            people.append(self._person(team, manager or next(iter(people), None)))
            manager = manager or people[-1]
            for _ in range(self.years):
                if self.random.random() < LEAVERS_A_YEAR:
                    self._leaver(team, manager)

    def _person(self, team: int, manager: int | None, ends_on: date | None = None) -> int:
        given, family = self.names.next() if not self.names.has_awkward else self.names.awkward()
        name, list_name = f"{given} {family}".strip(), f"{family}, {given}".rstrip(", ")
        started = self.today - timedelta(days=self.random.randint(5, 4000))
        if ends_on is not None:
            started = ends_on - timedelta(days=self.random.randint(30, 1500))
        email = f"person{len(self.staff.started) + 1}@trust.example"
        person = self.rows.add(
            Person,
            kind=PersonKind.STAFF,
            name=name,
            list_name=list_name,
            sort_key=folded(list_name),
            email=email,
            email_key=email,
            made_at=at(started),
        )
        self.staff.started[person] = started
        self._post(person, team, manager, started, ends_on)
        self.rows.add(
            Credential,
            person_id=person,
            username=email,
            username_key=email,
            password_hash=self.password,
            changed_at=at(started),
        )
        return person

    def _post(self, person: int, team: int, manager: int | None, started: date, ends_on: date | None) -> None:
        group = self.random.choices(list(GROUPS), list(GROUPS.values()))[0]
        post = self.rows.add(
            Employment,
            person_id=person,
            basis=Basis.EMPLOYED,
            employee_number=f"3{person:07}",
            team_id=team,
            manager_id=manager,
            staff_group=group,
            job_role=f"{group.split()[0]} worker",
            band=self.random.choice(BANDS[:8]),
            is_primary=True,
            starts_on=started,
            ends_on=ends_on,
        )
        self.rows.by_system(at(started), "hire", "employment", post, person)

    def _leaver(self, team: int, manager: int) -> None:
        left = self.today - timedelta(days=self.random.randint(1, 365 * self.years))
        person = self._person(team, manager, left)
        self.staff.left[person] = left

    def _roles(self) -> None:
        large, other = list(self.staff.here)[:2]
        self.staff.lead = self.staff.here[large][0]
        self.staff.hr, admin = self.staff.here[other][:2]
        self._grant(self.staff.lead, Role.LEAD, ScopeKind.DIRECTORATE, large)
        self._grant(self.staff.hr, Role.HR, ScopeKind.TRUST, None)
        self._grant(admin, Role.QI_ADMIN, ScopeKind.TRUST, None)

    def _grant(self, person: int, role: Role, kind: ScopeKind, scope_id: int | None) -> None:
        since = self.today - timedelta(days=800)
        grant = self.rows.add(
            RoleGrant,
            person_id=person,
            role=role,
            scope_kind=kind,
            scope_id=scope_id,
            starts_on=since,
            granted_by_id=1,
            granted_at=at(since),
        )
        self.rows.by_system(at(since), "grant role", "role_grant", grant, person)
