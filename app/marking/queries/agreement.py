"""How far two markers agree, task by task and edition by edition. Figures of no person, and none of a few pieces."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.curriculum.guides import GuidePoint, GuideView
from app.curriculum.models import Revision
from app.curriculum.queries import course_views, marking_guide
from app.curriculum.views import ActivityView, CourseView
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.marking.kappa import FEWEST, Agreement, Pair, agreement
from app.marking.models import Mark, PieceOfWork
from app.marking.rules import MarkPlace, Marks

_work, _mark, _revision = table(PieceOfWork), table(Mark), table(Revision)
_second = _mark.alias("second")

_TWICE = (
    sa.select(
        _work.c.activity_id,
        _work.c.revision_id,
        _revision.c.edition_id,
        _mark.c.marks.label("first"),
        _second.c.marks.label("second"),
    )
    .select_from(
        _work.join(_revision, _revision.c.id == _work.c.revision_id)
        .join(_mark, _mark.c.work_id == _work.c.id)
        .join(_second, _second.c.work_id == _work.c.id)
    )
    .where(
        _mark.c.place == MarkPlace.FIRST,
        _second.c.place == MarkPlace.SECOND,
        *(one.c.given_back_at.is_(None) for one in (_mark, _second)),
        *(one.c.finished_at.is_not(None) for one in (_mark, _second)),
    )
    .order_by(_work.c.id)
)


@dataclass(frozen=True, slots=True)
class PointAgreement:
    point: GuidePoint
    agreement: Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAgreement:
    """One task in one edition. The figures are None while fewer than ten pieces have been marked twice."""

    course: CourseView
    activity: ActivityView
    pieces: int
    on_points: Agreement | None
    on_verdict: Agreement | None
    by_point: tuple[PointAgreement, ...]


def agreements(session: ReadSession, actor: Actor) -> list[TaskAgreement]:
    """Every task and edition of which anything was marked by two. Raises NotFoundError for whoever may not see it."""
    if not (actor.may(Permission.MODERATE) or actor.may(Permission.AUTHOR)):
        raise NotFoundError("agreement")
    found: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in session.execute(_TWICE):
        found[row.activity_id, row.edition_id].append(row)
    newest = {key: max(row.revision_id for row in rows) for key, rows in found.items()}
    revisions = sorted(set(newest.values()))
    views = dict(zip(revisions, course_views(session, revisions), strict=True)) if revisions else {}
    of_tasks = [_of_task(session, views[newest[key]], key[0], rows) for key, rows in found.items()]
    return sorted(of_tasks, key=lambda one: (one.course.title, one.activity.title, -one.course.edition_number))


def _of_task(session: ReadSession, course: CourseView, activity_id: int, rows: Sequence[Any]) -> TaskAgreement:
    activity = course.activity_by_id(activity_id)
    assert activity is not None, "the revision of a piece of work has its activity"
    guide = marking_guide(session, course.revision_id, activity.guide)
    enough = len(rows) >= FEWEST
    return TaskAgreement(
        course=course,
        activity=activity,
        pieces=len(rows),
        on_points=agreement([p for row in rows for p in _pairs(guide, row.first, row.second)]) if enough else None,
        on_verdict=agreement([(guide.passes(row.first), guide.passes(row.second)) for row in rows]) if enough else None,
        by_point=_by_point(guide, rows) if enough else (),
    )


def _by_point(guide: GuideView, rows: Sequence[Any]) -> tuple[PointAgreement, ...]:
    found = ((p, agreement([(r.first.get(p.id), r.second.get(p.id)) for r in rows])) for p in guide.points)
    return tuple(PointAgreement(point, of_it) for point, of_it in found if of_it is not None)


def _pairs(guide: GuideView, first: Marks, second: Marks) -> list[Pair]:
    return [(first.get(point.id), second.get(point.id)) for point in guide.points]
