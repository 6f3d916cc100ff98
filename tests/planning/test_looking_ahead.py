"""A lead looks ahead, and the QI team tries how to split the places; nothing of it is saved."""

from dataclasses import replace
from datetime import date

import pytest

from app.capability.queries.standings import matrix_tiers
from app.capability.rules import BY_COHORT
from app.cohorts.commands import PlanCohorts, plan_cohorts
from app.cohorts.commands.planning import Wanted
from app.organisation.models import Person
from app.planning.commands import NewTarget, SetTargets, set_targets
from app.planning.forecast.fan import Reached
from app.planning.forecast.outlook import every_month, over_a_year
from app.planning.forecast.runs import MONTHS_AHEAD
from app.planning.forecast_choosing import MOST_A_YEAR
from app.planning.forecast_wording import reached_words
from app.planning.pages.split import SplitPage
from app.planning.queries.forecasts import settings
from app.planning.rules import TargetKind
from app.planning.splitting import Split, first_total, split
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


def test_a_split_of_more_places_than_there_are_says_by_how_many(planning: Planning) -> None:
    staff(planning, 20)
    target(planning, planning.scene.directorate_id, 20)
    client = planning.scene.world.client(planning.admin)
    page = document(client.get(f"/teams/plan/split?places=12&n-{planning.scene.directorate_id}=14"))
    assert "Your split gives out 14 places a year, 2 more than the 12 there are." in page.text
    assert "14 of 12 places a year are given out: 2 too many." in page.text
    assert "closes every gap" not in page.text


def test_a_suggestion_that_closes_todays_gap_names_where_the_target_may_still_be_missed(planning: Planning) -> None:
    staff(planning, 20)
    target(planning, planning.scene.directorate_id, 20)
    world = planning.scene.world
    with world.db.read() as session:
        found = settings(session, world.actor(planning.admin), TIER, world.today)
    assert found
    tried = split(found, 12, None)
    assert _reasons(planning, tried)[-1].endswith("gap of today is closed.")
    [row] = [row for row in tried.rows if row.ahead]
    unsure = row.ahead._replace(reached=Reached(early=5, middle=None, late=None, runs=0.3))  # type: ignore[union-attr]
    rows = tuple(replace(one, ahead=unsure) if one is row else one for one in tried.rows)
    said = _reasons(planning, replace(tried, rows=rows))[-1]
    assert said.startswith("The target may still be missed in Medicine: people leave and levels lapse meanwhile")
    assert said.endswith("Try more of the places that are left.")
    own = _reasons(planning, replace(tried, rows=rows), tried=True)
    assert "may still be missed" not in " ".join(own), (
        "what is said of the suggestion is not said of a split of one's own"
    )


def _reasons(planning: Planning, found: Split, *, tried: bool = False) -> tuple[str, ...]:
    path_for = planning.scene.world.app.state.core.path_for
    return SplitPage.of(found, {}, tried=tried, errors={}, path_for=path_for).reason


def test_places_that_somebody_tries_end_when_the_course_does(planning: Planning) -> None:
    scene = planning.scene
    staff(planning, 20)
    with scene.world.db.read() as session:
        lasting = next(t for t in matrix_tiers(session) if t.slug == "qi-coach").path.months
    assert lasting == 6
    address = "/teams/plan/forecast?tier=qi-coach&places=3"
    page = document(scene.world.client(scene.lead).get(address))
    assert "The course takes 6 months: a place that begins next month brings the level 6 months later." in page.text
    assert every_month(3, lasting)[: lasting + 3] == (0, 0, 0, 0, 0, 0, 0, 3, 3)
    assert over_a_year(12, lasting)[: lasting + 3] == every_month(1, lasting)[: lasting + 3]
    assert len(every_month(3, lasting)) == len(over_a_year(12, 0)) == MONTHS_AHEAD
    at_once = document(scene.world.client(scene.lead).get("/teams/plan/forecast?tier=pocket-qi&places=3"))
    assert "The course takes" not in at_once.text


def test_the_first_month_that_is_said_is_not_called_the_earliest(planning: Planning) -> None:
    scene = planning.scene
    target(planning, scene.directorate_id, 1, TargetKind.ABSOLUTE)
    with scene.world.db.read() as session:
        found = settings(session, scene.actor(), TIER, scene.world.today)
    assert found
    [one] = found.every
    assert one.aim
    said = reached_words(one, Reached(early=5, middle=None, late=None, runs=0.3), one.aim.goal, "", scene.world.today)
    assert said == (
        "Medicine reaches one of its people not before March 2027 in 9 of 10 runs, and in 7 of 10 runs not within "
        "five years"
    )


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
