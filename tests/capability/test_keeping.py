"""Views and selections: kept by a lead for themselves, and never a way past their reach."""

import threading

import pytest

from app.capability.commands import MakeSelection, SaveView, make_selection, save_view
from app.capability.queries.kept import own_selections, own_views
from tests.capability.conftest import Scene
from tests.client import HouseClient, document, form_of
from tests.document import words


def client_of(scene: Scene) -> HouseClient:
    return scene.world.client(scene.lead)


def keep(scene: Scene, client: HouseClient, *people: int, name: str = "Link nurses") -> str:
    """Tick people's cells, give them a name, and answer with the address of their grid."""
    cells = [f"{one}.pocket-qi.0" for one in people]
    page = client.submit(client.get("/teams?team=all"), "/teams/preview", c=cells)
    assert "Keep these people as a selection" in client.get("/teams?team=all").text
    page = client.post("/teams/selections/choose", data={"c": cells})
    made = client.submit(page, "/teams/selections", name=name)
    assert made.status_code == 303, document(made).text
    return str(made.headers["location"])


def selections(scene: Scene) -> list[int]:
    with scene.world.db.read() as session:
        return [one.id for one in own_selections(session, scene.actor())]


def names(page: object) -> list[str]:
    return [words(b) for body in document(page).all("tbody") for b in body.iter("bdi")]  # type: ignore[arg-type]


def test_a_view_keeps_filters_order_and_level_and_not_the_day(scene: Scene) -> None:
    client = client_of(scene)
    page = client.get("/teams?team=all&band=6&level=pocket-qi&sort=due.pocket-qi&as_at=1+June+2026")
    client.submit(page, "/teams/views", name="Band 6")
    shown = document(client.get("/teams"))
    link = next(a for a in shown.all("a") if words(a) == "Band 6")
    for part in ("band=6", "level=pocket-qi", "sort=due.pocket-qi", "team=all"):
        assert part in link.attrib["href"]
    assert "as_at" not in link.attrib["href"]
    assert names(client.get(link.attrib["href"])) == ["O'Neill, Anna"]


def bands(scene: Scene) -> dict[str, str]:
    """The band that each view keeps, by the view's name."""
    with scene.world.db.read() as session:
        return {view.name: view.query["band"] for view in own_views(session, scene.actor())}


def test_no_view_is_lost_to_another_of_its_name_unless_that_is_chosen(scene: Scene) -> None:
    client = client_of(scene)
    client.submit(client.get("/teams?team=all&band=5"), "/teams/views", name="Mine")
    wrong = client.submit(client.get("/teams?team=all&band=6"), "/teams/views", name=" Mine ")
    assert wrong.status_code == 422
    assert "You have another view with this name" in wrong.text
    assert bands(scene) == {"Mine": "5"}
    form = form_of(wrong, "/teams/views")
    assert form.fields["band"] == ["6"], "what was filtered is not lost"
    client.submit(wrong, "/teams/views", name="Mine too")
    assert bands(scene) == {"Mine": "5", "Mine too": "6"}
    again = client.submit(client.get("/teams?team=all&band=6"), "/teams/views", name="Mine")
    client.submit(again, "/teams/views", button=("replace", "yes"))
    assert bands(scene) == {"Mine": "6", "Mine too": "6"}


def test_the_same_view_saved_twice_is_there_once(scene: Scene) -> None:
    client = client_of(scene)
    for _ in range(2):
        page = client.submit(client.get("/teams?team=all&band=5"), "/teams/views", name="Mine")
        assert page.status_code == 303
    assert bands(scene) == {"Mine": "5"}


def test_a_view_can_be_removed(scene: Scene) -> None:
    client = client_of(scene)
    client.submit(client.get("/teams?team=all&band=6"), "/teams/views", name="Mine")
    with scene.world.db.read() as session:
        [view] = own_views(session, scene.actor())
    page = client.follow(client.submit(client.get("/teams/kept"), f"/teams/views/{view.id}/remove"))
    assert "The view is removed" in page.text
    assert "Mine" not in page.text


@pytest.mark.parametrize(("name", "said"), [("", "Enter a name"), ("x" * 61, "60 characters or fewer")])
def test_a_view_without_a_good_name_is_asked_for_again_with_its_filters(scene: Scene, name: str, said: str) -> None:
    client = client_of(scene)
    wrong = client.submit(client.get("/teams?team=all&band=6"), "/teams/views", name=name)
    assert wrong.status_code == 422
    assert said in wrong.text
    form = form_of(wrong, "/teams/views")
    assert form.fields["band"] == ["6"]
    assert form.fields["name"] == [name]
    assert client.submit(wrong, "/teams/views", name="Better").status_code == 303


def test_a_view_of_what_no_link_of_ours_says_is_not_kept(scene: Scene) -> None:
    assert client_of(scene).post("/teams/views", data={"name": "x", "decided": "nonsense"}).status_code == 404


def test_a_selection_is_made_from_ticked_people_and_shown_as_a_grid(scene: Scene) -> None:
    client = client_of(scene)
    grid = client.get(keep(scene, client, scene.anna.id, scene.ben.id))
    assert document(grid).h1 == "Link nurses"
    assert names(grid) == ["Nguyễn, Ben", "O'Neill, Anna"]
    assert "My selection: Link nurses" in client.get("/teams").text
    csv = client.follow(client.submit(grid, "/teams/download", button=("format", "csv")))
    assert csv.text.count("\r\n") == 3


def test_a_selection_that_is_removed_takes_its_views_with_it_and_no_other(scene: Scene) -> None:
    client = client_of(scene)
    grid = client.get(keep(scene, client, scene.anna.id))
    client.submit(grid, "/teams/views", name="Link nurses by date")
    client.submit(client.get("/teams?team=all"), "/teams/views", name="Everybody")
    [selection_id] = selections(scene)
    client.submit(client.get(f"/teams/selections/{selection_id}"), f"/teams/selections/{selection_id}/remove")
    with scene.world.db.read() as session:
        assert [view.name for view in own_views(session, scene.actor())] == ["Everybody"]


def test_people_come_into_a_selection_and_leave_it(scene: Scene) -> None:
    client = client_of(scene)
    keep(scene, client, scene.anna.id, scene.ben.id)
    page = client.get("/teams/kept")
    link = next(a for a in document(page).all("a") if a.attrib["href"].startswith("/teams/selections/"))
    page = client.get(link.attrib["href"])
    nobody = client.submit(page, link.attrib["href"], who="Nobody Here", name="Others")
    assert nobody.status_code == 422
    assert "Nobody here matches" in nobody.text
    assert form_of(nobody, link.attrib["href"]).fields["name"] == ["Others"]
    empty = client.submit(page, link.attrib["href"], p=None)
    assert empty.status_code == 422
    assert "Choose at least one person" in empty.text
    done = client.submit(page, link.attrib["href"], p=[str(scene.ben.id)], who="Okoro", name="Others")
    grid = client.follow(done)
    assert (document(grid).h1, names(grid)) == ("Others", ["Nguyễn, Ben", "Okoro, Sam"])
    gone = client.follow(client.submit(page, f"{link.attrib['href']}/remove"))
    assert "Others" not in gone.text


def test_two_selections_do_not_share_a_name(scene: Scene) -> None:
    client = client_of(scene)
    keep(scene, client, scene.anna.id)
    page = client.post("/teams/selections/choose", data={"c": f"{scene.ben.id}.pocket-qi.0"})
    again = client.submit(page, "/teams/selections", name="Link nurses")
    assert again.status_code == 422
    assert "You have one with this name already" in again.text


def test_nobody_ticked_is_said_where_people_are_ticked(scene: Scene) -> None:
    page = client_of(scene).post("/teams/selections/choose", data={"need": ""})
    assert page.status_code == 422
    assert "Tick at least one person" in page.text


def test_whoever_moves_out_of_reach_drops_out_without_a_word_and_comes_back_with_their_post(scene: Scene) -> None:
    client = client_of(scene)
    where = keep(scene, client, scene.anna.id, scene.ben.id)
    scene.world.move(scene.anna, scene.world.team("Theatre", "Surgery"))
    assert names(client.get(where)) == ["Nguyễn, Ben"]
    page = client.get(where.replace("/teams?directorate=s", "/teams/selections/").partition("&")[0])
    assert "Anna" not in page.text
    client.submit(page, page.url.path, who="", p=[str(scene.ben.id)])
    scene.world.later(days=3)
    scene.world.move(scene.anna, scene.world.team("Larch", "Medicine"))
    assert names(client_of(scene).get(where)) == ["Nguyễn, Ben", "O'Neill, Anna"]


def test_nobody_out_of_reach_is_taken_in_and_nobody_elses_selection_is_there(scene: Scene) -> None:
    client = client_of(scene)
    cell = {"c": f"{scene.stranger.id}.pocket-qi.0"}
    assert client.post("/teams/selections/choose", data=cell).status_code == 404
    assert client.post("/teams/selections", data={**cell, "name": "Mine"}).status_code == 404
    where = keep(scene, client, scene.anna.id)
    number = where.partition("directorate=s")[2].partition("&")[0]
    other = scene.world.client(scene.other_lead)
    assert other.get(where).status_code == 404
    for path in (f"/teams/selections/{number}", f"/teams/selections/{number}/remove"):
        assert other.post(path, data={"name": "x", "p": str(scene.anna.id)}).status_code == 404
    assert "Link nurses" not in other.get("/teams").text
    assert "Link nurses" not in other.get("/teams/kept").text
    assert client.get("/teams?directorate=s9999").status_code == 404
    assert client.get("/teams?directorate=sx").status_code == 404


def test_the_same_name_kept_twice_at_once_is_kept_once(scene: Scene) -> None:
    start = threading.Barrier(2)

    def keep_both() -> None:
        start.wait()
        with scene.world.db.write() as session:
            save_view(session, scene.actor(), SaveView("Same", {"band": "5"}), scene.world.now)

    threads = [threading.Thread(target=keep_both) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with scene.world.db.read() as session:
        assert [view.name for view in own_views(session, scene.actor())] == ["Same"]


def test_somebody_in_two_merged_records_is_in_a_selection_once(scene: Scene) -> None:
    from app.access.actor import SYSTEM
    from app.intake.commands.merging import MergePeople, merge_people

    w = scene.world
    double = w.hire("Anna", "O’Neill", team=w.team("Larch", "Medicine"), starts_on=w.today, email=None)
    people = frozenset({scene.anna.id, double.id})
    with w.db.write() as session:
        made = make_selection(session, scene.actor(), MakeSelection("Both", people), w.now)
    w.later(days=1)
    w.leave(double)
    with w.db.write() as session:
        merge_people(session, SYSTEM, MergePeople(kept_id=scene.anna.id, gone_id=double.id, reason="one"), w.now)
    assert names(client_of(scene).get(f"/teams?directorate=s{made.id}")) == ["O'Neill, Anna"]
