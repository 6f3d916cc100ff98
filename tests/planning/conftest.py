"""The directorate with a lead and two wards that the tests of needs use, with somebody who manages Larch."""

from dataclasses import dataclass
from datetime import date

import pytest

from app.access.permissions import Role
from app.organisation.models import Person
from app.planning.commands import (
    AnswerRelease,
    AskReleases,
    NewTarget,
    SetTargets,
    answer_release,
    ask_releases,
    set_targets,
)
from app.planning.queries.overview import time_of, to_answer
from app.planning.queries.releases import ReleaseRow
from app.planning.rules import ReleaseState
from tests.capability.conftest import Scene, levels, scene

__all__ = ["Planning", "levels", "planning", "scene"]


@dataclass
class Planning:
    """Who plans, and what tests of plans do again and again."""

    scene: Scene
    admin: Person
    manager: Person
    learner: Person

    def ask(self) -> int:
        world = self.scene.world
        with world.db.write() as session:
            return ask_releases(session, world.settings, self.scene.actor(), AskReleases(), world.now)

    def rows(self, by: Person | None = None) -> list[ReleaseRow]:
        """What somebody may answer, the manager of Larch unless it is said."""
        world = self.scene.world
        with world.db.read() as session:
            return to_answer(session, self.scene.actor(by or self.manager), world.now)

    def answer(
        self,
        row: ReleaseRow,
        state: ReleaseState,
        other: date | None = None,
        reason: str = "",
        by: Person | None = None,
    ) -> None:
        world = self.scene.world
        command = AnswerRelease(release_id=row.id, state=state, other_month=other, reason=reason)
        with world.db.write() as session:
            answer_release(session, world.settings, self.scene.actor(by or self.manager), command, world.now)

    def unasked(self) -> int:
        world = self.scene.world
        with world.db.read() as session:
            return len(time_of(session, self.scene.actor(), 0, world.now).unasked)

    def target(self, *targets: NewTarget, year: int = 2026, reason: str = "Agreed") -> int:
        world = self.scene.world
        command = SetTargets(directorate_id=self.scene.directorate_id, year=year, targets=targets, reason=reason)
        with world.db.write() as session:
            return set_targets(session, self.scene.actor(self.admin), command, world.now)


@pytest.fixture
def planning(scene: Scene) -> Planning:
    world = scene.world
    larch = world.team("Larch", "Medicine")
    manager = world.hire("Mina", "Shah", team=larch, band="7")
    learner = world.hire("Lou", "Ray", team=larch, manager_id=manager.id)
    return Planning(scene=scene, admin=world.with_role(Role.QI_ADMIN), manager=manager, learner=learner)
