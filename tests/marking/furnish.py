"""What the house tests find of work that people judge."""

from tests.house.stage import Cast
from tests.marking import furnish_marks
from tests.world import World


def furnish(world: World, cast: Cast) -> None:
    furnish_marks.furnish(world, cast)
