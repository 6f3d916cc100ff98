"""A whole trust: too many people to show by name are told of by directorate, and each number opens its list."""

from datetime import date, timedelta

import pytest

from app.capability.pages import links
from tests.capability.conftest import Scene
from tests.capability.rolled import check_roll_up
from tests.client import HouseClient, document
from tests.document import words
from tests.organisation.away import come_back, go_on_leave


@pytest.fixture
def client(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> HouseClient:
    """The lead of both directorates, on a screen that shows two people."""
    monkeypatch.setattr(links, "MOST_ROWS", 2)
    scene.world.grant(scene.lead, "lead", "directorate", scene.world.directorate("Surgery").id)
    return scene.world.client(scene.lead)


def rows(client: HouseClient, address: str) -> dict[str, list[int]]:
    """The numbers beside each directorate, every one of them compared with the list that it opens."""
    page = document(client.get(address))
    assert "too many to show by name" in page.text
    found: dict[str, list[int]] = {}
    for line in (tr for body in page.all("tbody") for tr in body.iter("tr")):
        opened = [a for td in line.iter("td") for a in td.iter("a")]
        found[words(next(line.iter("th")))] = [int(words(a)) for a in opened]
        for link in opened:
            listed = [tr for body in document(client.get(link.attrib["href"])).all("tbody") for tr in body.iter("tr")]
            assert len(listed) == int(words(link)), link.attrib["href"]
    return found


def test_a_trust_of_many_is_told_of_by_directorate_and_each_number_opens_its_list(
    scene: Scene, client: HouseClient
) -> None:
    scene.decide(scene.anna)
    scene.decide(scene.ben)
    scene.complete(scene.ben, "pocket-qi", date(2026, 5, 1))
    found = rows(client, "/teams?directorate=all&level=pocket-qi")
    assert found == {"Medicine": [4, 1, 2], "Surgery": [2, 0, 0]}
    page = client.get("/teams?directorate=all")
    assert document(page).h1 == "Every directorate"
    assert "50 per cent: 1 of 2 who need it have completed it; 0 past the date" in document(page).text
    assert "O'Neill" not in page.text


def test_filters_and_days_hold_for_a_trust_of_many_too(scene: Scene, client: HouseClient) -> None:
    scene.decide(scene.anna)
    ward = scene.world.team("Reed", "Medicine", site="Riverside")
    for number in range(3):
        scene.world.hire("Rea", f"Reed{number}", team=ward, starts_on=scene.world.today)
    assert rows(client, "/teams?directorate=all&level=pocket-qi&site=Riverside") == {"Medicine": [3, 0, 0]}
    scene.world.later(days=30)
    client = scene.world.client(scene.lead)
    before = (scene.world.today - timedelta(days=31)).isoformat()
    assert rows(client, f"/teams?directorate=all&level=pocket-qi&as_at={before}")["Medicine"] == [4, 0, 0]
    assert rows(client, f"/teams?directorate=all&level=pocket-qi&as_at={scene.world.today}")["Medicine"] == [7, 0, 1]


def test_what_only_each_persons_row_can_tell_is_still_told(scene: Scene, client: HouseClient) -> None:
    scene.decide(scene.anna)
    page = document(client.get("/teams?directorate=all&decided=required"))
    assert "too many to show by name" not in page.text
    assert "1 person" in page.text
    assert client.get("/teams?directorate=all&level=no-such-level").status_code == 404


def test_long_leave_moves_dates_in_the_totals_of_a_trust_of_many_as_it_does_in_the_grid(scene: Scene) -> None:
    world, due = scene.world, scene.world.today + timedelta(days=20)
    scene.decide(scene.anna, scene.ben, scene.lead, due=due)
    scene.decide(scene.anna, scene.ben, tier="induction", due=due)
    for person in (scene.anna, scene.ben):
        scene.complete(person, "pocket-qi", world.today - timedelta(days=3 * 365 - 15))
    world.later(days=10)
    leave = go_on_leave(world, scene.anna)
    world.later(days=60)
    come_back(world, leave)
    world.later(days=40)
    with world.db.read() as session:
        for back in (0, 15, 39, 41, 60, 90, 99):
            check_roll_up(session, world.today - timedelta(days=back), world.now)
