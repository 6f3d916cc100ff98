"""What the record shows: what was passed, by competency; how much was right, to the person alone."""

from app.ratings.queries import record_of
from tests.assessment.course import Learner
from tests.world import World


def test_placeholder(world: World) -> None:
    assert record_of
    assert Learner
