"""One cell decided about where it stands: in a dialog, on a page of its own, and when somebody else was first."""

from typing import Any

from app.capability.commands import RequireForStarter, require_for_starter
from app.capability.rules import Need
from tests.capability.conftest import SPRING, Scene
from tests.capability.ruled import begin
from tests.client import HouseClient, document, form_of
from tests.document import words

WANTED: dict[str, Any] = {"need": "required", "due": "31 March 2027", "reason": "Falls work starts"}
IN_PLACE = {"HX-Request": "true", "HX-Target": "div#edit"}


def client_of(scene: Scene) -> HouseClient:
    return scene.world.client(scene.lead)


def address(scene: Scene) -> str:
    return f"/teams/cells/{scene.anna.id}/pocket-qi"


def test_without_a_script_the_persons_page_leads_to_the_cell_and_back_to_their_row(scene: Scene) -> None:
    client = client_of(scene)
    person = document(client.get(f"/teams/people/{scene.anna.id}"))
    assert address(scene) in [a.attrib["href"] for a in person.all("a")]
    page = client.get(f"{address(scene)}?team=all")
    assert document(page).h1 == "Anna O'Neill: Pocket QI"
    saved = client.submit(page, address(scene), **WANTED)
    assert saved.headers["location"].endswith(f"#p{scene.anna.id}")
    assert "team=all" in saved.headers["location"]
    grid = client.follow(saved)
    assert "Saved: 1 need." in grid.text
    assert scene.standing(scene.anna).due == SPRING
    undo = next(f for f in document(grid).forms if "/teams/undo/" in f.action)
    assert "Undone: 1 need" in client.follow(client.post(undo.action, data=undo.fields)).text
    assert scene.standing(scene.anna).need is None


def test_in_the_dialog_the_saved_cell_comes_back_with_its_undo(scene: Scene) -> None:
    client = client_of(scene)
    part = client.get(f"{address(scene)}?team=all", headers=IN_PLACE)
    assert part.text.startswith('<div id="edit"')
    form = form_of(part, address(scene))
    saved = client.post(form.action, data={**form.fields, **WANTED}, headers=IN_PLACE)
    assert saved.status_code == 200
    assert "Saved: required by 31 March 2027." in document(saved).text
    [cell] = [e for e in document(saved).elements if "data-cell" in e.attrib]
    assert cell.attrib["data-value"] == f"{scene.anna.id}.pocket-qi.{scene.standing(scene.anna).seen}"
    assert words(cell).startswith("Required by 31 Mar")
    assert "/teams/undo/" in saved.text
    again = client.get(address(scene), headers=IN_PLACE)
    kept = form_of(again, address(scene)).fields
    assert (kept["due"], kept["reason"]) == (["31 March 2027"], ["Falls work starts"])
    assert "Decided by Teresa Hollis, 23 November 2026" in document(again).text
    same = client.post(form.action, data={**kept}, headers=IN_PLACE)
    assert "It was so already" in same.text


def test_the_same_form_sent_twice_decides_once(scene: Scene) -> None:
    client = client_of(scene)
    form = form_of(client.get(address(scene)), address(scene))
    first, second = (client.post(form.action, data={**form.fields, **WANTED}) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]


def test_what_is_wrong_is_named_and_stays(scene: Scene) -> None:
    client = client_of(scene)
    for headers in ({}, IN_PLACE):
        form = form_of(client.get(address(scene)), address(scene))
        wrong = client.post(
            form.action, data={**form.fields, "need": "required", "due": "soon", "reason": "Falls"}, headers=headers
        )
        assert wrong.status_code == 422
        kept = form_of(wrong, address(scene)).fields
        assert (kept["due"], kept["reason"]) == (["soon"], ["Falls"])
        assert "31 March 2027" in document(wrong).text
    assert scene.standing(scene.anna).need is None


def test_the_second_of_two_leads_gets_the_firsts_value_name_and_time_and_both_choices(scene: Scene) -> None:
    client = client_of(scene)
    for mine, need in ((False, Need.NOT_REQUIRED), (True, Need.REQUIRED)):
        form = form_of(client.get(address(scene)), address(scene))
        scene.decide(scene.anna, need=Need.NOT_REQUIRED, due=None, by=scene.other_lead, reason=f"Nights {mine}")
        scene.world.later(minutes=5)
        stale = client.post(form.action, data={**form.fields, **WANTED}, headers=IN_PLACE)
        assert stale.status_code == 409
        assert stale.text.startswith('<div id="edit"')
        said = document(stale).text
        assert "Keep theirs: Not required for this role" in said
        assert "Sam Okoro, 23 November 2026, 09:" in said
        assert f"Nights {mine}" in said
        assert "Use mine: Required by 31 March 2027" in said
        [choice] = [i.attrib for i in document(stale).all("input") if i.attrib.get("id") == "mine-1"]
        form = form_of(stale, "/teams/save")
        answer = {**form.fields, choice["name"]: choice["value"] if mine else ""}
        assert client.post("/teams/save", data=answer).status_code == 303
        assert scene.standing(scene.anna).need is need


def test_a_cell_out_of_reach_or_of_no_level_is_not_there(scene: Scene) -> None:
    client = client_of(scene)
    partner = scene.world.partner().id
    for path in (
        f"/teams/cells/{scene.stranger.id}/pocket-qi",
        f"/teams/cells/{partner}/pocket-qi",
        f"/teams/cells/{scene.anna.id}/nothing-of-ours",
        f"/teams/cells/{scene.anna.id}/patients-and-carers",
    ):
        assert client.get(path).status_code == 404, path
        assert client.post(path, data={**WANTED, "seen": "0"}).status_code == 404, path


def test_a_cell_names_the_rule_that_asked_and_says_whose_decision_comes_first(scene: Scene) -> None:
    ruled = begin(scene)
    ruled.begin()
    page = document(client_of(scene).get(f"/teams/cells/{ruled.matron.id}/pocket-qi")).text
    assert "Asked for by the rule “Band 8a and above” of Medicine, since 23 November 2026" in page
    assert "Your decision comes before it, until somebody decides again." in page
    assert "Decided by" not in page


def test_what_every_starter_is_asked_is_nobodys_decision(scene: Scene) -> None:
    with scene.world.db.write() as session:
        require_for_starter(session, scene.actor(), RequireForStarter(scene.anna.id), scene.world.now)
    page = document(client_of(scene).get(f"/teams/cells/{scene.anna.id}/induction")).text
    assert "Asked of every starter, 23 November 2026" in page
    assert "Decided by" not in page
    assert "Your decision comes before it" not in page
