"""What somebody wrote for a task, go by go. Before a go is released nothing is known here of how it was judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.guides import GuideView
from app.curriculum.queries import course_view, marking_guide
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView
from app.kernel.db import ReadSession, table
from app.learning.queries import OnCourse, as_it_was, on_course
from app.marking import rules
from app.marking.models import Mark, PieceOfWork
from app.marking.rules import MarkPlace

_work, _mark = table(PieceOfWork), table(Mark)

HELD = sa.and_(_mark.c.work_id == _work.c.id, _mark.c.given_back_at.is_(None))
"""Somebody has taken the work to mark it, and has not given it back."""

_GOES = (
    sa.select(_work, sa.exists().where(HELD).label("taken"))
    .where(_work.c.enrolment_id == sa.bindparam("enrolment_id"), _work.c.activity_id == sa.bindparam("activity_id"))
    .order_by(_work.c.number)
)
_JUDGEMENTS = (
    sa.select(_mark.c.work_id, _mark.c.place, _mark.c.marks, _mark.c.comments, _mark.c.comment)
    .join(_work, HELD)
    .where(
        _work.c.enrolment_id == sa.bindparam("enrolment_id"),
        _work.c.activity_id == sa.bindparam("activity_id"),
        _work.c.released_at.is_not(None),
        _mark.c.finished_at.is_not(None),
    )
    .order_by(_mark.c.work_id, _mark.c.id)
)
_PLACES = tuple(MarkPlace)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What one marker said of a released piece of work; who they are is not in here."""

    place: MarkPlace
    marks: Mapping[str, int]
    comments: Mapping[str, str]
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A released piece of work: all of it, at once."""

    released_at: datetime
    points: int
    out_of: int
    pass_mark: int
    passed: bool
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Go:
    """One piece of work. `taken` says only whether it can still be taken back; `result` is None before release."""

    number: int
    guide: GuideView
    content: Mapping[str, str]
    version: int
    saved_at: datetime
    handed_in_at: datetime | None
    markers: int
    taken: bool
    result: Result | None

    @property
    def is_open(self) -> bool:
        return self.handed_in_at is None

    @property
    def waits(self) -> bool:
        return self.handed_in_at is not None and self.result is None

    @property
    def unfit(self) -> dict[str, int]:
        """Parts that cannot be handed in as they are: 0 for an empty one, else how many characters too many."""
        return rules.missing_and_too_long(self.content, {part.id: part.most for part in self.guide.parts})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWork:
    """Where somebody stands with a task: the words of today for a new go, and every go of theirs, in order."""

    course: OnCourse
    activity: ActivityView
    guide: GuideView
    goes: tuple[Go, ...]

    @property
    def newest(self) -> Go | None:
        return self.goes[-1] if self.goes else None

    @property
    def draft(self) -> Go | None:
        return self.newest if self.newest is not None and self.newest.is_open else None

    @property
    def waiting(self) -> Go | None:
        return self.newest if self.newest is not None and self.newest.waits else None

    @property
    def passed(self) -> bool:
        return any(go.result.passed for go in self.goes if go.result)

    @property
    def goes_left(self) -> int | None:
        """None where there is no limit. A draft has yet to be handed in."""
        return rules.goes_left(self.guide.resubmissions, sum(not go.is_open for go in self.goes))

    @property
    def may_begin(self) -> bool:
        """Whether a new go may begin: not while one is open or waits, not after passing, not on a closed course."""
        free = self.draft is None and self.waiting is None and not self.passed and self.goes_left != 0
        return free and self.course.is_open and self.activity.key not in self.course.finished


def own_work(session: ReadSession, actor: Actor, course: str, activity: str) -> OwnWork:
    """Three statements at most. Raises NotFoundError for a course or a task that is not there for this actor."""
    today = on_course(session, actor, course)
    found = as_it_was(session, today, activity)
    task = found.activity(activity, ActivityKind.TASK)
    guide = marking_guide(session, found.view.revision_id, task.guide)
    if found.enrolment is None:
        return OwnWork(course=found, activity=task, guide=guide, goes=())
    ids = {"enrolment_id": found.enrolment.id, "activity_id": task.id}
    rows = session.execute(_GOES, ids).all()
    judged = _judgements(session, ids) if any(row.released_at for row in rows) else {}
    if not rows:
        today.activity(activity)
    goes = tuple(_go(session, row, judged.get(row.id, ())) for row in rows)
    return OwnWork(course=found, activity=task, guide=guide, goes=goes)


def guide_of(session: ReadSession, revision_id: int, activity_id: int) -> GuideView:
    """The guide as a piece of work is pinned to it."""
    task = course_view(session, revision_id).activity_by_id(activity_id)
    assert task is not None, "a piece of work's revision has its task"
    return marking_guide(session, revision_id, task.guide)


def _judgements(session: ReadSession, ids: Mapping[str, int]) -> dict[int, tuple[Judgement, ...]]:
    found: dict[int, list[Judgement]] = {}
    for row in session.execute(_JUDGEMENTS, ids):
        said = Judgement(place=row.place, marks=row.marks, comments=row.comments, comment=row.comment)
        found.setdefault(row.work_id, []).append(said)
    return {work_id: tuple(sorted(said, key=lambda j: _PLACES.index(j.place))) for work_id, said in found.items()}


def _go(session: ReadSession, row: Any, judgements: tuple[Judgement, ...]) -> Go:
    return Go(
        number=row.number,
        guide=guide_of(session, row.revision_id, row.activity_id),
        content=row.content,
        version=row.version,
        saved_at=row.saved_at,
        handed_in_at=row.handed_in_at,
        markers=row.markers,
        taken=row.taken,
        result=_result(row, judgements) if row.released_at else None,
    )


def _result(row: Any, judgements: tuple[Judgement, ...]) -> Result:
    return Result(
        released_at=row.released_at,
        points=row.points or 0,
        out_of=row.out_of,
        pass_mark=row.pass_mark,
        passed=bool(row.passed),
        judgements=judgements,
    )
