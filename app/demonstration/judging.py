"""Learners write, markers judge: each side of the demonstration is told what the other did."""

from datetime import datetime, timedelta
from random import Random

from app.curriculum.views import CourseView
from app.demonstration.calendar import Calendar
from app.demonstration.learners import Learners
from app.demonstration.marks import Left, Marking
from app.demonstration.trust import Cast
from app.demonstration.works import HandedIn, Works
from app.kernel.config import Settings
from app.kernel.db import WriteSession

DESERVES = {"good": 0.95, "border": 0.68, "poor": 0.3}
"""The share of the points that a piece of such quality earns."""
LEFT_TO_MODERATE = (timedelta(days=8), timedelta(days=17))
"""Of what waits at the end, pieces of this age were marked by two who differ."""


class Judging:
    """Every second piece is marked twice, so that the demonstration can say how far its markers agree."""

    def __init__(self, random: Random, calendar: Calendar, cast: Cast, learners: Learners, settings: Settings) -> None:
        self.random, self.calendar, self.ends = random, calendar, calendar.ends_at
        self.marking = Marking(random, calendar, settings, then=self._decided)
        self.works = Works(random, calendar, cast, learners, then=self._handed_in)
        self._pieces: dict[int, HandedIn] = {}
        self._course: CourseView | None = None

    def plan(self, course: CourseView, now: datetime) -> None:
        self._course = course
        self.works.plan(course, now)

    def _handed_in(self, session: WriteSession, work: HandedIn, now: datetime) -> None:
        self._pieces[work.work_id] = work
        youngest, oldest = LEFT_TO_MODERATE
        differs = work.waits and youngest < self.ends - now < oldest
        left = Left.DIFFERS if differs else Left.WAITS if work.waits else Left.NOTHING
        twice = len(self._pieces) % 2 == 0
        good = DESERVES[work.task.quality]
        self.marking.handed_in(session, work.work_id, now, left=left, good=good, twice=twice)

    def _decided(self, _session: WriteSession, work_id: int, passed: bool, now: datetime) -> None:
        """Who did not pass writes it again within some days, as long as the story lasts."""
        before = self._pieces[work_id]
        if not passed and before.number == 1:
            at = now + timedelta(days=self.random.uniform(2, 9))
            self.calendar.plan(at, lambda session, then: self._again(session, before, then))

    def _again(self, session: WriteSession, before: HandedIn, now: datetime) -> None:
        assert self._course is not None, "work is handed in after the course was planned"
        self.works.hand_in_again(session, self._course, before, now, waits=False)
