"""A lead sees how levels grew where they lead, month by month, read by the rules that the courses teach."""

from datetime import date

import pytest

from app.capability.queries.over_time import MONTHS, OverTime, over_time
from app.capability.rules import months_before
from app.kernel.errors import NotFoundError
from app.learning.commands import GrantAward, WithdrawAward, grant_award, withdraw_award
from app.organisation.models import Person
from tests.capability.conftest import Scene
from tests.client import document
from tests.world import World


def grant(world: World, person: Person | int, on: date, tier: str = "pocket-qi", source: str = "course") -> None:
    person_id = person if isinstance(person, int) else person.id
    command = GrantAward(person_id=person_id, tier=tier, occurred_on=on, source=source)
    with world.db.write() as session:
        grant_award(session, world.actor(person_id), command, world.now)


def seen_by(scene: Scene, person: Person) -> OverTime:
    with scene.world.db.read() as session:
        found = over_time(session, scene.world.actor(person.id), 0, scene.world.today)
    assert found is not None
    return found


def counts(found: OverTime, tier: str = "pocket-qi") -> dict[str, int]:
    for level, values in found.levels:
        if level.slug == tier:
            return {f"{m:%Y-%m}": n for m, n in zip(found.months, found.counts(values), strict=True) if n}
    return {}


def test_whole_months_come_before_this_one() -> None:
    assert months_before(date(2026, 3, 31), 3) == (date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1))


def test_each_month_counts_who_came_to_hold_a_level_then(scene: Scene) -> None:
    grant(scene.world, scene.anna, date(2026, 9, 30))
    grant(scene.world, scene.lead, date(2026, 9, 1))
    grant(scene.world, scene.other_lead, date(2026, 10, 31))
    found = seen_by(scene, scene.lead)
    assert counts(found) == {"2026-09": 2, "2026-10": 1}
    assert len(found.months) == MONTHS
    assert found.months[-1] == date(2026, 10, 1), "this month is not over"


def test_this_month_a_refresh_and_what_is_older_do_not_count(scene: Scene) -> None:
    grant(scene.world, scene.anna, date(2024, 10, 31))
    grant(scene.world, scene.anna, date(2026, 9, 30), source="again")
    grant(scene.world, scene.lead, scene.world.today)
    assert seen_by(scene, scene.lead).levels == ()


def test_what_was_taken_back_happened_all_the_same(scene: Scene) -> None:
    grant(scene.world, scene.anna, date(2026, 9, 30))
    admin = scene.world.with_role("qi_admin")
    command = WithdrawAward(person_id=scene.anna.id, tier="pocket-qi", occurred_on=date(2026, 10, 5), reason="Mistaken")
    with scene.world.db.write() as session:
        withdraw_award(session, scene.world.actor(admin), command, scene.world.now)
    assert counts(seen_by(scene, scene.lead)) == {"2026-09": 1}


def test_a_mover_counts_where_they_worked_on_the_day(scene: Scene) -> None:
    world = scene.world
    grant(world, scene.anna, date(2026, 9, 30))
    world.move(scene.anna, world.team("Theatre 1", "Surgery"), date(2026, 10, 10))
    grant(world, scene.anna, date(2026, 10, 20), tier="induction")
    assert counts(seen_by(scene, scene.lead)) == {"2026-09": 1}
    assert counts(seen_by(scene, scene.lead), "induction") == {}
    assert counts(seen_by(scene, scene.neighbour), "induction") == {"2026-10": 1}


def test_another_directorate_is_as_missing_as_one_that_is_not_there(scene: Scene) -> None:
    client = scene.world.client(scene.lead)
    theirs = scene.world.directorate("Surgery").id
    with scene.world.db.read() as session, pytest.raises(NotFoundError):
        over_time(session, scene.world.actor(scene.lead.id), theirs, scene.world.today)
    for directorate in (str(theirs), "999999", "-1", "x"):
        assert client.get(f"/teams/over-time?directorate={directorate}").status_code == 404


def test_the_page_says_what_the_chart_shows_and_opens_the_list(scene: Scene) -> None:
    for month in range(1, 13):
        for _ in range(2 if month < 6 else 9):
            grant(scene.world, scene.world.hire(team=scene.world.team("Larch", "Medicine")), date(2025, month, 3))
    client = scene.world.client(scene.lead)
    address = document(client.get("/teams")).links["How these levels grew, month by month"]
    page = client.get(address)
    said = document(page)
    assert said.h1 == "Medicine over time"
    assert "73 people in these 24 months" in said.text
    assert "shift" in said.text
    assert "Data of this chart" in said.text
    assert "Larch: 3 Jan 2025" in said.text, "the number opens the list behind it"


def test_where_nobody_holds_anything_the_page_says_so(scene: Scene) -> None:
    page = document(scene.world.client(scene.lead).get("/teams/over-time"))
    assert "Nobody came to hold a level here in that time." in page.text
