"""Where somebody begins whom both their start and a rule put on courses, and what their lead reads of it."""

import pytest

from app.access.actor import SYSTEM
from app.capability.board import Which, kinds_of
from app.capability.commands import welcome_starter
from app.capability.need_rules import By, Conditions, DueFrom
from app.capability.rules import Need
from app.learning.queries import next_step
from tests.capability.conftest import Scene
from tests.capability.ruled import Ruled, begin, places


@pytest.fixture(scope="session")
def levels() -> None:
    """The real courses instead of levels alone."""


@pytest.fixture
def ruled(scene: Scene) -> Ruled:
    return begin(scene)


def test_a_starter_begins_with_the_introduction_and_not_with_what_a_rule_adds(ruled: Ruled) -> None:
    world = ruled.scene.world
    ruled.begin()
    joiner = ruled.hire("Joiner", starts_on=world.today)
    with world.db.write() as session:
        welcome_starter(session, SYSTEM, joiner.id, world.now)
    ruled.keep()
    assert {place[0] for place in places(world, joiner.id)} == {"induction", "pocket-qi"}
    with world.db.read() as session:
        step = next_step(session, joiner.id)
    assert step is not None
    assert step.tier == "induction"


def test_whom_a_rule_put_on_a_course_lacks_no_place(ruled: Ruled) -> None:
    ruled.begin()
    standing = ruled.scene.standing(ruled.matron)
    assert standing.need is Need.REQUIRED
    assert standing.offered
    assert Which.NO_PLACE not in kinds_of(standing, ruled.scene.world.today)


def test_whoever_never_began_the_introduction_is_put_on_it_when_they_start_again(ruled: Ruled) -> None:
    world = ruled.scene.world
    ruled.begin(tier="induction", conditions=Conditions(joined_within=30), by=By(DueFrom.JOINED, many=2))
    joiner = ruled.hire("Joiner", starts_on=world.today)
    ruled.keep()
    assert places(world, joiner.id) == [("induction", "rule", "open")]
    world.later(days=2)
    world.leave(joiner)
    ruled.keep()
    assert places(world, joiner.id) == [("induction", "rule", "taken back")]
    with world.db.write() as session:
        welcome_starter(session, SYSTEM, joiner.id, world.now)
    assert places(world, joiner.id)[-1] == ("induction", "starter", "open")
