"""The past that a forecast rests on is counted from dated rows, each person where they then were."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.access.actor import SYSTEM
from app.capability.commands import AskForLevel, DecideRequest, ask_for_level, decide_request
from app.capability.rules import Need
from app.learning.commands import GrantAward, WithdrawAward, grant_award, withdraw_award
from app.organisation.models import Person
from app.planning.counting import What
from app.planning.queries.fairness import EVERYWHERE, fairness
from app.planning.queries.forecasts import Settings, settings
from app.planning.queries.history import History, history
from app.planning.queries.holders import holder_ids, holders
from app.planning.queries.plans import plan
from tests.planning.conftest import Planning
from tests.world import World

BEGAN = datetime(2024, 8, 12, 9, 0, tzinfo=UTC)
TIER = "pocket-qi"


@dataclass
class Past:
    """A trust with records since August 2024, so that September 2024 to October 2026 are known months."""

    world: World
    medicine: int
    surgery: int

    def looked_at(self, group: str = "") -> History:
        with self.world.db.read() as session:
            return history(session, TIER, self.world.today, group)

    def settings(self, person: Person, tier: str = TIER) -> Settings:
        with self.world.db.read() as session:
            found = settings(session, self.world.actor(person), tier, self.world.today)
        assert found is not None
        return found


@pytest.fixture
def past(world: World, levels: Path) -> Past:
    world.load_courses(levels, shared=True)
    now = world.clock.at
    world.clock.at = BEGAN
    world.hire("First", "Person", team=world.team("Larch", "Medicine"), starts_on=date(2020, 4, 1))
    world.clock.at = now
    return Past(world, world.directorate("Medicine").id, world.directorate("Surgery").id)


def grant(world: World, person: Person, on: date, tier: str = TIER) -> None:
    command = GrantAward(person_id=person.id, tier=tier, occurred_on=on, source=f"course {on}")
    with world.db.write() as session:
        grant_award(session, SYSTEM, command, world.now)


def test_a_move_within_a_directorate_is_no_joining_and_a_move_between_two_counts_in_both(past: Past) -> None:
    world, larch, rowan = past.world, past.world.team("Larch", "Medicine"), past.world.team("Rowan", "Medicine")
    stays = world.hire(team=larch, starts_on=date(2020, 4, 1))
    moves = world.hire(team=larch, starts_on=date(2020, 4, 1))
    world.move(stays, rowan, date(2026, 9, 7))
    world.move(moves, world.team("Theatre", "Surgery"), date(2026, 10, 5))
    world.leave(world.hire(team=larch, starts_on=date(2026, 8, 3)), date(2026, 10, 31))
    world.hire(team=larch, starts_on=date(2026, 11, 2))
    found = past.looked_at()
    assert found.months == 26
    medicine, surgery = found.of(past.medicine), found.of(past.surgery)
    assert dict(medicine.joined) == {3: 1}, "this month is not over"
    assert dict(medicine.left) == {1: 2}
    assert (dict(surgery.joined), dict(surgery.left)) == ({1: 1}, {})


def test_a_level_counts_where_somebody_worked_when_they_came_to_hold_it_and_is_brought_by_a_mover(past: Past) -> None:
    world = past.world
    person = world.hire(team=world.team("Larch", "Medicine"), starts_on=date(2020, 4, 1))
    grant(world, person, date(2026, 6, 30))
    world.move(person, world.team("Theatre", "Surgery"), date(2026, 10, 5))
    found = past.looked_at()
    assert dict(found.of(past.medicine).granted) == {5: 1}
    assert dict(found.of(past.surgery).granted) == {}
    assert found.of(past.surgery).brought == 1


def test_of_one_staff_group_only_its_own_people_count(past: Past) -> None:
    world, larch = past.world, past.world.team("Larch", "Medicine")
    world.hire(team=larch, starts_on=date(2026, 9, 1), staff_group="Healthcare Scientists")
    world.hire(team=larch, starts_on=date(2026, 9, 1))
    assert dict(past.looked_at("Healthcare Scientists").of(past.medicine).joined) == {2: 1}
    assert dict(past.looked_at().of(past.medicine).joined) == {2: 2}


def test_nothing_is_known_before_records_were_made_here(world: World) -> None:
    world.hire(starts_on=date(2020, 4, 1))
    with world.db.read() as session:
        assert history(session, TIER, world.today).months == 0


def test_todays_holders_are_those_that_the_plan_counts(planning: Planning) -> None:
    """Held, lapsed, refreshed, withdrawn, moved by leave: one definition."""
    scene, world = planning.scene, planning.scene.world
    people = [world.hire(team=world.team("Larch", "Medicine")) for _ in range(6)]
    for person, days in zip(people, ((2026, 9, 1), (2023, 1, 9), (2023, 11, 23), (2023, 11, 22)), strict=False):
        grant(world, person, date(*days))
    grant(world, people[1], date(2025, 12, 1))
    grant(world, people[4], date(2026, 3, 2))
    with world.db.write() as session:
        command = WithdrawAward(person_id=people[4].id, tier=TIER, occurred_on=date(2026, 4, 1), reason="Mistaken")
        withdraw_award(session, world.actor(planning.admin), command, world.now)
    scene.decide(people[5], people[0])
    with world.db.read() as session:
        found = plan(session, scene.actor(), scene.directorate_id, 0, world.now)
        assert found is not None
        line = next(one for one in found.lines if one.tier.slug == TIER)
        mine = settings(session, scene.actor(), TIER, world.today)
        assert mine is not None
        here = mine.one(scene.directorate_id).here
        assert len(holder_ids(session, TIER, world.today)) == line.counted.held == here.holders == 3
    assert here.headcount == line.counted.of(What.STAFF)
    assert here.waiting == line.counted.needed == 1
    assert here.due[0] == 1, "who holds it until today has one that ends this month"


def test_a_request_waits_as_a_need_does_until_the_level_is_held(planning: Planning) -> None:
    scene = planning.scene
    scene.decide(scene.anna, scene.ben, need=Need.REQUIRED)
    scene.complete(scene.ben, TIER, date(2026, 9, 1))
    with scene.world.db.read() as session:
        found = settings(session, scene.actor(), TIER, scene.world.today)
    assert found is not None
    assert found.one(0).here.waiting == 1


def test_who_was_put_on_the_plan_waits_and_a_need_that_is_set_takes_the_place_of_a_request(planning: Planning) -> None:
    scene, world = planning.scene, planning.scene.world
    for person, need in ((scene.anna, None), (scene.ben, Need.NOT_REQUIRED)):
        if need is not None:
            scene.decide(person, need=need, due=None)
        with world.db.write() as session:
            asked = ask_for_level(session, scene.actor(person), AskForLevel(tier=TIER), world.now)
            if need is None:
                command = DecideRequest(request_id=asked.id, agree=False, plan=True)
                decide_request(session, scene.actor(), command, world.now)
    with world.db.read() as session:
        found = settings(session, scene.actor(), TIER, world.today)
        counted = plan(session, scene.actor(), scene.directorate_id, 0, world.now)
    assert found is not None
    assert counted is not None
    line = next(one for one in counted.lines if one.tier.slug == TIER)
    assert found.one(0).here.waiting == line.counted.demand == 1
    assert TIER not in {tier.slug for tier in scene.board().idle_tiers()}


def test_the_months_in_which_a_level_was_held_are_of_the_months_that_are_known(past: Past) -> None:
    """One of three has held it all the time of which anything is known."""
    world = past.world
    admin = world.with_role("qi_admin", team=world.team("Larch", "Medicine"), starts_on=date(2020, 4, 1))
    person = world.hire(team=world.team("Larch", "Medicine"), starts_on=date(2020, 4, 1))
    grant(world, person, date(2023, 12, 4))
    known = past.settings(admin).one(past.medicine).estimate.past
    assert (known.months, known.person_months) == (26, 78)
    assert known.without_months == pytest.approx(52, abs=0.1)


def test_a_level_that_was_refreshed_long_before_its_end_has_not_ended(past: Past) -> None:
    world = past.world
    person = world.hire(team=world.team("Larch", "Medicine"), starts_on=date(2020, 4, 1))
    grant(world, person, date(2025, 1, 6))
    grant(world, person, date(2026, 1, 5))
    with world.db.read() as session:
        found = holders(session, TIER, world.today, date(2023, 11, 1))
    assert (found.lapsed, found.ended) == (0, 0)


def test_levels_that_ended_say_how_many_lapse(past: Past) -> None:
    """Of three that ended two were refreshed in time, one after it."""
    world = past.world
    admin = world.with_role("qi_admin", team=world.team("Larch", "Medicine"))
    people = [world.hire(team=world.team("Larch", "Medicine")) for _ in range(3)]
    for person, again in zip(people, (date(2026, 1, 5), date(2026, 2, 1), date(2026, 5, 4)), strict=True):
        grant(world, person, date(2023, 3, 1))
        grant(world, person, again)
    with world.db.read() as session:
        found = holders(session, TIER, world.today, date(2023, 11, 1))
    assert (found.lapsed, found.ended) == (1, 3)
    assert past.settings(admin).one(past.medicine).estimate.lapsing_is_assumed, "three are too few to go by"


def test_the_whole_trust_is_grouped_and_a_lead_sees_their_own_directorate(planning: Planning) -> None:
    world, scene = planning.scene.world, planning.scene
    larch, theatre = world.team("Larch", "Medicine"), world.team("Theatre", "Surgery")
    for number in range(40):
        person = world.hire(team=larch if number % 2 else theatre, band="6")
        if number < 24:
            grant(world, person, date(2026, 9, 1))
    with world.db.read() as session:
        trust = fairness(session, world.actor(planning.admin), TIER, EVERYWHERE, world.today)
        own = fairness(session, scene.actor(), TIER, 0, world.today)
    assert trust is not None
    assert own is not None
    assert trust.place is None
    whole = dict(trust.shown)[trust.shown[0][0]].whole
    assert whole is not None
    assert whole.holders == 24
    assert own.place is not None
    assert own.place.name == "Medicine"
    assert [way.value for way, _ in own.shown] == ["staff_group", "band", "basis"]
