"""A lead looks ahead, and the QI team tries how to split the places; nothing of it is saved."""

from datetime import date

import pytest

from app.capability.rules import BY_COHORT
from app.cohorts.commands import PlanCohorts, plan_cohorts
from app.cohorts.commands.planning import Wanted
from app.organisation.models import Person
from app.planning.commands import NewTarget, SetTargets, set_targets
from app.planning.forecast_choosing import MOST_A_YEAR
from app.planning.queries.forecasts import settings
from app.planning.rules import TargetKind
from app.planning.splitting import first_total
from tests.client import document
from tests.document import words
from tests.planning.conftest import Planning

TIER = "pocket-qi"


def staff(planning: Planning, number: int, team: str = "Larch", directorate: str = "Medicine") -> list[Person]:
    world = planning.scene.world
    return [world.hire(team=world.team(team, directorate)) for _ in range(number)]


def cohorts(
    planning: Planning, *, until: date, places: int = 10, kept: tuple[tuple[int, int | None], ...] = ()
) -> None:
    world = planning.scene.world
    wanted = Wanted(starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 8), places=places, kept=kept)
    with world.db.write() as session:
        command = PlanCohorts(tier=TIER, wanted=wanted, until=until)
        plan_cohorts(session, world.actor(planning.admin), command, world.now)


def target(planning: Planning, directorate_id: int, value: float, kind: TargetKind = TargetKind.PER_CENT) -> None:
    world = planning.scene.world
    new = NewTarget(tier=TIER, kind=kind, value=value)
    command = SetTargets(directorate_id=directorate_id, year=2026, targets=(new,), reason="Agreed")
    with world.db.write() as session:
        set_targets(session, world.actor(planning.admin), command, world.now)


def test_a_lead_reads_when_the_target_is_reached_with_what_is_planned(planning: Planning) -> None:
    scene = planning.scene
    staff(planning, 30)
    target(planning, scene.directorate_id, 60)
    cohorts(planning, until=date(2027, 8, 31))
    page = document(scene.world.client(scene.lead).get("/teams/plan/forecast"))
    assert page.h1 == "Medicine: Pocket QI ahead"
    assert "With the nine planned Pocket QI cohorts, about one a month," in page.text
    assert "Medicine reaches 60% of its people between " in page.text
    assert "On the target’s day, 31 March 2027, it is met in " in page.text
    assert "No place is planned after August 2027: from then on people leave and levels lapse" in page.text
    assert "No whole month of history yet: nobody is assumed to join or leave" in page.text
    assert "300 runs, seed 2026, as at 23 November 2026" in page.text
    assert "Data of this chart" in page.text


def test_what_if_is_an_address_that_saves_nothing(planning: Planning) -> None:
    scene = planning.scene
    staff(planning, 30)
    target(planning, scene.directorate_id, 20, TargetKind.ABSOLUTE)
    client = scene.world.client(scene.lead)
    planned = client.get("/teams/plan/forecast")
    assert "Without any planned Pocket QI cohort that has places for it" in document(planned).text
    assert "does not reach 20 of its people within five years" in document(planned).text
    tried = client.get("/teams/plan/forecast?places=8")
    assert "With eight Pocket QI places a month, Medicine reaches 20 of its people" in document(tried).text
    assert document(tried).links["Back to what is planned"].startswith("/teams/plan/forecast?directorate=")
    again = client.get("/teams/plan/forecast?places=8")
    assert document(tried).text == document(again).text


def test_only_the_picture_is_drawn_anew_while_a_slider_moves(planning: Planning) -> None:
    client = planning.scene.world.client(planning.scene.lead)
    part = client.get("/teams/plan/forecast?places=4", headers={"HX-Request": "true", "HX-Target": "forecast"})
    assert part.text.lstrip().startswith('<div id="forecast"')
    assert "<h1" not in part.text


@pytest.mark.parametrize("typed", ["-1", "4.5", "many", "201", "9" * 40, "٣"])
def test_a_number_that_is_none_is_named_and_kept(planning: Planning, typed: str) -> None:
    client = planning.scene.world.client(planning.scene.lead)
    page = client.get("/teams/plan/forecast", params={"places": typed})
    assert page.status_code == 422
    assert "Enter how many places a month: a whole number from 0 to 200" in document(page).text
    assert f'value="{typed}"' in page.text


def test_another_directorate_level_or_group_is_as_missing_as_one_that_is_not_there(planning: Planning) -> None:
    world = planning.scene.world
    client = world.client(planning.scene.lead)
    theirs = world.directorate("Surgery").id
    for asked in (f"directorate={theirs}", "directorate=999", "directorate=x", "tier=nothing", "group=Nobody"):
        assert client.get(f"/teams/plan/forecast?{asked}").status_code == 404
    assert client.get(f"/teams/plan/fairness?directorate={theirs}").status_code == 404
    assert client.get("/teams/plan/fairness?directorate=all").status_code == 404


def test_a_group_with_a_target_of_its_own_is_looked_at_alone(planning: Planning) -> None:
    scene = planning.scene
    planning.target(NewTarget(tier=TIER, staff_group="Medical and Dental", value=50))
    cohorts(planning, until=date(2027, 8, 31), kept=((scene.directorate_id, None),))
    client = scene.world.client(scene.lead)
    page = document(client.get("/teams/plan/forecast", params={"group": "Medical and Dental"}))
    assert "50% of its Medical and Dental" in page.text
    assert "0 of 1 people hold the level" in page.text


def test_a_level_that_is_always_open_is_not_said_to_lack_cohorts(planning: Planning) -> None:
    scene = planning.scene
    tier = next(t.slug for t in scene.board().tiers if t.delivered != BY_COHORT)
    page = document(scene.world.client(scene.lead).get(f"/teams/plan/forecast?tier={tier}"))
    assert "open to everybody at any time" in page.text
    assert "Without any planned" not in page.text


def test_what_is_tried_first_is_no_more_than_can_be_typed(planning: Planning) -> None:
    cohorts(planning, until=date(2027, 8, 31), places=500)
    with planning.scene.world.db.read() as session:
        found = settings(session, planning.scene.actor(), TIER, planning.scene.world.today)
    assert found is not None
    assert sum(found.one(0).planned) > MOST_A_YEAR
    assert first_total(found) == MOST_A_YEAR


def test_a_small_group_gets_its_part_of_the_places_of_several_cohorts(planning: Planning) -> None:
    """One doctor of seven people: a seventh of nine times two places."""
    scene = planning.scene
    planning.target(NewTarget(tier=TIER, staff_group="Medical and Dental", value=50))
    cohorts(planning, until=date(2027, 8, 31), places=2, kept=((scene.directorate_id, None),))
    with scene.world.db.read() as session:
        found = settings(session, scene.actor(), TIER, scene.world.today, "Medical and Dental")
    assert found is not None
    assert (found.one(0).here.without, sum(found.one(0).planned)) == (1, 2)


def test_the_qi_team_sees_where_the_next_places_go_and_why(planning: Planning) -> None:
    scene = planning.scene
    staff(planning, 20)
    staff(planning, 14, "Theatre", "Surgery")
    surgery = scene.world.directorate("Surgery").id
    target(planning, scene.directorate_id, 20)
    target(planning, surgery, 60)
    client = scene.world.client(planning.admin)
    page = document(client.get("/teams/plan/split?places=12"))
    assert "Surgery is furthest from its target" in page.text
    assert "The suggested split of 12 places a year" in page.text
    assert "No other split of as many places leaves a smaller worst gap" in page.text
    assert "12 of 12 places a year are given out." in page.text
    tried = client.get(f"/teams/plan/split?places=12&n-{scene.directorate_id}=12&n-{surgery}=0")
    said = document(tried)
    assert "Your split of 12 places a year leaves at most 62.5%, in Surgery. The suggestion leaves " in said.text
    assert said.links["Back to the suggestion"] == "/teams/plan/split?tier=pocket-qi&places=12"
    rows = {words(row[0]): words(row[5]) for row in said.all("tr") if len(row) == 7}
    assert rows["Medicine"] == "12"
    assert rows["Surgery"] == "0"
    wrong = client.get(f"/teams/plan/split?places=a&n-{surgery}=b")
    assert wrong.status_code == 422
    assert "Enter how many places a year" in document(wrong).text
    assert "Enter how many places for it" in document(wrong).text
    assert 'value="b"' in wrong.text


def test_without_a_target_there_is_nothing_to_suggest(planning: Planning) -> None:
    page = document(planning.scene.world.client(planning.admin).get("/teams/plan/split"))
    assert "No directorate has a target for Pocket QI that is ahead: there is no gap to close." in page.text


def test_who_holds_a_level_is_shown_in_groups_of_ten_and_more(planning: Planning) -> None:
    scene, world = planning.scene, planning.scene.world
    for number in range(60):
        group = "Allied Health Professionals" if number % 2 else "Nursing and Midwifery Registered"
        person = world.hire(team=world.team("Larch", "Medicine"), staff_group=group)
        if number < 30:
            scene.complete(person, TIER, date(2026, 9, 1))
    page = document(world.client(scene.lead).get(f"/teams/plan/fairness?tier={TIER}"))
    assert page.h1 == "Medicine: who holds Pocket QI"
    assert "30 of 67 people hold Pocket QI, 45%, as at 23 November 2026." in page.text
    assert "Nursing and Midwifery Registered: 15 of 36" in page.text
    others = "The others together are Allied Health Professionals, Medical and Dental."
    assert others in page.text, "one doctor, and the smallest other group with them"
    assert "Too few people in each group" in page.text, "bands"
    assert "Everybody counted here is in one group: Employed." in page.text
    assert "1 of 1" not in page.text
    trust = document(world.client(planning.admin).get(f"/teams/plan/fairness?tier={TIER}"))
    assert trust.h1 == "The whole trust: who holds Pocket QI"


def test_a_small_place_shows_nobody(planning: Planning) -> None:
    page = document(planning.scene.world.client(planning.scene.lead).get("/teams/plan/fairness"))
    assert "is too small a place to show" in page.text
