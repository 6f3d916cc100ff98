from pathlib import Path

import pytest

from tests.signing import practice
from tests.signing.course import Scene, write_course
from tests.world import World


@pytest.fixture(scope="session")
def course_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("signing") / "courses")


@pytest.fixture
def scene(world: World, course_folder: Path) -> Scene:
    world.load_courses(course_folder, shared=True)
    return Scene.of(world)


@pytest.fixture
def holding(scene: Scene) -> Scene:
    """Ben holds the level since three months."""
    practice.hold(scene.world, scene.ben)
    return scene
