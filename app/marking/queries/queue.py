"""What waits for a marker, and what they hold. Nothing in here says whose work it is, or who else has looked at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.curriculum.queries import course_views
from app.kernel.db import ReadSession, table
from app.learning.models import Enrolment
from app.marking.models import Mark, PieceOfWork
from app.marking.queries.calibration import Standing, uncalibrated
from app.marking.rules import LOOKS, MarkPlace

PAGE = 50
MOST_PAGES = 100_000
AGES = (7, 14)
"""Days after which waiting is called long, and too long."""

_work, _mark, _enrolment = table(PieceOfWork), table(Mark), table(Enrolment)

LIVE = _mark.c.given_back_at.is_(None)
OF_WORK = _mark.c.work_id == _work.c.id
WAITING = sa.and_(_work.c.decided_at.is_(None), _work.c.handed_in_at.is_not(None))
WITH_AUTHOR = _work.join(_enrolment, _enrolment.c.id == _work.c.enrolment_id)
LOOKED_AT = (
    sa.select(sa.func.count(_mark.c.id))
    .where(OF_WORK, LIVE, _mark.c.place.in_(LOOKS))
    .correlate(_work)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which of what waits to list. `task` is "course/activity", `days` the least age; `again`: only resubmissions."""

    task: str = ""
    days: int = 0
    again: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class TaskName:
    """A task by its address and in words."""

    activity_id: int
    key: str
    title: str
    course_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingWork:
    """`had_before`: the actor took it once and gave it back."""

    work_id: int
    task: TaskName
    handed_in_at: datetime
    again: bool
    had_before: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldMark:
    mark_id: int
    task: TaskName
    taken_at: datetime
    saved_at: datetime | None
    again: bool
    place: MarkPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many wait: in all, by age, again, and of each task."""

    total: int
    older: dict[int, int]
    again: int
    by_task: tuple[tuple[TaskName, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """`found` counts what fits `wanted`, of which `waiting` is one page."""

    held: tuple[HeldMark, ...]
    counted: Counted
    wanted: Wanted
    found: int
    waiting: tuple[WaitingWork, ...]
    to_calibrate: tuple[Standing, ...]
    now: datetime


def waits_for(actor: Actor, closed: Sequence[Standing]) -> tuple[sa.ColumnElement[bool], ...]:
    """Work that this actor may mark: not theirs, not marked by them, with a look still to be had.

    The lists of what is theirs are short and read once; asking for each piece of work took twice as long.
    """
    mine = sa.select(_mark.c.work_id).where(LIVE, _mark.c.marker_id == actor.person_id)
    own = sa.select(_enrolment.c.id).where(_enrolment.c.person_id == actor.person_id)
    return (
        WAITING,
        _work.c.enrolment_id.not_in(own),
        _work.c.activity_id.not_in([standing.task.activity.id for standing in closed]),
        _work.c.id.not_in(mine),
        _work.c.markers > LOOKED_AT,
    )


def queue(session: ReadSession, actor: Actor, wanted: Wanted, now: datetime) -> Queue:
    """The actor's part of what waits, the oldest first, PAGE at a time."""
    closed = uncalibrated(session, actor)
    open_to = waits_for(actor, closed) if actor.may(Permission.MARK) else (sa.false(),)
    counted = _counted(session, open_to, now)
    asked = _asked(wanted, counted, now)
    count = sa.select(sa.func.count()).select_from(_work).where(*open_to, *asked)
    found = (session.scalar(count) or 0) if asked else counted.total
    return Queue(
        held=held_by(session, actor),
        counted=counted,
        wanted=wanted,
        found=found,
        waiting=_page(session, actor, (*open_to, *asked), wanted.page),
        to_calibrate=tuple(closed),
        now=now,
    )


def held_by(session: ReadSession, actor: Actor) -> tuple[HeldMark, ...]:
    """What the actor took and has not finished, the oldest first."""
    rows = session.execute(
        sa.select(
            _mark.c.id,
            _mark.c.taken_at,
            _mark.c.saved_at,
            _mark.c.place,
            _work.c.activity_id,
            _work.c.revision_id,
            _work.c.number,
        )
        .join(_work, OF_WORK)
        .where(_mark.c.marker_id == actor.person_id, LIVE, _mark.c.finished_at.is_(None))
        .order_by(_mark.c.taken_at, _mark.c.id)
    ).all()
    names = task_names(session, rows)
    return tuple(
        HeldMark(
            mark_id=row.id,
            task=names[row.activity_id, row.revision_id],
            taken_at=row.taken_at,
            saved_at=row.saved_at,
            again=row.number > 1,
            place=row.place,
        )
        for row in rows
    )


def task_names(session: ReadSession, rows: Sequence[Any]) -> dict[tuple[int, int], TaskName]:
    """The tasks of rows with `activity_id` and `revision_id`, by both: two statements at most, however many rows."""
    pairs = {(row.activity_id, row.revision_id) for row in rows}
    revisions = sorted({revision_id for _, revision_id in pairs})
    views = dict(zip(revisions, course_views(session, revisions), strict=True)) if revisions else {}
    names = {}
    for activity_id, revision_id in pairs:
        course = views[revision_id]
        activity = course.activity_by_id(activity_id)
        assert activity is not None, "the revision of a piece of work has its activity"
        key = f"{course.slug}/{activity.key}"
        names[activity_id, revision_id] = TaskName(activity_id, key, activity.title, course.title)
    return names


def _counted(session: ReadSession, open_to: Sequence[sa.ColumnElement[bool]], now: datetime) -> Counted:
    older = [sa.func.sum(sa.case((_work.c.handed_in_at < now - timedelta(days=d), 1), else_=0)) for d in AGES]
    rows = session.execute(
        sa.select(
            _work.c.activity_id,
            sa.func.max(_work.c.revision_id).label("revision_id"),
            sa.func.count().label("total"),
            sa.func.sum(sa.case((_work.c.number > 1, 1), else_=0)).label("again"),
            *(column.label(f"older_{d}") for d, column in zip(AGES, older, strict=True)),
        )
        .where(*open_to)
        .group_by(_work.c.activity_id)
    ).all()
    names = task_names(session, rows)
    by_task = [(names[row.activity_id, row.revision_id], int(row.total)) for row in rows]
    return Counted(
        total=sum(row.total for row in rows),
        older={d: sum(getattr(row, f"older_{d}") for row in rows) for d in AGES},
        again=sum(row.again for row in rows),
        by_task=tuple(sorted(by_task, key=lambda pair: (pair[0].course_title, pair[0].title))),
    )


def _asked(wanted: Wanted, counted: Counted, now: datetime) -> list[sa.ColumnElement[bool]]:
    asked: list[sa.ColumnElement[bool]] = []
    if wanted.task:
        ids = [name.activity_id for name, _ in counted.by_task if name.key == wanted.task]
        asked.append(_work.c.activity_id.in_(ids))
    if wanted.days:
        asked.append(_work.c.handed_in_at < now - timedelta(days=wanted.days))
    if wanted.again:
        asked.append(_work.c.number > 1)
    return asked


def _page(
    session: ReadSession, actor: Actor, open_to: Sequence[sa.ColumnElement[bool]], page: int
) -> tuple[WaitingWork, ...]:
    had = sa.exists().where(OF_WORK, _mark.c.marker_id == actor.person_id)
    rows = session.execute(
        sa.select(
            _work.c.id,
            _work.c.activity_id,
            _work.c.revision_id,
            _work.c.handed_in_at,
            _work.c.number,
            had.label("had"),
        )
        .where(*open_to)
        .order_by(_work.c.handed_in_at, _work.c.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    names = task_names(session, rows)
    return tuple(
        WaitingWork(
            work_id=row.id,
            task=names[row.activity_id, row.revision_id],
            handed_in_at=row.handed_in_at,
            again=row.number > 1,
            had_before=row.had,
        )
        for row in rows
    )
