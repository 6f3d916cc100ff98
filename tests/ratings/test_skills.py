"""People and skills side by side: for the lead who rates them only."""

from dataclasses import replace

import httpx2
import pytest

from app.access.permissions import Role
from app.capability.commands import MakeSelection, make_selection
from app.curriculum.queries import competencies, levels
from app.ratings.choosing import SkillsQuery
from app.ratings.pages.skills import MOST_ROWS, SkillsPage
from app.ratings.queries import Skills
from app.ratings.rules import Said
from tests.client import HouseClient, document
from tests.document import words
from tests.ratings.scene import Scene, grid


def shown(client: HouseClient, address: str = "?directorate=all") -> dict[str, list[str]]:
    """Name → the words of each of their cells."""
    answer = client.get(f"/ratings/grid{address}")
    assert answer.status_code == 200
    rows = [row for body in document(answer).all("tbody") for row in body.iter("tr")]
    return {words(next(row.iter("bdi"))): [words(cell) for cell in row.iter("td")] for row in rows}


def page_of(scene: Scene, found: Skills) -> SkillsPage:
    path_for = scene.world.app.state.core.path_for
    with scene.world.db.read() as session:
        return SkillsPage.of(found, SkillsQuery(), competencies(session), levels(session), None, path_for, {})


def test_each_cell_says_both_views_and_where_they_differ(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS, aim=Said.LEVEL_3, theory=Said.UNKNOWN, systems=Said.LEVEL_2)
    scene.shares(scene.ann)
    scene.rates(scene.lead, scene.ann, aim=Said.LEVEL_1, theory=Said.LEVEL_1, systems=Said.LEVEL_2, spread=Said.UNKNOWN)
    scene.judges(scene.lead, {scene.ann.id: Said.LEADS, scene.ben.id: Said.NEW})
    found = shown(scene.world.client(scene.lead))
    assert list(found) == ["Bell, Ann", "Kim, Ben", "Osei, Maya"], "by name, and all whom they rate"
    with scene.world.db.read() as session:
        column = {one.key: at for at, one in enumerate(competencies(session), 1)}
    ann = found["Bell, Ann"]
    assert len(ann) == 1 + len(column)
    assert ann[0] == "Lead: Leads Theirs: Leads"
    assert ann[column["aim"]] == "Lead: 1 Theirs: 3 Seen differently"
    assert ann[column["theory"]] == "Lead: 1 Theirs: don’t know yet", "whoever does not know differs from nobody"
    assert ann[column["systems"]] == "Lead: 2 Theirs: 2"
    assert ann[column["spread"]] == "Lead: don’t know yet"
    assert ann[column["ideas"]] == "Not yet rated"
    assert found["Kim, Ben"] == ["Lead: New to this", "Rated as a whole only"]
    assert found["Osei, Maya"] == ["Not yet rated", "Rated as a whole only"]


def test_a_persons_own_view_stands_there_once_it_is_shared_and_says_so_where_it_is_not(scene: Scene) -> None:
    scene.says(scene.ann, Said.COACHES, "a thought of mine", aim=Said.LEVEL_4)
    client = scene.world.client(scene.lead)
    page = document(client.get("/ratings/grid"))
    assert "Theirs: " not in page.text
    assert page.text.count("own view not shared") == 3
    scene.shares(scene.ann)
    page = document(client.get("/ratings/grid"))
    assert "Theirs: Coaches others" in page.text
    assert "Theirs: 4" in page.text
    assert "a thought of mine" not in page.html
    assert page.text.count("own view not shared") == 2


def test_what_is_no_longer_shared_is_shown_as_earlier_and_differs_from_nothing(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS)
    scene.shares(scene.ann)
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    scene.world.later(days=1)
    scene.stops(scene.ann)
    scene.world.later(days=1)
    scene.says(scene.ann, Said.TAKES_PART)
    assert shown(scene.world.client(scene.lead))["Bell, Ann"][0] == "Lead: New to this Theirs: Leads, earlier"


def test_whoever_a_lead_asked_has_that_team_alone_and_what_they_said_themselves(scene: Scene) -> None:
    scene.world.hire("Dee", "Far", team=scene.world.team("Ash ward"))
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    manager = scene.world.client(scene.manager)
    assert manager.get("/ratings/grid").status_code == 404, "a manager who was not asked rates nobody"
    scene.asks(scene.manager)
    scene.judges(scene.manager, {scene.ben.id: Said.LEADS})
    assert {name: cells[0] for name, cells in shown(manager).items()} == {
        "Bell, Ann": "Not yet rated",
        "Kim, Ben": "Lead: Leads",
    }
    assert shown(scene.world.client(scene.lead))["Kim, Ben"][0] == "Lead: Leads", "it is the lead's view"


@pytest.mark.parametrize("role", [Role.QI_ADMIN, Role.HR, Role.BOARD, Role.INVOLVEMENT, Role.MARKER, None])
def test_nobody_but_who_rates_has_such_a_page(scene: Scene, role: Role | None) -> None:
    scene.says(scene.ann)
    scene.shares(scene.ann)
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    somebody = scene.world.with_role(role) if role else scene.ann
    for address in ("", "?directorate=all&team=all", f"?team={scene.team.id}"):
        assert scene.world.client(somebody).get(f"/ratings/grid{address}").status_code == 404


def test_another_lead_and_a_new_one_see_nothing_that_was_said(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS, aim=Said.LEVEL_3)
    scene.shares(scene.ann)
    scene.judges(scene.lead, {scene.ann.id: Said.TAKES_PART})
    surgeon = scene.world.client(scene.world.lead("Surgery", given_name="Vera", family_name="Stone"))
    assert surgeon.get(f"/ratings/grid?team={scene.team.id}").status_code == 404
    assert surgeon.get(f"/ratings/grid?directorate={scene.team.directorate_id}").status_code == 404
    scene.world.hire("Tom", "Saw", team=scene.world.team("Theatre", "Surgery"))
    assert list(shown(surgeon)) == ["Saw, Tom"]
    new = shown(scene.world.client(scene.another_lead()))
    assert new["Bell, Ann"] == ["Not yet rated", "Rated as a whole only"]


def test_cells_lead_to_where_they_are_rated(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS, aim=Said.LEVEL_3)
    scene.shares(scene.ann)
    client = scene.world.client(scene.lead)
    rows = [row for body in document(client.get("/ratings/grid")).all("tbody") for row in body.iter("tr")]
    hrefs = {words(next(r.iter("bdi"))): [a.attrib["href"] for a in r.iter("a")] for r in rows}
    path = f"/ratings/people/{scene.ann.id}"
    assert hrefs["Bell, Ann"][:2] == [path, f"{path}#said"]
    assert f"{path}/all#paim" in hrefs["Bell, Ann"]
    assert 'id="paim"' in client.get(f"{path}/all").text
    assert 'id="said"' in client.get(path).text
    assert set(hrefs["Kim, Ben"]) == {f"/ratings/people/{scene.ben.id}", f"/ratings/people/{scene.ben.id}#said"}


def test_whose_skills_are_no_longer_rated_one_by_one_keeps_what_was_said_and_leads_to_their_page(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS, aim=Said.LEVEL_3)
    scene.shares(scene.ann)
    scene.rates(scene.lead, scene.ann, aim=Said.LEVEL_1)
    found = grid(scene.world, scene.lead)
    [ann] = [p for p in found.shown if p.person_id == scene.ann.id]
    page = page_of(scene, replace(found, shown=(ann._replace(all_rated=False),)))
    assert "/all#" not in page.rows
    assert "Lead: 1" in page.rows


def test_the_address_chooses_as_the_matrix_does(scene: Scene) -> None:
    world = scene.world
    ash = world.team("Ash ward", site="Hilltop")
    world.hire("Dee", "Far", team=ash, band="8a", staff_group="Medical and Dental")
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    client = world.client(scene.lead)
    here = scene.team.directorate_id
    assert list(shown(client, f"?directorate={here}&team={ash.id}")) == ["Far, Dee"]
    assert list(shown(client, "?team=all&band=8a")) == ["Far, Dee"]
    assert list(shown(client, "?team=all&group=Medical+and+Dental")) == ["Far, Dee"]
    assert list(shown(client, "?team=all&site=Hilltop")) == ["Far, Dee"]
    assert list(shown(client, "?team=all&name=b%C3%A9ll")) == ["Bell, Ann"]
    assert next(iter(shown(client, "?team=all&sort=team"))) == "Far, Dee"
    assert list(shown(client, "?team=all&sort=band"))[-1] == "Far, Dee"
    assert list(shown(client, "?team=all&show=not-judged")) == ["Far, Dee", "Kim, Ben", "Osei, Maya"]
    assert "None of the 4 people here fits" in client.get("/ratings/grid?show=differs").text
    matrix = client.get(f"/teams?team={scene.team.id}&band=7")
    [link] = [a.attrib["href"] for a in document(matrix).all("a") if words(a) == "Their skills, one by one"]
    assert list(shown(client, f"?{link.partition('?')[2]}")) == ["Osei, Maya"]


@pytest.mark.parametrize(
    "query", ["show=all", "sort=due", "directorate=x", "directorate=s", "directorate=s999", "team=-1", "team=99999"]
)
def test_what_no_link_of_ours_says_is_not_there(scene: Scene, query: str) -> None:
    assert scene.world.client(scene.lead).get(f"/ratings/grid?{query}").status_code == 404


def test_an_own_selection_is_cut_to_whom_the_lead_rates_and_anothers_is_not_there(scene: Scene) -> None:
    world = scene.world
    home = world.hire("Hal", "Home", team=scene.team)
    world.grant(home, Role.LEAD, "team", scene.team.id)
    with world.db.write() as session:
        people = frozenset({scene.ann.id, home.id, scene.manager.id})
        made = make_selection(session, world.actor(home), MakeSelection("Link nurses", people), world.now)
    client = world.client(home)
    assert document(client.get(f"/ratings/grid?directorate=s{made.id}")).h1.endswith("Link nurses")
    assert list(shown(client, f"?directorate=s{made.id}")) == ["Bell, Ann", "Osei, Maya"], "never themselves"
    assert world.client(scene.lead).get(f"/ratings/grid?directorate=s{made.id}").status_code == 404
    world.move(scene.ann, world.team("Theatre", "Surgery"), world.today)
    assert list(shown(client, f"?directorate=s{made.id}")) == ["Osei, Maya"]


def test_a_qi_administrator_who_also_leads_has_the_link_where_they_lead_and_no_other(scene: Scene) -> None:
    world = scene.world
    theatre = world.team("Theatre", "Surgery")
    world.hire("Tom", "Saw", team=theatre)
    world.grant(scene.lead, Role.QI_ADMIN)
    client = world.client(scene.lead)
    away = client.get(f"/teams?directorate={theatre.directorate_id}&team={theatre.id}")
    assert "Their skills, one by one" not in away.text
    assert "Judge what people here can do" not in away.text
    assert "Their skills, one by one" in client.get(f"/teams?directorate={scene.team.directorate_id}").text


def test_no_file_is_made_of_it(scene: Scene) -> None:
    page = document(scene.world.client(scene.lead).get("/ratings/grid"))
    assert {form.action for form in page.forms if form.method == "post"} <= {"/sign-out", "/teams/views"}
    assert "Download" not in page.text


def test_more_people_than_a_screen_holds_are_counted_and_a_choice_is_asked_for(scene: Scene) -> None:
    found = grid(scene.world, scene.lead)
    page = page_of(scene, replace(found, shown=found.shown[:1] * (MOST_ROWS + 1)))
    assert not page.rows
    assert "2,001 people fit" in page.too_many


def links(page: httpx2.Response) -> dict[str, str]:
    return {words(a): a.attrib["href"] for a in document(page).all("a")}


def test_a_lead_keeps_views_of_it_and_finds_them_there_and_not_at_the_levels(scene: Scene) -> None:
    client = scene.world.client(scene.lead)
    page = client.get(f"/ratings/grid?team={scene.team.id}&band=7&show=not-judged&sort=team&name=osei")
    client.follow(client.submit(page, "/teams/views", name="Still to rate"))
    kept = links(client.get("/ratings/grid"))["Still to rate"]
    for part in (f"team={scene.team.id}", f"directorate={scene.team.directorate_id}", "band=7", "sort=team"):
        assert part in kept
    assert "name=" not in kept, "whom they looked for is not part of a view"
    assert list(shown(client, f"?{kept.partition('?')[2]}")) == ["Osei, Maya"]
    assert "Still to rate" not in links(client.get("/teams"))
    mine = client.get("/teams/kept")
    assert links(mine)["Still to rate"] == kept
    assert "People and skills" in document(mine).text
    wrong = client.submit(client.get("/ratings/grid?band=7"), "/teams/views", name=" ")
    assert wrong.status_code == 422
    again = client.follow(client.submit(wrong, "/teams/views", name="Band 7"))
    assert "Band 7" in links(again)
    assert "band=7" in links(again)["Band 7"]


@pytest.mark.parametrize(
    "said", [{"grid": "skills", "show": "all"}, {"grid": "books"}, {"grid": "skills", "team": "x"}]
)
def test_no_view_is_kept_of_what_no_link_of_ours_says(scene: Scene, said: dict[str, str]) -> None:
    client = scene.world.client(scene.lead)
    assert client.post("/teams/views", data={"name": "Mine", **said}).status_code == 404


def test_whoever_rates_for_a_lead_and_has_no_grid_of_levels_keeps_no_views(scene: Scene) -> None:
    scene.asks(scene.manager)
    page = scene.world.client(scene.manager).get("/ratings/grid")
    assert page.status_code == 200
    assert "Save this view" not in page.text
