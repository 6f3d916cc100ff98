"""A lead writes a rule, looks at what it would do, saves it, and ends it: as the pages show it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.capability.commands import AskForLevel, ask_for_level
from app.capability.need_rules import By, Conditions, DueFrom
from app.capability.rules import Need
from app.kernel.db import table
from app.organisation.commands import CloseTeam, close_team
from app.organisation.models import Employment
from tests.capability.conftest import Scene
from tests.capability.ruled import Ruled, begin
from tests.client import document

FILLED = {
    "name": "Band 8a and above",
    "tier": "pocket-qi",
    "band_from": "8a",
    "counted": "date",
    "due": "31 March 2027",
    "why": "Leaders coach others",
}


@pytest.fixture
def ruled(scene: Scene) -> Ruled:
    return begin(scene)


def place(scene: Scene) -> str:
    return f"d.{scene.directorate_id}"


def test_a_rule_is_written_previewed_saved_listed_and_ended(ruled: Ruled) -> None:
    client = ruled.scene.world.client(ruled.scene.lead)
    form = client.get("/teams/rules/new")
    shown = client.submit(form, "/teams/rules/preview", place=place(ruled.scene), **FILLED)
    text = document(shown).text
    assert shown.status_code == 200, text
    assert "The rule “Band 8a and above” of Medicine asks for Pocket QI by 31 March 2027." in text
    assert "Matron, Mary" in text
    assert "Save, and ask 1 person" in text
    assert "VSM counts as above band 9" in text
    saved = client.follow(client.submit(shown, "/teams/rules/save"))
    assert "The rule is saved. 1 need changed." in document(saved).text
    assert "1 person is asked by it now" in document(saved).text
    assert "Asks now" in client.get("/teams/rules").text
    page = client.get(saved.url.path + "/end")
    assert "is not asked any more: the need is withdrawn" in document(page).text
    ended = client.follow(client.submit(page, "/end"))
    assert "The rule has ended. 1 need changed." in document(ended).text
    assert ruled.standing(ruled.matron).need is None


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(ruled: Ruled) -> None:
    client = ruled.scene.world.client(ruled.scene.lead)
    form = client.get("/teams/rules/new")
    typed = {"name": "Nurses", "staff_groups": ["Students"], "job_roles": "Matron\nNurse", "due": "soon", "why": "So"}
    wrong = client.submit(form, "/teams/rules/preview", place=place(ruled.scene), **typed)
    assert wrong.status_code == 422
    assert "Enter the date by which it is needed, such as 31 March 2027" in document(wrong).text
    again = client.submit(wrong, "/teams/rules/preview", due="31 March 2027")
    assert again.status_code == 422
    assert "Choose a level" in document(again).text
    right = client.submit(again, "/teams/rules/preview", tier="pocket-qi")
    assert right.status_code == 200
    assert "Students; Matron or Nurse." in document(right).text
    assert "It touches nobody today" in document(right).text


def test_an_empty_form_tells_at_once_all_that_it_needs(ruled: Ruled) -> None:
    client = ruled.scene.world.client(ruled.scene.lead)
    form = client.get("/teams/rules/new")
    needed = (
        "Choose where the rule holds",
        "Enter a name for the rule",
        "Choose a level",
        "Say whom the rule is about",
        "Enter the date by which it is needed",
        "Write why it is needed, in 300",
    )
    wrong = document(client.submit(form, "/teams/rules/preview")).text
    assert [said for said in needed if said not in wrong] == []
    mistyped = document(client.submit(form, "/teams/rules/preview", due="soon", joined_within="some")).text
    assert [said for said in needed if said not in mistyped] == ["Say whom the rule is about"]
    assert "Enter a number of days, such as 92" in mistyped


def test_a_place_that_is_not_there_is_missing_and_one_that_has_closed_is_named(ruled: Ruled) -> None:
    world = ruled.scene.world
    client = world.client(world.with_role("qi_admin", band="5"))
    for nowhere in ("d.999999999", "t.999999999"):
        sent = FILLED | {"place": nowhere}
        assert client.post("/teams/rules/preview", data=sent).status_code == 404
        assert client.post("/teams/rules/save", data=sent).status_code == 404
    shut = world.team("Shut", "Medicine")
    with world.db.write() as session:
        close_team(session, SYSTEM, CloseTeam(team_id=shut.id, on=world.today), world.now)
    answer = client.post("/teams/rules/preview", data=FILLED | {"place": f"t.{shut.id}"})
    assert answer.status_code == 422
    assert "This team is not open today. Choose another place" in document(answer).text


def test_a_rule_of_a_team_that_has_closed_says_so_until_it_is_ended(ruled: Ruled) -> None:
    world = ruled.scene.world
    larch, rowan = world.team("Larch", "Medicine"), world.team("Rowan", "Medicine")
    rule_id = ruled.begin(directorate_id=None, team_id=larch.id)
    with world.db.write() as session:
        close_team(session, SYSTEM, CloseTeam(team_id=larch.id, on=world.today, successor_id=rowan.id), world.now)
    ruled.keep()
    assert ruled.standing(ruled.matron).need is None
    client = world.client(ruled.scene.lead)
    closed = "Larch, Medicine, closed since 23 November 2026"
    assert closed in document(client.get("/teams/rules")).text
    page = document(client.get(f"/teams/rules/{rule_id}")).text
    assert closed in page
    assert "End it, and set another where its people work now" in page
    ruled.end(rule_id)
    assert "set another where" not in document(client.get(f"/teams/rules/{rule_id}")).text


def test_a_rule_about_nobody_in_particular_is_refused(ruled: Ruled) -> None:
    client = ruled.scene.world.client(ruled.scene.lead)
    form = client.get("/teams/rules/new")
    answer = client.submit(form, "/teams/rules/preview", place=place(ruled.scene), **(FILLED | {"band_from": ""}))
    assert answer.status_code == 422
    assert "choose at least one of staff group, band, role" in document(answer).text


def test_a_stale_preview_is_shown_again_and_saves_nothing(ruled: Ruled) -> None:
    client = ruled.scene.world.client(ruled.scene.lead)
    shown = client.submit(client.get("/teams/rules/new"), "/teams/rules/preview", place=place(ruled.scene), **FILLED)
    ruled.hire("Later")
    again = client.submit(shown, "/teams/rules/save")
    assert again.status_code == 409
    assert "Something has changed since this preview" in document(again).text
    assert "Save, and ask 2 people" in document(again).text
    assert ruled.actions() == []
    assert client.submit(again, "/teams/rules/save").status_code == 303


def test_a_rule_is_changed_by_another_in_its_place(ruled: Ruled) -> None:
    rule_id = ruled.begin()
    client = ruled.scene.world.client(ruled.scene.lead)
    form = client.get(f"/teams/rules/new?follows={rule_id}")
    shown = client.submit(form, "/teams/rules/preview", band_from="", staff_groups=["Medical and Dental"])
    text = document(shown).text
    assert "Nguyễn, Ben" in text
    assert "1 person is not asked any more: the need is withdrawn." in text
    assert client.submit(shown, "/teams/rules/save").status_code == 303
    assert ruled.standing(ruled.matron).need is None
    assert ruled.standing(ruled.scene.ben).need is Need.REQUIRED
    assert "Rules that have ended" in client.get("/teams/rules").text


def test_a_rule_that_has_not_begun_is_changed_and_still_begins_on_its_day(ruled: Ruled) -> None:
    world = ruled.scene.world
    rule_id = ruled.begin(starts_on=world.today + timedelta(days=10))
    client = world.client(ruled.scene.lead)
    form = client.get(f"/teams/rules/new?follows={rule_id}")
    shown = client.submit(form, "/teams/rules/preview", why="Leaders coach, and are coached")
    assert "It begins on 3 December 2026 and changes nothing before." in document(shown).text
    saved = client.follow(client.submit(shown, "/teams/rules/save"))
    assert "From 3 December 2026" in document(saved).text
    assert ruled.standing(ruled.matron).need is None
    world.later(days=10)
    assert ruled.keep() == 1
    client = world.client(ruled.scene.lead)
    begun = client.get(f"/teams/rules/new?follows={rule_id + 1}")
    refused = client.submit(begun, "/teams/rules/preview", starts="31 January 2027")
    assert refused.status_code == 422
    assert "A rule in the place of one that has begun begins today" in document(refused).text


@contextmanager
def a_colleague_meanwhile(ruled: Ruled) -> Iterator[None]:
    """Just when a rule has been written, or ended, the matron's band is another."""
    engine = ruled.scene.world.app.state.core.db.engine

    def meanwhile(connection: Any, _cursor: Any, statement: str, *_about: Any) -> None:
        if "need_rule" in statement and statement.startswith(("INSERT", "UPDATE")):
            connection.execute(sa.update(table(Employment)).values(band="5", job_role="Other"))

    sa.event.listen(engine, "after_cursor_execute", meanwhile)
    try:
        yield
    finally:
        sa.event.remove(engine, "after_cursor_execute", meanwhile)


@pytest.mark.parametrize("ends", [True, False])
def test_whoever_is_overtaken_in_the_middle_of_a_save_sees_the_preview_again_and_nothing_false(
    ruled: Ruled, *, ends: bool
) -> None:
    ruled.begin(name="Later", by=By(DueFrom.DATE, date(2027, 6, 30)))
    rule_id = ruled.begin(conditions=Conditions(job_roles=("Staff Nurse",)))
    client = ruled.scene.world.client(ruled.scene.lead)
    if ends:
        shown, address = client.get(f"/teams/rules/{rule_id}/end"), "/end"
    else:
        form = client.get(f"/teams/rules/new?follows={rule_id}")
        shown, address = client.submit(form, "/teams/rules/preview", due="30 April 2027"), "/teams/rules/save"
    with a_colleague_meanwhile(ruled):
        again = client.submit(shown, address)
    assert again.status_code == 409
    assert "Something has changed since this preview" in document(again).text
    assert client.submit(again, address).status_code == 303


def test_a_lead_sees_of_a_rule_of_the_trust_the_names_of_their_own_people_alone(ruled: Ruled) -> None:
    theatre = ruled.hire("Theatre", "Theatre", "Surgery")
    admin = ruled.scene.world.with_role("qi_admin", band="5")
    rule_id = ruled.begin(admin, directorate_id=None, conditions=Conditions(band_from="8a"))
    assert theatre.list_name in ruled.scene.world.client(admin).get(f"/teams/rules/{rule_id}").text
    client = ruled.scene.world.client(ruled.scene.lead)
    page = client.get(f"/teams/rules/{rule_id}")
    assert "Matron, Mary" in page.text
    assert "Theatre, New" not in page.text
    assert "End it" not in page.text
    assert client.get(f"/teams/rules/{rule_id}/end").status_code == 404


def test_a_waiver_is_set_in_the_grid_counted_and_in_the_file(ruled: Ruled) -> None:
    ruled.begin()
    client = ruled.scene.world.client(ruled.scene.lead)
    seen = ruled.standing(ruled.matron).seen
    cell = f"{ruled.matron.id}.pocket-qi.{seen}"
    sent = {"c": cell, "need": "waived", "due": "31 January 2027", "reason": "Runs the winter plan", "team": "all"}
    assert client.post("/teams/save", data=sent).status_code == 303
    assert "Waived until 31 Jan" in client.get("/teams?team=all").text
    listed = client.get("/teams/list?team=all&what=waived&of=pocket-qi")
    assert "Matron, Mary" in listed.text
    assert "Then what the rules say holds again" in listed.text
    file = client.follow(client.post("/teams/download", data={"format": "csv", "team": "all"}))
    assert "Waived" in file.text
    mine = ruled.scene.world.client(ruled.matron).get("/my-skills")
    assert "Waived until 31 January 2027" in mine.text
    assert "Runs the winter plan" in mine.text


def test_a_request_is_put_on_the_plan_shown_to_the_person_counted_and_answered_later(ruled: Ruled) -> None:
    scene = ruled.scene
    with scene.world.db.write() as session:
        asked = ask_for_level(session, scene.actor(scene.anna), AskForLevel(tier="pocket-qi"), scene.world.now)
    lead, anna = scene.world.client(scene.lead), scene.world.client(scene.anna)
    answer = {"agree": "plan", "answer": "In the spring cohort"}
    assert lead.post(f"/teams/requests/{asked.id}", data=answer).status_code == 303
    page = document(anna.get("/my-skills")).text
    assert "On the plan since 23 November 2026: you will hear when a place is offered. “In the spring cohort”" in page
    assert lead.post(f"/teams/requests/{asked.id}", data=answer).status_code == 409, "it is on the plan already"
    decisions = document(lead.get("/teams/decisions")).text
    assert "No decision is waiting for you." in decisions
    assert "On the plan" in decisions
    assert ruled.standing(scene.anna).planned
    assert not ruled.standing(scene.anna).asked
    plan = document(lead.get("/teams/plan/list?what=requested&level=pocket-qi")).text
    assert "Okoro" not in plan
    assert "O'Neill, Anna" in plan
    agreed = {"agree": "yes", "due": "31 March 2027"}
    assert lead.post(f"/teams/requests/{asked.id}", data=agreed).status_code == 303
    assert ruled.standing(scene.anna).need is Need.REQUIRED
    assert not ruled.standing(scene.anna).planned
