"""Courses as they are taught, a member of staff who has joined one, and a count of what the database is asked."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import sqlalchemy as sa

from app.kernel.db import Database
from tests.learning.learner import INDUCTION, PARTNERS, Learner
from tests.world import World

Counting = Callable[[Database], AbstractContextManager[list[str]]]


@pytest.fixture
def taught(world: World) -> World:
    """The trust with its real courses loaded."""
    world.load_courses()
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
