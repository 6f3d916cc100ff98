"""For which tasks somebody's marks count: those whose worked samples they have judged as agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.guides import GuideSample, GuideView
from app.curriculum.queries import all_courses, course_view, course_views, marking_guide
from app.curriculum.rules import ActivityKind, Audience
from app.curriculum.views import ActivityView, CourseView
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.marking.models import Calibration
from app.marking.rules import Marks, is_calibrated

_calibration = table(Calibration)

_MINE = (
    sa.select(_calibration)
    .where(_calibration.c.marker_id == sa.bindparam("marker_id"))
    .order_by(_calibration.c.activity_id, _calibration.c.number, _calibration.c.id)
)


@dataclass(frozen=True, slots=True)
class Task:
    """Something that people judge, in the newest words of the newest edition of its course."""

    course: CourseView
    activity: ActivityView
    guide: GuideView


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One go at all the samples, in the words in which it began. `judged` maps a sample's id to the values given."""

    number: int
    revision_id: int
    guide: GuideView
    judged: dict[str, Marks]
    agreed: int
    out_of: int

    @property
    def next_sample(self) -> GuideSample | None:
        """The first that has not been judged; None when all have."""
        return next((s for s in self.guide.samples if s.id not in self.judged), None)

    @property
    def passed(self) -> bool:
        done = self.next_sample is None
        return done and is_calibrated(self.agreed, self.out_of, self.guide.agree_at_least)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is with one task. `last` is their newest round that still tells something; None: not begun."""

    task: Task
    last: Round | None
    calibrated: bool
    numbers_used: int

    @property
    def now(self) -> Round:
        """The round that the next sample is judged in: the open one, or a new one."""
        if self.last and self.last.next_sample is not None:
            return self.last
        course, guide = self.task.course, self.task.guide
        return Round(
            number=self.numbers_used + 1, revision_id=course.revision_id, guide=guide, judged={}, agreed=0, out_of=0
        )


def tasks(session: ReadSession) -> list[Task]:
    """Every task of the staff's courses, in their order."""
    found = []
    for course in all_courses(session, Audience.STAFF):
        for activity in course.activities:
            if activity.kind is ActivityKind.TASK:
                guide = marking_guide(session, course.revision_id, activity.guide)
                found.append(Task(course, activity, guide))
    return found


def standings(session: ReadSession, actor: Actor) -> list[Standing]:
    """How far the actor is with every task."""
    rows = session.execute(_MINE, {"marker_id": actor.person_id}).all()
    course_views(session, sorted({row.revision_id for row in rows}))
    return [_standing(session, task, [r for r in rows if r.activity_id == task.activity.id]) for task in tasks(session)]


def uncalibrated(session: ReadSession, actor: Actor) -> list[Standing]:
    """The tasks for which the actor's marks do not count yet."""
    return [standing for standing in standings(session, actor) if not standing.calibrated]


def standing(session: ReadSession, actor: Actor, course: str, activity: str) -> Standing:
    """The actor's standing with one task. Raises NotFoundError for what is none."""
    for one in standings(session, actor):
        if (one.task.course.slug, one.task.activity.key) == (course, activity):
            return one
    raise NotFoundError("task")


def _standing(session: ReadSession, task: Task, rows: Sequence[Any]) -> Standing:
    numbers = sorted({row.number for row in rows})
    rounds = [_round(session, task, [row for row in rows if row.number == number]) for number in numbers]
    telling = [one for one in rounds if _still_tells(session, task, one)]
    return Standing(
        task, telling[-1] if telling else None, any(one.passed for one in telling), numbers[-1] if numbers else 0
    )


def _round(session: ReadSession, task: Task, rows: Sequence[Any]) -> Round:
    began_in = course_view(session, rows[0].revision_id)
    activity = began_in.activity_by_id(task.activity.id)
    assert activity is not None, "a calibration's revision has its activity"
    return Round(
        number=rows[0].number,
        revision_id=began_in.revision_id,
        guide=marking_guide(session, began_in.revision_id, activity.guide),
        judged={row.sample: row.marks for row in rows},
        agreed=sum(row.agreed for row in rows),
        out_of=sum(row.out_of for row in rows),
    )


def _still_tells(session: ReadSession, task: Task, one: Round) -> bool:
    """A round of this edition does, in whatever words; one of an earlier edition where no sample has changed since."""
    if course_view(session, one.revision_id).edition_id == task.course.edition_id:
        return True
    return _judged_by(one.guide) == _judged_by(task.guide)


def _judged_by(guide: GuideView) -> list[tuple[str, dict[str, str], dict[str, int]]]:
    return [(s.id, dict(s.work), dict(s.marks)) for s in guide.samples]
