"""What a lead may look at: all that is in reach, a site, people of their own choice, in an order, and one person."""

from datetime import date, timedelta

import pytest
from httpx2 import Response

from app.capability.ordering import By, Order
from app.capability.rules import Need
from tests.capability.conftest import Scene
from tests.client import HouseClient, document
from tests.document import words


def names(page: Response) -> list[str]:
    return [words(b) for body in document(page).all("tbody") for b in body.iter("bdi")]


def both(scene: Scene) -> HouseClient:
    """The lead, who leads both directorates."""
    scene.world.grant(scene.lead, "lead", "directorate", scene.world.directorate("Surgery").id)
    return scene.world.client(scene.lead)


def test_whoever_leads_several_directorates_sees_all_of_them_at_once_and_their_totals_add_up(scene: Scene) -> None:
    client = both(scene)
    scene.decide(scene.anna)
    page = client.get("/teams?directorate=all")
    assert document(page).h1 == "Every directorate"
    assert {"O'Neill, Anna", "Kim, Cho"} <= set(names(page))
    table = next(t for t in document(page).all("table") if "Directorate" in words(next(t.iter("thead"))))
    rows = [row for body in table.iter("tbody") for row in body.iter("tr")]
    numbers = {words(next(r.iter("th"))): [int(words(a)) for td in r.iter("td") for a in td.iter("a")] for r in rows}
    everybody = len(names(page))
    assert numbers["Medicine"][0] + numbers["Surgery"][0] == everybody
    for row in rows:
        for link in (a for td in row.iter("td") for a in td.iter("a")):
            listed = [tr for body in document(client.get(link.attrib["href"])).all("tbody") for tr in body.iter("tr")]
            assert len(listed) == int(words(link)), link.attrib["href"]


def test_a_lead_of_one_directorate_is_not_asked_about_others(scene: Scene) -> None:
    page = scene.world.client(scene.lead).get("/teams")
    assert "Every directorate" not in page.text
    assert set(names(scene.world.client(scene.lead).get("/teams?directorate=all"))) == {
        "O'Neill, Anna", "Nguyễn, Ben", "Hollis, Teresa", "Okoro, Sam",
    }  # fmt: skip


def test_a_site_narrows_the_grid_and_a_trust_without_sites_never_hears_of_them(scene: Scene) -> None:
    client = scene.world.client(scene.lead)
    assert 'name="site"' not in client.get("/teams?team=all").text
    scene.world.hire("Rea", "Reed", team=scene.world.team("Reed", "Medicine", site="Riverside"))
    page = client.get("/teams?team=all&site=Riverside")
    assert 'name="site"' in page.text
    assert names(page) == ["Reed, Rea"]
    assert "only site Riverside" in page.text


@pytest.mark.parametrize("sort", ["sideways", "due", "state.nothing-of-ours", "name.pocket-qi"])
def test_an_order_that_no_link_of_ours_says_is_not_there(scene: Scene, sort: str) -> None:
    assert scene.world.client(scene.lead).get(f"/teams?team=all&sort={sort}").status_code == 404


def test_people_stand_in_the_order_that_was_chosen(scene: Scene) -> None:
    w, client = scene.world, scene.world.client(scene.lead)
    w.hire("Zed", "Abel", team=w.team("Rowan", "Medicine"), band="Consultant")
    w.hire("Yan", "Bell", team=w.team("Larch", "Medicine"), band="8a")
    everybody = ["Abel, Zed", "Bell, Yan", "Hollis, Teresa", "Nguyễn, Ben", "Okoro, Sam", "O'Neill, Anna"]
    scene.decide(scene.anna, due=date(2027, 1, 1))
    scene.decide(scene.ben, due=date(2026, 12, 1))
    assert names(client.get("/teams?team=all")) == everybody
    assert names(client.get("/teams?team=all&sort=team"))[:2] == ["Bell, Yan", "O'Neill, Anna"]
    assert names(client.get("/teams?team=all&sort=band"))[-3:] == ["O'Neill, Anna", "Bell, Yan", "Abel, Zed"]
    assert names(client.get("/teams?team=all&sort=due.pocket-qi"))[:2] == ["Nguyễn, Ben", "O'Neill, Anna"]
    scene.complete(scene.lead, "pocket-qi", date(2026, 5, 1))
    w.later(days=30)
    client = w.client(scene.lead)
    behind = names(client.get("/teams?team=all&sort=state.pocket-qi"))
    assert (behind[0], behind[-1]) == ("Nguyễn, Ben", "Hollis, Teresa")
    assert 'aria-sort="ascending"' in client.get("/teams?team=all&sort=due.pocket-qi").text


def test_orders_are_read_from_addresses() -> None:
    assert Order.of("") == Order(By.NAME)
    assert Order.of("due.pocket-qi") == Order(By.DUE, "pocket-qi")


def test_find_leads_to_a_persons_row_and_past_filters_that_hide_them(scene: Scene) -> None:
    client = scene.world.client(scene.lead)
    form = next(f for f in document(client.get("/teams?team=all&band=6")).forms if f.action.endswith("/teams/find"))
    row = client.get(form.action, params={**{k: v[0] for k, v in form.fields.items()}, "name": "oneill"})
    assert row.headers["location"].endswith(f"#p{scene.anna.id}")
    assert "band=6" in row.headers["location"]
    hidden = client.get(f"{form.action}?team=all&band=6&name=NGUYEN+ben")
    assert hidden.headers["location"].endswith(f"#p{scene.ben.id}")
    assert "band" not in hidden.headers["location"]
    page = client.get(hidden.headers["location"])
    assert "Nguyễn, Ben" in names(page)
    nobody = client.get(f"{form.action}?team=all&name=<b>Kim")
    assert "Nobody here is called" in document(client.get(nobody.headers["location"])).text
    assert "#p" not in nobody.headers["location"]


def test_past_days_count_movers_where_they_then_were_and_today_where_they_are(scene: Scene) -> None:
    both(scene)
    scene.world.later(days=30)
    client = scene.world.client(scene.lead)
    scene.world.move(scene.anna, scene.world.team("Theatre", "Surgery"))
    before = (scene.world.today - timedelta(days=1)).isoformat()
    for directorate, day, there in (("Medicine", before, True), ("Surgery", before, False), ("Surgery", "", True)):
        number = scene.world.directorate(directorate).id
        shown = names(client.get(f"/teams?directorate={number}&team=all&as_at={day}"))
        assert ("O'Neill, Anna" in shown) is there, (directorate, day)


def test_a_leads_menu_has_five_entries_at_most(scene: Scene) -> None:
    page = document(scene.world.client(scene.lead).get("/teams"))
    [menu] = [e for e in page.elements if "app-menu" in e.attrib.get("class", "").split()]
    entries = [words(a) for a in menu.iter("a")]
    assert len(entries) <= 5, entries
    assert "Decisions" not in entries
    assert any(a.attrib["href"].startswith("/teams/decisions") for a in page.all("a")), "on the page where they belong"


def test_too_many_people_for_one_screen_are_counted_and_a_choice_is_asked_for(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.capability.pages import links

    monkeypatch.setattr(links, "MOST_ROWS", 2)
    scene.decide(scene.anna, need=Need.NOT_REQUIRED, due=None)
    page = scene.world.client(scene.lead).get("/teams?team=all")
    assert "4 people fit: too many for one screen" in page.text
    assert names(page) == []
    assert "Team by team" in page.text


def test_of_too_many_people_all_are_in_the_file_and_each_is_found_in_their_team(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.capability.pages import links

    monkeypatch.setattr(links, "MOST_ROWS", 2)
    client = scene.world.client(scene.lead)
    page = client.get("/teams?team=all")
    forms = {f.action.rpartition("/")[2]: f for f in document(page).forms}
    fields = {k: v[0] for k, v in forms["download"].fields.items() if k != "format"}
    file = client.follow(client.post(forms["download"].action, data={**fields, "format": "csv"}))
    assert "O'Neill, Anna" in file.text
    assert "Nguyễn, Ben" in file.text
    query = {**{k: v[0] for k, v in forms["find"].fields.items()}, "name": "nguyen"}
    row = client.get(forms["find"].action, params=query).headers["location"]
    assert row.endswith(f"#p{scene.ben.id}")
    assert "Nguyễn, Ben" in names(client.get(row))
