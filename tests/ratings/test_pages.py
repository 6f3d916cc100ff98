"""The pages of ratings as people meet them: on and off, saving, asking, writing, counting and downloading."""

import re

import pytest

from app.access.permissions import Role
from app.organisation.models import Person
from app.ratings.rules import DEVELOPMENT_ONLY, Said
from tests.client import document
from tests.ratings.scene import Scene
from tests.world import World


def test_there_are_no_ratings_and_no_link_to_any_until_staff_side_has_agreed(world: World) -> None:
    world.load_courses()
    scene = Scene.of(world, agreed=False)
    admin = world.with_role(Role.QI_ADMIN)
    ann, lead, desk = world.client(scene.ann), world.client(scene.lead), world.client(admin)
    paths = {
        "/ratings/mine": ann,
        "/ratings/mine/all": ann,
        "/ratings/teams": lead,
        "/ratings/grid": lead,
        f"/ratings/teams/{scene.team.id}": lead,
        f"/ratings/people/{scene.ann.id}": lead,
        f"/ratings/people/{scene.ann.id}/all": lead,
        "/ratings/counts": lead,
    }
    deeds = ("mine/say", "mine/all/save", f"mine/share/{scene.lead.id}", f"mine/keep/{scene.lead.id}", "mine/download")
    linked = {"/my-skills": ann, "/teams": lead, f"/teams/people/{scene.ann.id}": lead}
    for path, client in paths.items():
        assert client.get(path).status_code == 404, path
    for deed in deeds:
        assert ann.post(f"/ratings/{deed}", data={"said.": "leads"}).status_code == 404, deed
    for path, client in linked.items():
        assert "/ratings/" not in client.get(path).text, path
    answer = desk.submit(
        desk.get("/ratings/agreement"), "record", agreed_on="1 November 2026", agreed_with="staff side", words="Agreed."
    )
    assert "Ratings are on" in desk.follow(answer).text
    for path, client in paths.items():
        assert client.get(path).status_code == (404 if path.endswith(f"{scene.ann.id}/all") else 200), path
    for path, client in linked.items():
        assert "/ratings/" in client.get(path).text, path
    page = desk.get("/ratings/agreement")
    assert "Ratings are off" in desk.follow(desk.submit(page, "end")).text
    for path, client in paths.items():
        assert client.get(path).status_code == 404, path


def test_an_agreement_that_cannot_be_is_refused_by_field_and_nothing_is_lost(world: World) -> None:
    desk = world.client(world.with_role(Role.QI_ADMIN))
    page = desk.submit(
        desk.get("/ratings/agreement"), "record", agreed_on="1 January 2030", agreed_with="", words="Yes"
    )
    assert page.status_code == 422
    found = document(page)
    for words in ("must not lie in the future", "Enter with whom it was agreed", "Yes", "1 January 2030"):
        assert words in found.text or words in page.text


def test_the_example_of_a_day_of_agreement_is_one_that_can_be_entered(world: World) -> None:
    desk = world.client(world.with_role(Role.QI_ADMIN))
    page = desk.get("/ratings/agreement")
    assert "Today or an earlier day. For example, 5 March 2026" in page.text
    wrong = desk.submit(page, "record", agreed_on="", agreed_with="staff side", words="Agreed.")
    assert "Enter the date of the agreement, such as 5 March 2026" in wrong.text


def test_each_page_says_what_ratings_are_not_for(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS, aim=Said.LEVEL_2)
    scene.shares(scene.ann)
    client = scene.world.client(scene.lead)
    for path in (
        "teams",
        "grid",
        f"teams/{scene.team.id}",
        f"people/{scene.ann.id}",
        f"people/{scene.ann.id}/all",
        "counts",
    ):
        assert DEVELOPMENT_ONLY in client.get(f"/ratings/{path}").text, path
    mine = scene.world.client(scene.ann)
    for path in ("mine", "mine/all"):
        assert DEVELOPMENT_ONLY in mine.get(f"/ratings/{path}").text, path


def test_a_lead_judges_a_whole_team_in_one_go(scene: Scene) -> None:
    client = scene.world.client(scene.lead)
    page = client.get(f"/ratings/teams/{scene.team.id}")
    assert "0 of 3 judged" in document(page).text
    assert "On a ward:" in page.text
    assert "In a community team:" in page.text
    answer = client.submit(page, "save", **{f"said.{scene.ann.id}": "leads", f"said.{scene.ben.id}": "new"})
    assert "Saved: 2 people" in client.follow(answer).text
    again = client.get(f"/ratings/teams/{scene.team.id}")
    assert "2 of 3 judged" in document(again).text
    assert "It was all so already" in client.follow(client.submit(again, "save")).text


def test_each_answer_is_saved_as_it_is_chosen_and_an_old_window_brings_none_back(scene: Scene) -> None:
    client = scene.world.client(scene.lead)
    path = f"/ratings/teams/{scene.team.id}"
    old = client.get(path)
    saved = client.post(
        f"{path}/save",
        data={f"said.{scene.ann.id}": "leads", f"said.{scene.ben.id}": "new", "only": str(scene.ann.id)},
        headers={"HX-Request": "true", "HX-Target": "span#saved"},
    )
    assert saved.status_code == 200
    assert re.fullmatch(
        r'<span id="saved" class="app-saved">Saved at \d\d:\d\d\. 1 of 3 judged\.</span>'
        rf'<input type="hidden" id="was-{scene.ann.id}" name="was\.{scene.ann.id}" value="leads" '
        r'hx-swap-oob="true">\s*',
        saved.text,
    )
    seen = client.get(path)
    scene.judges(scene.lead, {scene.ann.id: Said.COACHES})
    client.submit(seen, "save", **{f"said.{scene.ben.id}": "takes-part"})
    newest = scene.mine(scene.ann).newest
    assert [row.said for row in scene.mine(scene.ann).rows] == [Said.COACHES, Said.LEADS], newest
    client.submit(old, "save", **{f"said.{scene.ben.id}": "unknown"})
    assert [row.said for row in scene.mine(scene.ben).rows] == [Said.UNKNOWN, Said.TAKES_PART]


@pytest.mark.parametrize("what", ["said.", "said.nothing", "said.aim"])
def test_an_answer_that_there_is_not_is_refused_with_a_word(scene: Scene, what: str) -> None:
    client = scene.world.client(scene.ann)
    where = "/ratings/mine/say" if what == "said." else "/ratings/mine/all/save"
    answer = client.post(where, data={what: "splendid" if what != "said.nothing" else "3"})
    assert answer.status_code == 422
    assert "Choose one of the answers" in document(answer).text


def test_somebody_says_what_they_can_do_and_keeps_what_they_wrote_when_it_is_refused(scene: Scene) -> None:
    client = scene.world.client(scene.ann)
    page = client.get("/ratings/mine")
    refused = client.submit(page, "say", reflection="kept words")
    assert refused.status_code == 422
    assert "Choose what fits you best" in document(refused).text
    assert "kept words" in refused.text
    done = client.submit(page, "say", **{"said.": "leads"}, reflection="kept words")
    assert "Saved." in client.follow(done).text
    assert "Ann Bell, 23 November 2026" in document(client.get("/ratings/mine")).text


def test_where_they_differ_a_note_opens_that_both_read_and_write(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS)
    ann, lead = scene.world.client(scene.ann), scene.world.client(scene.lead)
    assert "We see this differently" not in ann.get("/ratings/mine").text
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    theirs = lead.get(f"/ratings/people/{scene.ann.id}")
    assert "We see this differently" not in theirs.text, "not shared: a difference would tell what she said"
    assert "Not shared with you" in theirs.text
    mine = ann.get("/ratings/mine")
    assert "Seen differently" in mine.text
    assert "You two can read this. It may be disclosed if the law requires." in mine.text
    empty = ann.submit(mine, f"notes/{scene.lead.id}", words=" ")
    assert empty.status_code == 422
    assert "Write how you see it" in document(empty).text
    ann.follow(ann.submit(mine, f"notes/{scene.lead.id}", words="I led the falls work"))
    there = lead.get(f"/ratings/people/{scene.ann.id}")
    assert "I led the falls work" in there.text
    lead.follow(lead.submit(there, "notes", words="Let us look together"))
    assert "Let us look together" in ann.get("/ratings/mine").text


def test_sharing_is_said_on_the_page_and_can_be_stopped_there(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS)
    ann = scene.world.client(scene.ann)
    page = ann.get("/ratings/mine")
    assert "Not Teresa Hollis" in document(page).text
    shared = ann.follow(ann.submit(page, f"share/{scene.lead.id}"))
    assert "Teresa Hollis can now see your own view." in shared.text
    stopped = ann.follow(ann.submit(shared, f"keep/{scene.lead.id}"))
    assert "What you say from now on is not shared." in stopped.text
    assert ann.post(f"/ratings/mine/share/{scene.ben.id}").status_code == 404


def test_a_lead_asks_somebody_of_the_team_and_takes_it_back(scene: Scene) -> None:
    lead, manager = scene.world.client(scene.lead), scene.world.client(scene.manager)
    path = f"/ratings/teams/{scene.team.id}"
    assert manager.get(path).status_code == 404
    assert "asked you to judge" not in manager.get("/my-skills").text
    refused = lead.submit(lead.get(path), "ask", manager="")
    assert refused.status_code == 422
    asked = lead.follow(lead.submit(lead.get(path), "ask", manager=scene.manager.id))
    assert "You asked Osei, Maya" in asked.text or "You asked Maya Osei" in asked.text
    assert "A lead asked you to judge a team" in manager.get("/my-skills").text
    page = manager.get(path)
    assert "Teresa Hollis asked you to judge this team for them." in document(page).text
    assert "Whom do you ask?" not in page.text
    manager.submit(page, "save", **{f"said.{scene.ann.id}": "leads"})
    assert "Maya Osei, for Teresa Hollis" in scene.world.client(scene.ann).get("/ratings/mine").text
    lead.follow(lead.submit(asked, "take-back"))
    assert manager.get(path).status_code == 404


def _crowd(scene: Scene, said: dict[Said, int]) -> None:
    people: list[Person] = []
    for one, many in said.items():
        here = [scene.world.hire(team=scene.team) for _ in range(many)]
        scene.judges(scene.lead, {person.id: one for person in here})
        people += here


def test_counts_are_of_ten_and_more_once_a_month_and_hide_what_could_be_worked_out(scene: Scene) -> None:
    _crowd(scene, {Said.NEW: 14, Said.TAKES_PART: 12, Said.LEADS: 3})
    now = document(scene.world.client(scene.lead).get("/ratings/counts")).text
    assert "Fewer than 10 people worked here on 1 November 2026" in now or "not shown" in now
    scene.world.later(days=10)
    client = scene.world.client(scene.lead)
    page = client.get("/ratings/counts")
    cells = {row[0]: row[-1] for row in _table(page.text, "lead")}
    assert cells["New to this"] == "14"
    assert cells["Takes part"] == "not shown"
    assert cells["Leads"] == "not shown"
    assert cells["Not judged yet"] == "not shown"
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    assert {row[0]: row[-1] for row in _table(client.get("/ratings/counts").text, "lead")} == cells


def _table(html: str, key: str) -> list[list[str]]:
    part = html.split(f'id="chart-{key}"')[1].split("</table>", maxsplit=1)[0]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>.*?app-number\">(.*?)</td>", part)
    return [list(row) for row in rows]


def test_who_reaches_the_whole_trust_sees_it_alone_and_a_lead_their_own_directorate(scene: Scene) -> None:
    elsewhere = scene.world.directorate("Surgery")
    here = scene.world.directorate("Medicine")
    hr, lead = scene.world.client(scene.world.with_role(Role.HR)), scene.world.client(scene.lead)
    assert "The whole trust" in hr.get("/ratings/counts").text
    assert hr.get(f"/ratings/counts?place={here.id}").status_code == 404
    assert "Medicine" in lead.get("/ratings/counts").text
    for other in (elsewhere.id, 0, 999999):
        assert lead.get(f"/ratings/counts?place={other}").status_code == 404


def test_a_person_downloads_all_that_was_said_of_them(scene: Scene) -> None:
    scene.says(scene.ann, Said.NEW, "=my thought")
    scene.world.later(minutes=5)
    scene.says(scene.ann, Said.LEADS, aim=Said.LEVEL_3)
    scene.judges(scene.lead, {scene.ann.id: Said.TAKES_PART})
    scene.writes(scene.ann, scene.lead, "My note")
    client = scene.world.client(scene.ann)
    file = client.follow(client.submit(client.get("/ratings/mine"), "download"))
    text = file.content.decode("utf-8-sig")
    for words in ("New to this", "Leads", "Takes part", "Teresa Hollis", "My note", "3: Applies", "'=my thought"):
        assert words in text, words
    assert DEVELOPMENT_ONLY in text
