"""People and skills as at a past day: what had been said by then, of whom the lead rates today."""

from datetime import date
from urllib.parse import urlencode

import pytest

from app.access.actor import SYSTEM
from app.learning.commands import GrantAward, WithdrawAward, grant_award, withdraw_award
from app.ratings.queries.depth import FROM
from app.ratings.rules import Said
from tests.client import HouseClient, document
from tests.ratings.scene import Scene, grid
from tests.ratings.test_skills import links, shown


def wholes(client: HouseClient, day: date | str = "", **query: str) -> dict[str, str]:
    """Name → what is said of them as a whole, as at that day."""
    address = urlencode({"directorate": "all", "as_at": str(day), **query})
    return {name: cells[0] for name, cells in shown(client, f"?{address}").items()}


def test_a_lead_sees_what_both_had_said_by_the_end_of_a_day_and_nothing_said_later(scene: Scene) -> None:
    world, before = scene.world, scene.world.today
    world.later(days=1)
    scene.says(scene.ann, Said.LEADS, aim=Said.LEVEL_3)
    scene.shares(scene.ann)
    scene.rates(scene.lead, scene.ann, aim=Said.LEVEL_1)
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    then = world.today
    world.later(days=5)
    scene.says(scene.ann, Said.COACHES, aim=Said.LEVEL_4)
    scene.judges(scene.lead, {scene.ann.id: Said.COACHES, scene.ben.id: Said.NEW})
    client = world.client(scene.lead)
    page = client.get(f"/ratings/grid?as_at={then}")
    assert page.status_code == 200
    assert "This is what had been said by the end of 24 November 2026, of the people whom you rate today." in page.text
    both = "Lead: New to this Theirs: Leads Seen differently"
    assert wholes(client, then)["Bell, Ann"] == both, "what was superseded later held then"
    assert "Lead: 1 Theirs: 3 Seen differently" in shown(client, f"?as_at={then}")["Bell, Ann"]
    assert wholes(client, then)["Kim, Ben"] == "Not yet rated"
    assert shown(client, f"?as_at={before}")["Bell, Ann"] == ["Not yet rated", "Rated as a whole only"]
    assert wholes(client)["Bell, Ann"] == "Lead: Coaches others Theirs: Coaches others"


def test_what_was_said_late_in_the_evening_counts_on_that_day_in_london(scene: Scene) -> None:
    world = scene.world
    world.later(days=200, hours=13, minutes=30)
    assert world.now.isoformat() == "2027-06-11T22:30:00+00:00"
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    world.later(hours=1)
    scene.judges(scene.lead, {scene.ann.id: Said.LEADS})
    assert world.now.date() == date(2027, 6, 11)
    client = world.client(scene.lead)
    assert wholes(client, date(2027, 6, 10))["Bell, Ann"] == "Not yet rated"
    assert wholes(client, date(2027, 6, 11))["Bell, Ann"] == "Lead: New to this"
    assert wholes(client, date(2027, 6, 12))["Bell, Ann"] == "Lead: Leads"


def test_of_what_was_said_twice_on_one_day_the_last_stood_at_its_end(scene: Scene) -> None:
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    scene.world.later(hours=2)
    scene.judges(scene.lead, {scene.ann.id: Said.LEADS})
    day = scene.world.today
    scene.world.later(days=3)
    assert wholes(scene.world.client(scene.lead), day)["Bell, Ann"] == "Lead: Leads"


def test_whoever_came_to_the_lead_since_is_shown_and_whoever_left_is_not(scene: Scene) -> None:
    world = scene.world
    theatre = world.team("Theatre", "Surgery")
    tom = world.hire("Tom", "Saw", team=theatre)
    surgeon = world.lead("Surgery", given_name="Vera", family_name="Stone")
    scene.judges(surgeon, {tom.id: Said.COACHES}, theatre)
    scene.judges(scene.lead, {scene.ben.id: Said.NEW})
    then = world.today
    world.later(days=2)
    world.move(tom, scene.team, world.today)
    world.move(scene.ben, theatre, world.today)
    world.later(days=1)
    assert wholes(world.client(scene.lead), then) == {
        "Bell, Ann": "Not yet rated",
        "Osei, Maya": "Not yet rated",
        "Saw, Tom": "Not yet rated",
    }, "another lead's rating of them is not theirs to see on any day"
    assert wholes(world.client(surgeon), then) == {"Kim, Ben": "Not yet rated"}


def test_another_lead_and_a_new_one_see_nothing_that_was_said_on_any_day(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS, aim=Said.LEVEL_3)
    scene.shares(scene.ann)
    scene.judges(scene.lead, {scene.ann.id: Said.TAKES_PART})
    then = scene.world.today
    scene.world.later(days=1)
    new = scene.world.client(scene.another_lead())
    assert shown(new, f"?as_at={then}")["Bell, Ann"] == ["Not yet rated", "Rated as a whole only"]
    scene.world.leave(scene.lead)
    assert shown(new, f"?as_at={then}")["Bell, Ann"] == ["Not yet rated", "Rated as a whole only"]


def test_a_view_that_stood_when_it_was_shared_is_seen_on_each_day_on_which_it_stood(scene: Scene) -> None:
    """What was said before the sharing and held then was shared with it, with its date: today's page shows it so."""
    world = scene.world
    scene.says(scene.ann, Said.NEW)
    first = world.today
    world.later(days=2)
    scene.says(scene.ann, Said.LEADS)
    second = world.today
    world.later(days=2)
    scene.shares(scene.ann)
    world.later(days=1)
    client = world.client(scene.lead)
    assert wholes(client, first)["Bell, Ann"] == "Not yet rated", "superseded before it was shared, it never is"
    assert wholes(client, second)["Bell, Ann"] == "Not yet rated Theirs: Leads"


def test_what_is_said_after_sharing_ended_is_not_seen_and_what_was_shared_held_until_then(scene: Scene) -> None:
    world = scene.world
    scene.says(scene.ann, Said.LEADS)
    scene.shares(scene.ann)
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    held = world.today
    world.later(days=1)
    scene.stops(scene.ann)
    world.later(days=1)
    scene.says(scene.ann, Said.TAKES_PART)
    superseded = world.today
    world.later(days=1)
    client = world.client(scene.lead)
    assert wholes(client, held)["Bell, Ann"] == "Lead: New to this Theirs: Leads Seen differently"
    assert wholes(client, superseded)["Bell, Ann"] == "Lead: New to this Theirs: Leads, earlier"


def test_nobody_who_shares_their_view_is_called_not_sharing_as_at_a_day_before_they_said_it(scene: Scene) -> None:
    before = scene.world.today
    scene.world.later(days=1)
    scene.says(scene.ann, Said.LEADS)
    client = scene.world.client(scene.lead)
    assert client.get(f"/ratings/grid?as_at={before}").text.count("own view not shared") == 3
    scene.shares(scene.ann)
    assert client.get(f"/ratings/grid?as_at={before}").text.count("own view not shared") == 2


def test_whoever_holds_a_high_level_has_every_skill_from_that_day_on_and_none_once_it_is_withdrawn(
    scene: Scene,
) -> None:
    world, before = scene.world, scene.world.today
    world.later(days=10)
    got = world.today
    with world.db.write() as session:
        award = GrantAward(person_id=scene.ann.id, tier=FROM, occurred_on=got, source="a course")
        grant_award(session, SYSTEM, award, world.now)
    world.later(days=10)
    client, whole_only = world.client(scene.lead), ["Not yet rated", "Rated as a whole only"]
    assert shown(client, f"?as_at={before}")["Bell, Ann"] == whole_only
    assert set(shown(client, f"?as_at={got}")["Bell, Ann"]) == {"Not yet rated"}
    with world.db.write() as session:
        wrong = WithdrawAward(person_id=scene.ann.id, tier=FROM, occurred_on=world.today, reason="Given by mistake")
        withdraw_award(session, SYSTEM, wrong, world.now)
    assert shown(client, f"?as_at={got}")["Bell, Ann"] == whole_only, "the past tells no more than today"


def test_filters_are_of_what_had_been_said_by_that_day(scene: Scene) -> None:
    world, then = scene.world, scene.world.today
    scene.judges(scene.lead, {scene.ben.id: Said.NEW})
    world.later(days=1)
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    client = world.client(scene.lead)
    assert set(wholes(client, then, show="not-judged")) == {"Bell, Ann", "Osei, Maya"}
    assert set(wholes(client, show="not-judged")) == {"Osei, Maya"}
    assert "1 of 3 people rated as a whole" in client.get(f"/ratings/grid?as_at={then}").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("the day after", "Enter a date such as 31 March 2027"),
        ("31 April 2026", "Enter a date such as 31 March 2027"),
        ("1 January 2030", "Choose today or an earlier date: what comes later is not known yet"),
    ],
)
def test_a_date_that_is_none_or_still_to_come_is_refused_at_its_field(scene: Scene, typed: str, said: str) -> None:
    client = scene.world.client(scene.lead)
    chosen = {"team": str(scene.team.id), "band": "7", "sort": "team", "show": "not-judged", "name": "osei"}
    page = client.get(f"/ratings/grid?{urlencode({**chosen, 'as_at': typed})}")
    assert page.status_code == 422
    found = document(page)
    assert found.title.startswith("Error: ")
    assert page.text.count(said) == 2, "in the summary and at the field"
    assert links(page)[said] == "#as_at"
    kept = {i.attrib["name"]: i.attrib.get("value", "") for i in found.all("input") if i.attrib.get("id")}
    assert kept["as_at"] == typed
    assert kept["name"] == "osei"
    picked = {s.attrib["name"]: o.attrib["value"] for s in found.all("select") for o in s if "selected" in o.attrib}
    assert {**picked, "name": "osei"}.items() >= chosen.items()
    assert "Osei, Maya" in page.text, "the page stands as at today"
    assert "had been said" not in page.text


@pytest.mark.parametrize("day", ["1/1/0001", "1900-01-01"])
def test_a_day_long_before_the_trust_has_nothing_said(scene: Scene, day: str) -> None:
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    assert set(wholes(scene.world.client(scene.lead), day).values()) == {"Not yet rated"}


def test_the_day_goes_along_when_somebody_is_looked_for_and_no_view_keeps_it(scene: Scene) -> None:
    then = scene.world.today
    scene.world.later(days=1)
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    client = scene.world.client(scene.lead)
    page = client.get(f"/ratings/grid?team={scene.team.id}&band=7&as_at={then}")
    assert next(d for d in document(page).all("details") if "open" in d.attrib)
    [find] = [form for form in document(page).forms if form.method == "get" and "name" in form.fields]
    assert find.fields["as_at"] == [str(then)]
    client.follow(client.submit(page, "/teams/views", name="Band 7"))
    kept = links(client.get("/ratings/grid"))["Band 7"]
    assert "band=7" in kept
    assert "as_at" not in kept


def test_the_matrix_leads_to_the_skills_as_at_its_own_day_and_takes_no_wrong_one_along(scene: Scene) -> None:
    then = scene.world.today
    scene.world.later(days=1)
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    client = scene.world.client(scene.lead)
    matrix = links(client.get(f"/teams?team={scene.team.id}&as_at={then}"))
    past = matrix["Their skills, one by one"]
    assert shown(client, f"?{past.partition('?')[2]}")["Bell, Ann"][0] == "Not yet rated"
    wrong = links(client.get(f"/teams?team={scene.team.id}&as_at=tomorrow"))
    assert "as_at" not in wrong["Their skills, one by one"]


def test_as_at_today_it_says_what_it_says_without_a_day(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS, aim=Said.LEVEL_3)
    scene.shares(scene.ann)
    scene.world.later(hours=2)
    scene.says(scene.ann, Said.NEW, aim=Said.LEVEL_2)
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    world = scene.world
    assert grid(world, scene.lead, world.today) == grid(world, scene.lead)
    assert "had been said" not in world.client(scene.lead).get(f"/ratings/grid?as_at={world.today}").text
