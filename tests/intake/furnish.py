"""What the house tests need of the staff record: files in every state, and records that may be one person."""

from tests.house.stage import Cast
from tests.intake import furnish_doubles, furnish_files
from tests.intake.furnish_past import furnish_past
from tests.world import World


def furnish(world: World, cast: Cast) -> None:
    furnish_past(world, cast)
    furnish_files.furnish(world, cast)
    furnish_doubles.furnish(world, cast)
