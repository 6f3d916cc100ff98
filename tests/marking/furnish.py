"""What people judge, for the house tests: what learners have written, each in another state."""

from tests.house.stage import Cast
from tests.marking import furnish_marks, furnish_work
from tests.world import World


def furnish(world: World, cast: Cast) -> None:
    furnish_work.furnish(world, cast)
    furnish_marks.furnish(world, cast)
