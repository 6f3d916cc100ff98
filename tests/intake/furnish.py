"""What stands in the addresses of intake, and hostile words wherever a file can bring them: for the house tests."""

from tests.house.stage import Cast
from tests.intake.furnish_past import furnish_past
from tests.world import World


def furnish(world: World, cast: Cast) -> None:
    furnish_past(world, cast)
