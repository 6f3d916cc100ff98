"""Courses as they are taught, a member of staff who has joined one, and a count of what the database is asked."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml

from app.kernel.db import Database
from tests.learning.learner import INDUCTION, PARTNERS, POCKET, Learner, one_course
from tests.world import World

Counting = Callable[[Database], AbstractContextManager[list[str]]]


@pytest.fixture
def taught(world: World) -> World:
    """The trust with its real courses loaded."""
    world.load_courses()
    return world


@pytest.fixture
def unfinished(world: World, tmp_path: Path) -> World:
    """The same courses while the last module of Pocket QI was still to be written."""
    folder = one_course(world, POCKET, tmp_path / "courses")
    file = folder / POCKET / "course.yaml"
    course = yaml.safe_load(file.read_text())
    last = course["modules"].pop()
    for name in (last["file"], *(a[k] for a in last["activities"] for k in ("quiz", "guide") if k in a)):
        (folder / POCKET / name).unlink()
    course["modules"].append({"id": last["id"], "title": last["title"], "opens": "later", "about": "Still to come."})
    file.write_text(yaml.safe_dump({**course, "status": "partly-open"}, sort_keys=False, allow_unicode=True))
    world.load_courses(folder)
    return world


@pytest.fixture
def learner(taught: World) -> Learner:
    """A member of staff on induction."""
    made = Learner(taught, taught.hire("Amina", "O'Neill").id, INDUCTION)
    made.enrol()
    return made


@pytest.fixture
def partner(taught: World) -> Learner:
    """A patient partner on their course."""
    made = Learner(taught, taught.partner("Sam").id, PARTNERS)
    made.enrol()
    return made


@pytest.fixture
def statements() -> Counting:
    """`with statements(db) as said:` keeps every statement that the database is asked meanwhile."""

    @contextmanager
    def counting(db: Database) -> Iterator[list[str]]:
        said: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
            if not statement.startswith("BEGIN"):
                said.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield said
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", note)

    return counting
