"""Who gets the training by working pattern and by site, where these are kept; and the way to the trust's counts."""

from datetime import date

from tests.client import document
from tests.planning.conftest import Planning

TIER = "pocket-qi"


def staff(planning: Planning, number: int, *, pattern: str, site: str, trained: int) -> None:
    scene, world = planning.scene, planning.scene.world
    team = world.team(f"Team {site} {pattern}", "Medicine", site=site)
    for at in range(number):
        person = world.hire(team=team, pattern=pattern)
        if at < trained:
            scene.complete(person, TIER, date(2026, 9, 1))


def test_a_lead_compares_working_patterns_and_sites(planning: Planning) -> None:
    staff(planning, 24, pattern="Full time", site="Main site", trained=12)
    staff(planning, 22, pattern="Part time", site="", trained=10)
    page = document(planning.scene.world.client(planning.scene.lead).get(f"/teams/plan/fairness?tier={TIER}"))
    assert "By working pattern" in page.text
    assert "Full time: 12 of 24" in page.text
    assert "The others together are Part time, Not recorded." in page.text
    assert "By site" in page.text
    assert "Main site: 12 of 24" in page.text
    assert "No site kept: 10 of 2" in page.text
    assert "that of each person’s main post as it stands today" in page.text


def test_what_nobody_wrote_down_is_said_and_not_compared(planning: Planning) -> None:
    page = document(planning.scene.world.client(planning.scene.lead).get("/teams/plan/fairness"))
    assert "By working pattern" not in page.text
    assert "By site" not in page.text
    assert "Nobody’s working pattern is known here" in page.text
    assert "No team here has a site yet" in page.text


def test_only_whoever_sees_the_whole_trust_is_led_to_its_counts_by_protected_characteristic(planning: Planning) -> None:
    world, link = planning.scene.world, "By protected characteristic, for the whole trust"
    assert document(world.client(planning.admin).get("/teams/plan/fairness")).links[link] == "/equality"
    assert link not in document(world.client(planning.scene.lead).get("/teams/plan/fairness")).links
