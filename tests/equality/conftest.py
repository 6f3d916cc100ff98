"""A trust of sixty with a year behind it, its HR, and files as HR brings them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import httpx2
import pytest

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.learning.commands import GrantAward, grant_award
from app.organisation.commands import Hire, hire
from app.organisation.models import Person
from app.organisation.rules import Basis
from tests.client import HouseClient
from tests.world import POST_DEFAULTS, World

TIER = "pocket-qi"
IN_YEAR = date(2025, 11, 3)
FILES = "/equality/files"
Row = tuple[str, ...]


@dataclass
class Trust:
    """Forty women, of whom twelve were trained, and twenty men, of whom ten were; with HR's own post, sixty-one."""

    world: World
    hr: Person
    numbers: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    @cached_property
    def client(self) -> HouseClient:
        return self.world.client(self.hr)

    def rows(self) -> list[Row]:
        return [(number, "Female" if at < 40 else "Male") for at, number in enumerate(self.numbers)]

    def bring(
        self, rows: Sequence[Row], header: Row = ("Employee Number", "Sex"), *, year: str = "2025"
    ) -> httpx2.Response:
        """What HR sees after they brought these rows: the draft, or the form again."""
        return self.bring_bytes(written(rows, header), year=year)

    def bring_bytes(self, content: bytes, name: str = "year.csv", *, year: str = "2025") -> httpx2.Response:
        client = self.client
        page = client.submit(client.get(FILES), FILES, files={"file": (name, content)}, year=year)
        return client.get(page.headers["location"]) if page.status_code == 303 else page

    def keep(self, draft: httpx2.Response) -> httpx2.Response:
        return self.client.submit(draft, "/keep")

    def train(self, person: Person, on: date = IN_YEAR, tier: str = TIER) -> None:
        with self.world.db.write() as session:
            command = GrantAward(person_id=person.id, tier=tier, occurred_on=on, source="In a test")
            grant_award(session, SYSTEM, command, self.world.now)


def written(rows: Sequence[Row], header: Row) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([header, *rows])
    return file.getvalue().encode()


@pytest.fixture
def trust(world: World) -> Trust:
    world.load_courses()
    found = Trust(world, world.with_role(Role.HR, family_name="Reid"))
    found.numbers += [f"3{at:07}" for at in range(60)]
    home = world.team().id
    with world.db.write() as session:
        for number in found.numbers:
            post = POST_DEFAULTS | {"team_id": home, "basis": Basis.EMPLOYED, "employee_number": number}
            command = Hire(given_name="Ash", family_name=f"Of {number}", email=None, **post)
            found.people.append(hire(session, SYSTEM, command, world.now))
        for at in (*range(12), *range(40, 50)):
            award = GrantAward(person_id=found.people[at].id, tier=TIER, occurred_on=IN_YEAR, source="In a test")
            grant_award(session, SYSTEM, award, world.now)
    return found
