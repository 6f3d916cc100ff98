"""A course with a task, and somebody on it."""

from pathlib import Path

import pytest

from tests.client import HouseClient
from tests.marking.work_course import write_course
from tests.marking.work_writer import Writer
from tests.world import World


@pytest.fixture
def course(world: World, tmp_path: Path) -> Path:
    """The small course, loaded; the folder it came from."""
    folder = write_course(tmp_path / "courses")
    world.load_courses(folder, shared=True)
    return folder


@pytest.fixture
def writer(world: World, course: Path) -> Writer:
    return Writer(world, world.hire("Ann", "O'Neill").id).enrol()


@pytest.fixture
def browser(world: World, writer: Writer) -> HouseClient:
    """Their browser."""
    return world.client(writer.person_id)
