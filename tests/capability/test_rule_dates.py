"""By when a rule asks somebody whom it reached before: never by a day that had passed when it asked."""

from datetime import date, timedelta

import pytest

from app.access.actor import SYSTEM
from app.capability.need_rules import LATE, By, Conditions, DueFrom, Unit
from app.capability.rules import Need
from app.organisation.commands import Rejoin, rejoin
from app.organisation.rules import Basis
from tests.capability.conftest import Scene
from tests.capability.ruled import Ruled, begin
from tests.world import POST_DEFAULTS

THREE_MONTHS = By(DueFrom.REACHED, many=3)


@pytest.fixture
def ruled(scene: Scene) -> Ruled:
    return begin(scene)


def due(ruled: Ruled) -> date | None:
    [need] = ruled.open_needs(ruled.matron)
    found: date | None = need.due
    return found


def test_who_moved_away_and_comes_back_has_the_whole_time_again(ruled: Ruled) -> None:
    world = ruled.scene.world
    ruled.begin(by=THREE_MONTHS)
    world.later(days=30)
    world.move(ruled.matron, world.team("Theatre", "Surgery"))
    assert ruled.keep() == 1
    world.later(days=200)
    world.move(ruled.matron, world.team("Larch", "Medicine"))
    assert ruled.keep() == 1
    assert due(ruled) == date(2027, 10, 11), "three months from the day she came back"
    world.later(days=1)
    assert ruled.keep() == 0


def test_who_left_and_joins_again_has_the_whole_time_again(ruled: Ruled) -> None:
    world = ruled.scene.world
    ruled.begin(by=THREE_MONTHS)
    world.later(days=30)
    world.leave(ruled.matron)
    assert ruled.keep() == 1
    world.later(days=200)
    post = POST_DEFAULTS | {"basis": Basis.EMPLOYED, "employee_number": "31", "band": "8a", "starts_on": world.today}
    with world.db.write() as session:
        team_id = world.team("Larch", "Medicine").id
        rejoin(session, SYSTEM, Rejoin(person_id=ruled.matron.id, email="", team_id=team_id, **post), world.now)
    assert ruled.keep() == 1
    assert due(ruled) == date(2027, 10, 11), "three months from the day they joined again"
    world.later(days=1)
    assert ruled.keep() == 0


def test_a_waiver_that_outlasts_the_rules_date_ends_in_four_weeks_to_come(ruled: Ruled) -> None:
    world = ruled.scene.world
    ruled.begin(by=By(DueFrom.DATE, world.today + timedelta(days=60)))
    until = world.today + timedelta(days=90)
    ruled.scene.decide(ruled.matron, need=Need.WAIVED, due=until, reason="Runs the winter plan")
    world.later(days=90)
    assert ruled.keep() == 1
    assert due(ruled) == world.today + LATE
    world.later(days=1)
    assert ruled.keep() == 0


def test_a_rule_made_shorter_asks_for_no_day_that_has_passed(ruled: Ruled) -> None:
    world = ruled.scene.world
    first = ruled.begin(by=THREE_MONTHS)
    world.later(days=60)
    ruled.begin(by=By(DueFrom.REACHED, many=4, unit=Unit.WEEKS), follows_id=first)
    assert due(ruled) == world.today + LATE
    world.later(days=1)
    assert ruled.keep() == 0


def test_who_is_late_stays_late_when_the_rule_gets_another_name(ruled: Ruled) -> None:
    world = ruled.scene.world
    first = ruled.begin(by=THREE_MONTHS)
    before = due(ruled)
    world.later(days=100)
    ruled.begin(name="Seniors", by=THREE_MONTHS, follows_id=first)
    assert due(ruled) == before
    assert ruled.keep() == 0


def test_a_starter_whom_a_sooner_rule_asked_meanwhile_is_not_lost(ruled: Ruled) -> None:
    world = ruled.scene.world
    ruled.matron = ruled.hire("Starter", starts_on=world.today)
    ruled.begin(conditions=Conditions(joined_within=30), by=THREE_MONTHS)
    asked = due(ruled)
    world.later(days=5)
    sooner = ruled.begin(name="Sooner", by=By(DueFrom.DATE, world.today + timedelta(days=30)))
    assert due(ruled) != asked
    world.later(days=40)
    ruled.end(sooner)
    assert due(ruled) == asked
    assert ruled.keep() == 0
