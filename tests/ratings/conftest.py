import pytest

from tests.ratings.scene import Scene
from tests.world import World


@pytest.fixture
def scene(world: World) -> Scene:
    world.load_courses()
    return Scene.of(world)
