"""The mini-task in the demonstration: some forty people wrote it, a dozen wait for their marks, some are at a draft."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from app.access.actor import Actor
from app.curriculum.views import CourseView
from app.demonstration.calendar import Calendar
from app.demonstration.learners import Learners, staff_actor
from app.demonstration.mini_tasks import MINI_TASKS, MiniTask
from app.demonstration.trust import Cast, Member
from app.kernel.db import WriteSession
from app.marking.commands.writing import HandIn, SaveWork, WriteAgain, hand_in, save_work, write_again

MINI_TASK = "mini-task"
HALF_DAY_A = timedelta(days=40)
"""So long before they hand in they began the course: time enough for its first half."""
FIRST_TRY = timedelta(days=2)
WAITING_HOURS = (3, 9, 20, 31, 52, 78, 121, 170, 216, 290, 390, 478)
JUDGED_DAYS = tuple(range(24, 150, 4))
DRAFT_DAYS = (1, 3, 6, 11, 19)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A piece of work that was just handed in. One that `waits` is still unmarked when the story ends."""

    work_id: int
    actor: Actor
    number: int
    task: MiniTask
    waits: bool


Then = Callable[[WriteSession, HandedIn, datetime], None]


def nobody_marks(_session: WriteSession, _work: HandedIn, _now: datetime) -> None:
    """Where nobody plays the markers, work waits."""


class Works:
    """`then` is told of each piece at the moment when it is handed in, and may plan how it is marked."""

    def __init__(
        self, random: Random, calendar: Calendar, cast: Cast, learners: Learners, then: Then = nobody_marks
    ) -> None:
        self.random = random
        self.calendar = calendar
        self.cast = cast
        self.learners = learners
        self._then = then
        self._writers: set[int] = set()

    def plan(self, course: CourseView, now: datetime) -> None:
        """Everybody who writes, each beginning the course long enough before."""
        for number, hours in enumerate(WAITING_HOURS):
            self._plan_one(course, now - timedelta(hours=hours), MINI_TASKS[number % len(MINI_TASKS)], waits=True)
        for number, days in enumerate(JUDGED_DAYS):
            at = now - timedelta(days=days, hours=number % 7)
            self._plan_one(course, at, MINI_TASKS[(3 * number) % len(MINI_TASKS)], waits=False)
        for number, days in enumerate(DRAFT_DAYS):
            at = now - timedelta(days=days)
            self.calendar.plan(at - HALF_DAY_A, partial(self._begin, course, at, MINI_TASKS[number], None))

    def hand_in_again(
        self, session: WriteSession, course: CourseView, before: HandedIn, now: datetime, *, waits: bool
    ) -> None:
        """After work that did not pass: the next go, with better words where there are any."""
        if self.cast.has_left(before.actor.person_id, now.date()):
            return
        again = WriteAgain(course=course.slug, activity=MINI_TASK)
        begun = write_again(session, before.actor, again, now)
        better = before.task.again or before.task
        self._save(session, course, before.actor, better.content, now, number=begun.number, seen=begun.version)
        self._hand_in(session, course, before.actor, begun.number, better, now, waits=waits)

    def _plan_one(self, course: CourseView, at: datetime, task: MiniTask, *, waits: bool) -> None:
        self.calendar.plan(at - HALF_DAY_A, partial(self._begin, course, at, task, waits))

    def _begin(
        self,
        course: CourseView,
        at: datetime,
        task: MiniTask,
        waits: bool | None,
        session: WriteSession,
        now: datetime,
    ) -> None:
        """Somebody who is not on the course yet goes through its first half, then writes; no `waits`: only a draft."""
        member = self._somebody(course)
        if member is None:
            return
        self._writers.add(member.person_id)
        actor = staff_actor(member.person_id, member.name)
        self.learners.take_course(session, actor, course, now, days=20)
        first = task.content | {"measures": ""}
        self.calendar.plan(at - FIRST_TRY, partial(self._draft, course, actor, first, 0))
        if waits is not None:
            self.calendar.plan(at, partial(self._finish, course, actor, task, waits))

    def _somebody(self, course: CourseView) -> Member | None:
        free = [
            m
            for m in self.cast.ordinary()
            if m.left is None
            and m.person_id not in self._writers
            and not self.learners.is_taking(m.person_id, course.course_id)
        ]
        return self.random.choice(free) if free else None

    def _draft(
        self, course: CourseView, actor: Actor, content: dict[str, str], seen: int, session: WriteSession, now: datetime
    ) -> None:
        if not self.cast.has_left(actor.person_id, now.date()):
            self._save(session, course, actor, content, now, number=1, seen=seen)

    def _finish(
        self, course: CourseView, actor: Actor, task: MiniTask, waits: bool, session: WriteSession, now: datetime
    ) -> None:
        if self.cast.has_left(actor.person_id, now.date()):
            return
        self._save(session, course, actor, task.content, now - timedelta(minutes=6), number=1, seen=1)
        self._hand_in(session, course, actor, 1, task, now, waits=waits)

    def _save(
        self,
        session: WriteSession,
        course: CourseView,
        actor: Actor,
        content: dict[str, str],
        now: datetime,
        *,
        number: int,
        seen: int,
    ) -> None:
        command = SaveWork(course=course.slug, activity=MINI_TASK, number=number, seen=seen, content=content)
        save_work(session, actor, command, now)

    def _hand_in(
        self,
        session: WriteSession,
        course: CourseView,
        actor: Actor,
        number: int,
        task: MiniTask,
        now: datetime,
        *,
        waits: bool,
    ) -> None:
        command = HandIn(course=course.slug, activity=MINI_TASK, number=number)
        work = hand_in(session, actor, command, now)
        self._then(session, HandedIn(work.id, actor, number, task, waits), now)
