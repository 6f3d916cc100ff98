"""How the demonstration's markers work: they judge the samples, then what is handed in, some days after it came."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum, auto
from random import Random

import sqlalchemy as sa

from app.access.actor import Actor, Held, PersonKind, ScopeKind
from app.access.permissions import Role
from app.curriculum.guides import GuidePoint
from app.curriculum.queries import course_view, marking_guide
from app.demonstration.calendar import Calendar, Happening
from app.demonstration.shape import Post
from app.demonstration.trust import Member
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.kernel.errors import DomainError
from app.marking.commands.calibrating import JudgeSample, judge_sample
from app.marking.commands.marking import FinishMark, SaveMark, finish_mark, save_mark
from app.marking.commands.taking import TakeModeration, TakeWork, take_moderation, take_work
from app.marking.models import Mark, PieceOfWork
from app.marking.queries.calibration import standings
from app.marking.queries.marks import Sheet, sheet
from app.marking.rules import Marks

MARKERS = (
    (("Tomasz", "Wren"), "Home treatment team", Post("Nursing and Midwifery Registered", "Team manager", "7")),
    (("Grace", "Oduya"), "Pharmacy", Post("Additional Professional Scientific and Technical", "Pharmacist", "8a")),
)
"""Beside the marker with a printed sign-in: two more, so that two can differ and somebody else is left."""
SLIP = 0.06
"""How often a marker reads a point otherwise than it was meant: two then agree with a kappa of about 0.7."""
GIVEN, TAKES_MINUTES = 0.72, 25
SAID_GIVEN = ("", "", "", "Clear: a stranger could follow it.", "This is what the point asks for.")
SAID_NOT = ("Not there yet: read again what this point asks for.", "", "Say it in numbers, and for whom.")
ON_THE_WHOLE = (
    "You know your ward. Begin smaller than you think you need to.",
    "A problem worth the work. Show the aim to somebody who does not know it, and ask what they would count.",
    "",
)

_mark = table(Mark)


class Left(Enum):
    """How far a piece of work comes before the story ends. `DIFFERS`: it is left for a moderator."""

    WAITS = auto()
    DIFFERS = auto()
    NOTHING = auto()


Then = Callable[[WriteSession, int, bool, datetime], None]


def nobody_writes_again(_session: WriteSession, _work_id: int, _passed: bool, _now: datetime) -> None:
    """Where nobody plays the learners, work that did not pass stays so."""


class Marking:
    """Call `begin` once, and `handed_in` for each piece of work in the moment in which it is handed in.

    `then` is told of each piece that was decided (its id, whether it passed), and may plan that it is written again.
    """

    def __init__(
        self, random: Random, calendar: Calendar, settings: Settings, then: Then = nobody_writes_again
    ) -> None:
        self.random, self.calendar, self.settings, self._then = random, calendar, settings, then
        self.markers: list[Actor] = []
        self.moderator: Actor | None = None

    def begin(self, session: WriteSession, markers: list[Member], moderator: Member, now: datetime) -> None:
        """They hold their roles already. Each judges every sample of every task as was agreed."""
        self.markers = [_acting(member, Role.MARKER) for member in markers]
        self.moderator = _acting(moderator, Role.QI_ADMIN)
        for actor in (*self.markers, self.moderator):
            self._calibrate(session, actor, now)

    def handed_in(
        self,
        session: WriteSession,
        work_id: int,
        now: datetime,
        *,
        left: Left = Left.NOTHING,
        good: float = GIVEN,
        twice: bool = False,
    ) -> None:
        """Plan what becomes of it. `good`: the share of the points it deserves, 0 to 1. `twice`: two look at it."""
        if left is Left.WAITS:
            return
        work = session.get_one(PieceOfWork, work_id)
        if twice or left is Left.DIFFERS:
            work.markers = 2
            session.flush()
        deserves = self._worth(session, work, good)
        days = self.random.uniform(0.5, 4)
        for look in range(work.markers):
            at = now + timedelta(days=days + look * self.random.uniform(0.3, 3))
            strict = left is Left.DIFFERS and look > 0
            self.calendar.plan(at, self._look(work_id, deserves, strict=strict, left=left))

    def _calibrate(self, session: WriteSession, actor: Actor, now: datetime) -> None:
        for one in standings(session, actor):
            course, task = one.task.course.slug, one.task.activity.key
            for sample in one.now.guide.samples:
                marks = dict(sample.marks)
                judge = JudgeSample(course=course, activity=task, sample=sample.id, number=one.now.number, marks=marks)
                judge_sample(session, actor, judge, now)

    def _look(self, work_id: int, worth: Marks, *, strict: bool, left: Left) -> Happening:
        def happen(session: WriteSession, now: datetime) -> None:
            seen = session.scalars(sa.select(_mark.c.marker_id).where(_mark.c.work_id == work_id)).all()
            free = [actor for actor in self.markers if actor.person_id not in seen]
            try:
                marker = self.random.choice(free)
                mark = take_work(session, marker, TakeWork(work_id=work_id), now)
            except (DomainError, IndexError):
                return  # their own work, or taken back meanwhile: it waits for whoever comes next
            open_sheet = sheet(session, marker, mark.id)
            self._say(session, marker, open_sheet, self._read(open_sheet, worth, strict=strict), now)
            differs = session.get_one(PieceOfWork, work_id).decided_at is None and len(seen) > 0
            if differs and left is Left.NOTHING:
                self.calendar.plan(now + timedelta(days=self.random.uniform(1, 4)), self._moderation(work_id, worth))

        return happen

    def _moderation(self, work_id: int, worth: Marks) -> Happening:
        def happen(session: WriteSession, now: datetime) -> None:
            assert self.moderator is not None
            try:
                mark = take_moderation(session, self.moderator, TakeModeration(work_id=work_id), now)
            except DomainError:
                return
            open_sheet = sheet(session, self.moderator, mark.id)
            self._say(session, self.moderator, open_sheet, {p.id: worth[p.id] for p in open_sheet.points}, now)

        return happen

    def _say(self, session: WriteSession, actor: Actor, of: Sheet, marks: Mapping[str, int], now: datetime) -> None:
        comments = {point.id: said for point in of.points if (said := self._word(point, marks[point.id], of))}
        whole = "" if of.moderates else self.random.choice(ON_THE_WHOLE)
        command = SaveMark(mark_id=of.mark_id, marks=dict(marks), comments=comments, comment=whole, seen=0)
        done = now + timedelta(minutes=TAKES_MINUTES)
        save_mark(session, actor, command, done)
        work_id = session.get_one(Mark, of.mark_id).work_id
        finish_mark(session, self.settings, actor, FinishMark(mark_id=of.mark_id), done)
        work = session.get_one(PieceOfWork, work_id)
        if work.decided_at is not None:
            self._then(session, work_id, bool(work.passed), done)

    def _word(self, point: GuidePoint, value: int, of: Sheet) -> str:
        said = self.random.choice(SAID_GIVEN if value == point.most else SAID_NOT)
        return said or ("Read it once more with this point beside it." if of.moderates else "")

    def _read(self, of: Sheet, worth: Marks, *, strict: bool) -> dict[str, int]:
        """What a marker sees: what is there, with a slip now and then. `strict`: one point less than the other saw."""
        read = {
            point.id: self._other(point, worth[point.id]) if self.random.random() < SLIP else worth[point.id]
            for point in of.points
        }
        if strict:
            point = self.random.choice(of.points)
            read[point.id] = self._other(point, worth[point.id])
        return read

    def _other(self, point: GuidePoint, value: int) -> int:
        return self.random.choice(sorted(point.values - {value}))

    def _worth(self, session: WriteSession, work: PieceOfWork, good: float) -> dict[str, int]:
        activity = course_view(session, work.revision_id).activity_by_id(work.activity_id)
        assert activity is not None, "the revision of a piece of work has its activity"
        points = marking_guide(session, work.revision_id, activity.guide).points
        return {p.id: p.most if self.random.random() < good else self._other(p, p.most) for p in points}


def _acting(member: Member, role: Role) -> Actor:
    held = (Held(Role.STAFF, ScopeKind.OWN), Held(role, ScopeKind.TRUST))
    return Actor(member.person_id, PersonKind.STAFF, member.name, held)
