"""How far people have come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from app.curriculum.models import Activity, Course
from app.curriculum.queries.memory import course_views
from app.curriculum.views import ActivityView, CourseView, ModuleView
from app.kernel.db import ReadSession, table
from app.learning.models import Enrolment, Outcome
from app.learning.queries.enrolments import COUNTS, newest_words
from app.learning.queries.holdings import People

_enrolment, _outcome = table(Enrolment), table(Outcome)
_activity, _course = table(Activity), table(Course)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an open enrolment has come. A module is done when nothing in it that the course requires is left."""

    enrolment_id: int
    person_id: int
    course_id: int
    tier: str
    enrolled_at: datetime
    started: bool
    modules_done: int
    modules: int
    activities_done: int
    activities: int


_of_course = sa.and_(_activity.c.id == _outcome.c.activity_id, _activity.c.course_id == _enrolment.c.course_id)
_PROGRESS = (
    sa.select(
        _enrolment.c.id,
        _enrolment.c.person_id,
        _enrolment.c.course_id,
        _course.c.tier,
        _enrolment.c.enrolled_at,
        _enrolment.c.started_at,
        newest_words(_enrolment.c.edition_id).label("revision_id"),
        sa.func.aggregate_strings(sa.cast(_activity.c.id, sa.String), ",").label("done"),
    )
    .select_from(_enrolment)
    .join(_course, _course.c.id == _enrolment.c.course_id)
    .outerjoin(sa.join(_outcome, _activity, _activity.c.id == _outcome.c.activity_id), sa.and_(COUNTS, _of_course))
    .where(_enrolment.c.closed_at.is_(None))
    .group_by(
        _enrolment.c.id,
        _enrolment.c.person_id,
        _enrolment.c.course_id,
        _course.c.tier,
        _enrolment.c.enrolled_at,
        _enrolment.c.started_at,
        _enrolment.c.edition_id,
    )
    .order_by(_enrolment.c.person_id, _enrolment.c.id)
)


def progress(session: ReadSession, person_ids: People) -> list[Progress]:
    """Each open enrolment of these people, by one statement (and courses kept in memory), however many they are."""
    rows = session.execute(_PROGRESS.where(_enrolment.c.person_id.in_(person_ids))).all()
    wanted = sorted({row.revision_id for row in rows})
    views = dict(zip(wanted, course_views(session, wanted), strict=True)) if wanted else {}
    count = lru_cache(maxsize=None)(lambda revision_id, ids: _count(views[revision_id], ids))
    return [
        Progress(
            row.id,
            row.person_id,
            row.course_id,
            row.tier,
            row.enrolled_at,
            row.started_at is not None,
            *count(row.revision_id, row.done or ""),
        )
        for row in rows
    ]


def _count(view: CourseView, ids: str) -> tuple[int, int, int, int]:
    """Modules done and in all, required activities done and in all."""
    finished = {a.key for a in view.activities if str(a.id) in set(ids.split(","))}
    modules = sum(1 for m in view.open_modules if not left_in(m, finished))
    return modules, len(view.modules), len(finished & set(view.completion)), len(view.completion)


def left_in(module: ModuleView, finished: Collection[str]) -> tuple[ActivityView, ...]:
    """What the course requires of a module and is not yet done, in its order."""
    return tuple(a for a in module.activities if a.required and a.key not in finished)
