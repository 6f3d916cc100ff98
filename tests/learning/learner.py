"""Somebody on a course, doing what the course asks through the same commands as its pages and the rooms above."""

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from app.access.actor import Actor
from app.curriculum.rules import ActivityKind
from app.curriculum.views import CourseView
from app.learning import commands, queries
from app.learning.rules import OutcomeSource
from tests.marking.work_writer import Writer, release
from tests.world import World

INDUCTION = "induction"
POCKET = "pocket-qi"
PARTNERS = "patients-and-carers"


@dataclass
class Learner:
    world: World
    person_id: int
    slug: str = INDUCTION

    @cached_property
    def actor(self) -> Actor:
        return self.world.actor(self.person_id)

    @cached_property
    def view(self) -> CourseView:
        with self.world.db.read() as session:
            return queries.on_course(session, self.actor, self.slug).view

    @property
    def course(self) -> queries.OnCourse:
        with self.world.db.read() as session:
            return queries.on_course(session, self.actor, self.slug)

    def enrol(self, *, again: bool = False, ago: timedelta = timedelta(0), **command: Any) -> Any:
        joining = commands.Enrol(course_id=self.view.course_id, again=again, **command)
        with self.world.db.write() as session:
            return commands.enrol(session, self.actor, joining, self.world.now - ago)

    def do(self, key: str, *, on: date | None = None, ago: timedelta = timedelta(0)) -> Any:
        """One activity is done, whatever its kind."""
        activity = self.view.activity(key)
        assert activity is not None
        if activity.kind is ActivityKind.TASK:
            return self._pass(key)
        outcome = commands.RecordOutcome(
            person_id=self.person_id,
            activity_id=activity.id,
            occurred_on=on or self.world.today - ago,
            minutes=activity.minutes,
            participatory_minutes=activity.participatory_minutes,
            source=OutcomeSource(activity.kind.value),
        )
        with self.world.db.write() as session:
            return commands.record_outcome(session, self.actor, outcome, self.world.now - ago)

    def _pass(self, key: str) -> None:
        """What people judge counts once they have judged it."""
        writer = Writer(self.world, self.person_id, self.slug, key)
        work = writer.handed_in()
        release(self.world, work, work.out_of)

    def complete(self, *, ago: timedelta = timedelta(0)) -> None:
        self.enrol(ago=ago)
        for key in self.view.completion:
            self.do(key, ago=ago)


def one_course(world: World, slug: str, folder: Path) -> Path:
    """A copy of one real course and what all courses share, for a test that changes it. Returns the folder."""
    shutil.copytree(world.settings.courses_dir / slug, folder / slug)
    for shared in ("framework.yaml", "glossary.yaml"):
        shutil.copy(world.settings.courses_dir / shared, folder / shared)
    return folder
