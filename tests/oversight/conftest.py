"""A trust with two directorates, a board member, and a few months of history."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.kernel.clock import LONDON
from app.kernel.db import Database
from app.learning.commands import GrantAward, grant_award
from app.organisation.models import Person, Team
from app.oversight.queries.report import report_as_at, report_for
from app.oversight.rules.figures import TRUST, Measure, Report, Value
from app.worker import keep_last_month
from tests.capability.conftest import Scene, levels, scene, statements
from tests.document import Document, words
from tests.world import World

__all__ = ["levels", "scene", "statements"]


@dataclass
class Trust:
    """`scene` is Medicine with two leads and Surgery beside it."""

    scene: Scene
    board: Person
    admin: Person

    @property
    def world(self) -> World:
        return self.scene.world

    def hire_many(self, count: int, team: Team) -> list[Person]:
        return [self.world.hire(team=team) for _ in range(count)]

    def reach(self, person: Person, on: date, tier: str = "pocket-qi") -> None:
        """They come to hold a level, on a day that may lie far back."""
        with self.world.db.write() as session:
            command = GrantAward(person_id=person.id, tier=tier, occurred_on=on, source=f"a course of {on}")
            grant_award(session, SYSTEM, command, self.world.now)

    def at(self, day: date) -> None:
        """The clock stands at nine on that day."""
        self.world.clock.at = datetime.combine(day, datetime.min.time(), LONDON) + timedelta(hours=9)

    def keep(self) -> None:
        keep_last_month(self.world.db, self.world.now)

    def report(self, as_at: date | None = None) -> Report:
        with self.world.db.read() as session:
            return report_as_at(session, SYSTEM, as_at or self.world.today)

    def read_by(self, person: Person, directorate_id: int = TRUST, as_at: date | None = None) -> Report:
        with self.world.db.read() as session:
            return report_for(session, self.world.actor(person), directorate_id, as_at or self.world.today)


@pytest.fixture
def trust(scene: Scene) -> Trust:
    return Trust(scene, scene.world.with_role(Role.BOARD), scene.world.with_role(Role.QI_ADMIN))


def by_month(report: Report, measure: Measure, directorate_id: int = TRUST) -> dict[str, Value]:
    """The months that have a value other than none at all."""
    part = report.part(directorate_id)
    assert part is not None
    values = zip(report.months, part.monthly[measure], strict=True)
    return {f"{month:%Y-%m}": value for month, value in values if value}


def lines(page: Document) -> list[str]:
    """Each row of the page's tables, its cells apart."""
    return [" ".join(words(cell) for cell in row) for row in page.all("tr")]


@contextmanager
def meanwhile(db: Database, words: str, do: Callable[[], None]) -> Iterator[list[str]]:
    """Somebody else does this as soon as a statement with these words is to be run, once; then the list is empty."""
    waits = [words]

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if waits and waits[0] in statement:
            waits.clear()
            do()

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield waits
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
