"""Levels used in practice, as leads see them: counted by one definition, listed, chosen by, and explained."""

from datetime import date, timedelta

import pytest

from app.capability.board import Which
from app.learning.commands import ApplyAward, apply_award
from app.organisation.models import Person
from tests.capability.conftest import Scene
from tests.client import document

TIER = "pocket-qi"


@pytest.fixture
def used(scene: Scene) -> Scene:
    """Anna and Ben are asked for the level and hold it; Anna has used it."""
    scene.decide(scene.anna, scene.ben)
    for person in (scene.anna, scene.ben):
        scene.complete(person, TIER, date(2025, 3, 3))
    use(scene, scene.anna, date(2026, 5, 5))
    return scene


def use(scene: Scene, person: Person, on: date) -> None:
    command = ApplyAward(person_id=person.id, tier=TIER, occurred_on=on, source="Fewer falls")
    with scene.world.db.write() as session:
        apply_award(session, scene.actor(), command, scene.world.now)


def counted(scene: Scene, on: date | None = None) -> list[str]:
    return [entry.member.name for entry in scene.board(on).entries(Which.USED, TIER)]


def test_whoever_used_a_level_is_counted_from_the_day_of_the_work(used: Scene) -> None:
    assert counted(used) == [used.anna.name]
    assert counted(used, date(2026, 5, 4)) == []


def test_using_a_level_changes_neither_its_completion_nor_its_date(used: Scene) -> None:
    anna, ben = (used.standing(person).progress for person in (used.anna, used.ben))
    assert anna.shown == ben.shown


def test_a_level_past_its_date_is_no_longer_counted_as_completed_and_used(used: Scene) -> None:
    used.world.later(days=800)
    assert counted(used) == []
    page = used.world.client(used.lead).get("/teams?team=all&progress=used")
    assert [used.anna.name in page.text, used.ben.name in page.text] == [False, False]


def test_the_list_behind_completed_leads_to_those_who_used_it_and_explains_each_date(used: Scene) -> None:
    client = used.world.client(used.lead)
    page = document(client.get(f"/teams/list?team=all&what=completed&of={TIER}"))
    sentence = "Completed 3 March 2025, a course; refresh by 3 March 2028 (3 years later)"
    assert f"{sentence}; used in practice 5 May 2026." in page.text
    assert f"{sentence}." in page.text
    [link] = [a for a in page.all("a") if "1 of them used in practice since" in "".join(a.itertext())]
    behind = document(client.get(link.attrib["href"])).text
    assert "O'Neill, Anna" in behind
    assert "Nguyễn, Ben" not in behind


@pytest.mark.parametrize(
    ("chosen", "there", "gone"), [("used", "O'Neill", "Nguyễn"), ("not_used", "Nguyễn", "O'Neill")]
)
def test_the_grid_shows_those_who_used_a_level_or_have_not_yet(used: Scene, chosen: str, there: str, gone: str) -> None:
    page = used.world.client(used.lead).get(f"/teams?team=all&progress={chosen}")
    [grid] = [t for t in document(page).all("table") if "app-grid" in t.attrib.get("class", "")]
    text = "".join(grid.itertext())
    assert there in text
    assert gone not in text


def test_the_cell_and_the_persons_page_show_the_steps_and_explain_the_dates(used: Scene) -> None:
    client = used.world.client(used.lead)
    for path in (f"/teams/cells/{used.anna.id}/{TIER}", f"/teams/people/{used.anna.id}"):
        page = document(client.get(path))
        [steps] = [ol for ol in page.all("ol") if ol.attrib.get("class") == "app-life"]
        said = ["".join(li.itertext()) for li in steps]
        assert said == ["Completed 3 March 2025", "Used in practice 5 May 2026", "Refresh by 3 March 2028"]
        assert "(3 years later)" in page.text


def test_my_skills_explain_my_own_dates_and_lead_to_telling(used: Scene) -> None:
    page = document(used.world.client(used.ben).get("/my-skills"))
    assert "Completed 3 March 2025, a course; refresh by 3 March 2028 (3 years later)." in page.text
    assert f"/used-in-practice/{TIER}" in [a.attrib.get("href") for a in page.all("a")]


def test_leave_moves_the_date_in_the_sentence_and_its_kind_is_not_said(used: Scene) -> None:
    from tests.organisation.away import go_on_leave

    go_on_leave(used.world, used.anna, date(2026, 1, 5), date(2026, 3, 2))
    days = (date(2026, 3, 2) - date(2026, 1, 5)).days
    until = date(2028, 3, 3) + timedelta(days=days)
    page = document(used.world.client(used.lead).get(f"/teams/people/{used.anna.id}")).text
    assert f"refresh by {until.day} {until:%B %Y} (3 years later, moved by {days} days of leave)" in page
    assert "Parental" not in page
