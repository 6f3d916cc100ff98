"""The editions of a course, how many people are on each, and what it would mean for them to go on in the newest."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from app.curriculum.changes import Change
from app.curriculum.models import Activity, Course, Edition
from app.curriculum.queries import course_views, differences
from app.curriculum.views import CourseView
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.models import EditionMove, Enrolment, Outcome
from app.learning.queries.enrolments import COUNTS, newest_words
from app.learning.queries.on_course import OnCourse
from app.learning.rules import is_complete

_course, _edition, _activity = table(Course), table(Edition), table(Activity)
_enrolment, _outcome, _move = table(Enrolment), table(Outcome), table(EditionMove)
_from, _to = _edition.alias("came_from"), _edition.alias("went_to")


@dataclass(frozen=True, slots=True)
class EditionCount:
    """An edition in its newest words: how many people are on it, and how many completed the course with it."""

    id: int
    number: int
    loaded_at: datetime
    on_it: int
    completed: int
    view: CourseView


@dataclass(frozen=True, slots=True)
class Outlook:
    """What moving everybody who is on an edition to the newest would mean. `seen` is the same while this holds.

    `done_by` counts, for each activity's id, those of them who have done it.
    """

    before: EditionCount
    after: EditionCount
    changes: tuple[Change, ...]
    people: int
    begun: int
    with_more: int
    with_gone: int
    complete: int
    done_by: Mapping[int, int]
    seen: str


@dataclass(frozen=True, slots=True)
class LastMove:
    """When somebody went on in a newer edition, and what is other in it than in the one they came from."""

    moved_at: datetime
    from_number: int
    to_number: int
    changes: tuple[Change, ...]


_COUNTED = (
    sa.select(
        _edition.c.id,
        _edition.c.number,
        _edition.c.loaded_at,
        sa.func.count(sa.case((_enrolment.c.closed_at.is_(None), _enrolment.c.id))).label("on_it"),
        sa.func.count(_enrolment.c.completed_at).label("completed"),
        newest_words(_edition.c.id).label("revision_id"),
    )
    .select_from(_edition)
    .join(_course, _course.c.id == _edition.c.course_id)
    .outerjoin(_enrolment, _enrolment.c.edition_id == _edition.c.id)
    .group_by(_edition.c.id, _edition.c.number, _edition.c.loaded_at, _course.c.slug)
    .order_by(_course.c.slug, _edition.c.number.desc())
)
_ON_IT = (
    sa.select(_enrolment.c.id, sa.func.aggregate_strings(sa.cast(_activity.c.id, sa.String), ","))
    .select_from(_enrolment)
    .outerjoin(
        sa.join(_outcome, _activity, _activity.c.id == _outcome.c.activity_id),
        sa.and_(COUNTS, _activity.c.course_id == _enrolment.c.course_id),
    )
    .where(_enrolment.c.edition_id == sa.bindparam("edition_id"), _enrolment.c.closed_at.is_(None))
    .group_by(_enrolment.c.id)
    .order_by(_enrolment.c.id)
)


def editions_of(session: ReadSession, slug: str) -> list[EditionCount]:
    """The newest first. Raises NotFoundError for a course that does not exist."""
    found = _editions(session, _COUNTED.where(_course.c.slug == slug))
    if not found:
        raise NotFoundError("course")
    return found


def every_edition(session: ReadSession) -> list[EditionCount]:
    """Those of every course, course by course."""
    return _editions(session, _COUNTED)


def _editions(
    session: ReadSession, statement: sa.Select[tuple[int, int, datetime, int, int, int]]
) -> list[EditionCount]:
    rows = session.execute(statement).all()
    views = course_views(session, [row.revision_id for row in rows])
    return [
        EditionCount(row.id, row.number, row.loaded_at, row.on_it, row.completed, view)
        for row, view in zip(rows, views, strict=True)
    ]


def outlook(session: ReadSession, slug: str, number: int) -> Outlook:
    """Raises NotFoundError for a missing edition, and for the newest, from which nobody can go further."""
    after, *older = editions_of(session, slug)
    before = next((edition for edition in older if edition.number == number), None)
    if before is None:
        raise NotFoundError("edition")
    rows = [(row[0], row[1] or "") for row in session.execute(_ON_IT, {"edition_id": before.id})]
    changes = differences(session, before.view.revision_id, after.view.revision_id)
    return _outlook(before, after, changes, rows)


def _outlook(
    before: EditionCount, after: EditionCount, changes: tuple[Change, ...], rows: Sequence[tuple[int, str]]
) -> Outlook:
    """`rows`: each open enrolment with the ids of the activities that count for it, as text."""
    done_of = lru_cache(maxsize=None)(lambda ids: frozenset(map(int, filter(None, ids.split(",")))))
    needed = _needed(after.view)
    new, gone = needed - _needed(before.view), _all(before.view) - _all(after.view)
    finished = [i for i, ids in rows if after.view.can_be_completed and is_complete(needed, done_of(ids))]
    done_by = Counter(activity for _, ids in rows for activity in done_of(ids))
    return Outlook(
        before=before,
        after=after,
        changes=changes,
        people=len(rows),
        begun=sum(1 for _, ids in rows if ids),
        with_more=sum(1 for _, ids in rows if new - done_of(ids)),
        with_gone=sum(1 for _, ids in rows if gone & done_of(ids)),
        complete=len(finished),
        done_by=done_by,
        seen=_fingerprint(before.id, after.id, [i for i, _ in rows], finished),
    )


def _needed(view: CourseView) -> frozenset[int]:
    return frozenset(activity.id for activity in view.activities if activity.required)


def _all(view: CourseView) -> frozenset[int]:
    return frozenset(activity.id for activity in view.activities)


def _fingerprint(*parts: object) -> str:
    """Other once somebody has joined, left or completed, or would complete, or another edition is the newest."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def last_move(session: ReadSession, enrolment_id: int) -> LastMove | None:
    """The last time that this enrolment went on in a newer edition."""
    row = session.execute(
        sa.select(_move.c.moved_at, _from.c.number, _to.c.number, newest_words(_from.c.id), newest_words(_to.c.id))
        .join(_from, _from.c.id == _move.c.from_edition_id)
        .join(_to, _to.c.id == _move.c.to_edition_id)
        .where(_move.c.enrolment_id == enrolment_id)
        .order_by(_move.c.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    moved_at, came_from, went_to, before, after = row
    return LastMove(moved_at, came_from, went_to, differences(session, before, after))


def as_it_was(session: ReadSession, course: OnCourse, key: str) -> OnCourse:
    """The course in the words of an edition that still had an activity, for somebody who was moved on from there.

    What they had begun there stays open to them. The course as it is for everybody else, and for what it still has.
    """
    if course.enrolment is None or course.view.activity(key) is not None:
        return course
    left = (
        sa.select(newest_words(_from.c.id))
        .select_from(_move)
        .join(_from, _from.c.id == _move.c.from_edition_id)
        .where(_move.c.enrolment_id == course.enrolment.id)
        .order_by(_move.c.id.desc())
    )
    older = course_views(session, list(session.scalars(left)))
    had = next((view for view in older if view.activity(key) is not None), None)
    return replace(course, view=had) if had else course
