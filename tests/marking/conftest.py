from pathlib import Path

import pytest

from tests.marking.judged import Ward, write_tasks
from tests.marking.work_fixtures import browser, course, writer
from tests.world import World

__all__ = ["browser", "course", "tasks", "ward", "writer"]


@pytest.fixture
def tasks(world: World, tmp_path: Path) -> Path:
    """The course with its tasks, loaded; the folder it came from."""
    folder = write_tasks(tmp_path / "tasks")
    world.load_courses(folder, shared=True)
    return folder


@pytest.fixture
def ward(world: World, tasks: Path) -> Ward:
    return Ward(world)
