"""Somebody who writes for a task through the commands, and markers whose judgement is there all at once.

Marks are written as rows: how they come about has commands and tests of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.curriculum.queries import course_by_slug
from app.kernel.clock import london_date
from app.kernel.db import table
from app.learning.commands import Enrol, RecordOutcome, enrol, record_outcome
from app.learning.models import Enrolment
from app.learning.rules import OutcomeSource
from app.marking.commands import writing
from app.marking.models import Mark, PieceOfWork
from app.marking.queries.own import OwnWork, own_work
from app.marking.rules import MarkPlace
from tests.marking.work_course import SLUG, TASK
from tests.world import World

WORDS = {"aim": "Cold teas from 9 to 3 by June", "idea": "A lid on one trolley, on Tuesday"}
MINI_TASK = ("pocket-qi", "mini-task")
AUTOSAVE = {"HX-Request": "true", "HX-Target": "saved"}


@dataclass
class Writer:
    world: World
    person_id: int
    slug: str = SLUG
    task: str = TASK

    @cached_property
    def actor(self) -> Actor:
        return self.world.actor(self.person_id)

    @property
    def path(self) -> str:
        return f"/work/{self.slug}/{self.task}"

    @property
    def own(self) -> OwnWork:
        with self.world.db.read() as session:
            return own_work(session, self.actor, self.slug, self.task)

    def enrol(self) -> "Writer":
        with self.world.db.write() as session:
            course = course_by_slug(session, self.slug)
            enrol(session, self.actor, Enrol(course_id=course.id), self.world.now)
        return self

    def words(self) -> dict[str, str]:
        """Something for each part of the guide."""
        return {part.id: WORDS.get(part.id, f"Words about {part.id}") for part in self.own.guide.parts}

    def save(self, content: Mapping[str, str] | None = None, *, seen: int = 0, number: int = 1) -> Any:
        command = writing.SaveWork(
            course=self.slug, activity=self.task, number=number, seen=seen, content=content or self.words()
        )
        with self.world.db.write() as session:
            return writing.save_work(session, self.actor, command, self.world.now)

    def hand_in(self, number: int = 1, seen: int | None = None) -> PieceOfWork:
        command = writing.HandIn(course=self.slug, activity=self.task, number=number, seen=seen)
        with self.world.db.write() as session:
            return writing.hand_in(session, self.actor, command, self.world.now)

    def take_back(self, number: int = 1) -> PieceOfWork:
        command = writing.TakeBack(course=self.slug, activity=self.task, number=number)
        with self.world.db.write() as session:
            return writing.take_back(session, self.actor, command, self.world.now)

    def again(self) -> PieceOfWork:
        with self.world.db.write() as session:
            command = writing.WriteAgain(course=self.slug, activity=self.task)
            return writing.write_again(session, self.actor, command, self.world.now)

    def handed_in(self) -> PieceOfWork:
        """A first go, written and handed in."""
        self.save()
        return self.hand_in()


def fields(version: int, number: int = 1, **words: str) -> dict[str, str]:
    """What a browser sends to save the small task."""
    posted = {f"part-{part}": text for part, text in (WORDS | words).items()}
    return posted | {"version": str(version), "number": str(number)}


def mark(world: World, work: PieceOfWork, place: MarkPlace, **more: Any) -> int:
    """Somebody takes the work to mark it; with `marks` they have finished. Returns the marker."""
    marker_id = world.hire().id
    values = {"marks": {}, "comments": {}} | more
    finished = world.now if more.get("marks") else None
    with world.db.write() as session:
        row = Mark(
            work_id=work.id, marker_id=marker_id, place=place, taken_at=world.now, finished_at=finished, **values
        )
        session.add(row)
    return marker_id


def decide(world: World, work: PieceOfWork, points: int) -> None:
    """Every mark is in. Nobody but those who mark knows it yet."""
    _set(world, work, decided_at=world.now, points=points, passed=points >= work.pass_mark)


def release(world: World, work: PieceOfWork, points: int) -> None:
    """The learner may see it, and it counts."""
    decide(world, work, points)
    _set(world, work, released_at=world.now)
    if points < work.pass_mark:
        return
    with world.db.write() as session:
        learner = session.scalars(sa.select(table(Enrolment).c.person_id).where(_enrolment(work))).one()
        command = RecordOutcome(
            person_id=learner,
            activity_id=work.activity_id,
            occurred_on=london_date(world.now),
            minutes=5,
            participatory_minutes=0,
            source=OutcomeSource.MARKED,
        )
        record_outcome(session, SYSTEM, command, world.now)


def _enrolment(work: PieceOfWork) -> sa.ColumnElement[bool]:
    return table(Enrolment).c.id == work.enrolment_id


def _set(world: World, work: PieceOfWork, **values: Any) -> None:
    rows = table(PieceOfWork)
    with world.db.write() as session:
        session.execute(sa.update(rows).where(rows.c.id == work.id).values(**values))
