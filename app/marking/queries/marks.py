"""One's own mark with the work it judges. Nothing in here says whose work it is, or that anybody else looks at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.curriculum.guides import GuidePoint, GuideView
from app.curriculum.queries import course_view, course_views, marking_guide
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.marking.models import Mark, PieceOfWork
from app.marking.rules import LOOKS, MarkPlace, Marks, decision, differing

LARGEST_ID = 2**31 - 1
"""What the databases' integers hold: an address with more digits is nobody's, and no fault of ours."""
NEEDS = {MarkPlace.FIRST: Permission.MARK, MarkPlace.SECOND: Permission.MARK, MarkPlace.MODERATION: Permission.MODERATE}

_work, _mark = table(PieceOfWork), table(Mark)

_MINE = (
    sa.select(
        _mark.c.id,
        _mark.c.place,
        _mark.c.marks,
        _mark.c.comments,
        _mark.c.comment,
        _mark.c.version,
        _mark.c.taken_at,
        _mark.c.saved_at,
        _work.c.id.label("work_id"),
        _work.c.enrolment_id,
        _work.c.activity_id,
        _work.c.revision_id,
        _work.c.number,
        _work.c.content,
    )
    .join(_work, _work.c.id == _mark.c.work_id)
    .where(
        _mark.c.id == sa.bindparam("mark_id"),
        _mark.c.marker_id == sa.bindparam("marker_id"),
        _mark.c.given_back_at.is_(None),
        _mark.c.finished_at.is_(None),
    )
)
_FINISHED = (
    sa.select(_mark.c.work_id, _mark.c.place, _mark.c.marks, _mark.c.comments, _mark.c.comment)
    .where(
        _mark.c.work_id.in_(sa.bindparam("works", expanding=True)),
        _mark.c.given_back_at.is_(None),
        _mark.c.finished_at.is_not(None),
    )
    .order_by(_mark.c.work_id, _mark.c.id)
)
_EARLIER = (
    sa.select(_work)
    .where(
        _work.c.enrolment_id == sa.bindparam("enrolment_id"),
        _work.c.activity_id == sa.bindparam("activity_id"),
        _work.c.number < sa.bindparam("number"),
        _work.c.released_at.is_not(None),
    )
    .order_by(_work.c.number)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one person said of a piece of work."""

    place: MarkPlace
    marks: Marks
    comments: Mapping[str, str]
    comment: str


@dataclass(frozen=True, slots=True)
class SaidOfPoint:
    """What a point got in the end, and what was said about it."""

    point: GuidePoint
    value: int
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """All that was released about an earlier go."""

    number: int
    released_at: datetime
    points: int
    out_of: int
    passed: bool
    of_points: tuple[SaidOfPoint, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An open mark of the actor's. `points` are those to judge: all, or in moderation those on which `looks` differ."""

    mark_id: int
    place: MarkPlace
    course_title: str
    task_title: str
    guide: GuideView
    content: Mapping[str, str]
    number: int
    points: tuple[GuidePoint, ...]
    marks: Marks
    comments: Mapping[str, str]
    comment: str
    version: int
    taken_at: datetime
    saved_at: datetime | None
    earlier: tuple[Said, ...]
    looks: tuple[Look, ...]

    @property
    def moderates(self) -> bool:
        return self.place is MarkPlace.MODERATION

    @property
    def to_do(self) -> tuple[GuidePoint, ...]:
        """The points without a value, and in moderation those without a word to the learner."""
        return tuple(
            p for p in self.points if p.id not in self.marks or (self.moderates and not self.comments.get(p.id))
        )


def sheet(session: ReadSession, actor: Actor, mark_id: int) -> Sheet:
    """The actor's own open mark. Raises NotFoundError for anybody else's, and for one finished or given back."""
    row = session.execute(_MINE, {"mark_id": min(mark_id, LARGEST_ID), "marker_id": actor.person_id}).first()
    if row is None or not actor.may(NEEDS[row.place]):
        raise NotFoundError("mark")
    course = course_view(session, row.revision_id)
    activity = course.activity_by_id(row.activity_id)
    assert activity is not None, "the revision of a piece of work has its activity"
    guide = marking_guide(session, row.revision_id, activity.guide)
    seen = looks(session, [row.work_id]).get(row.work_id, ()) if row.place is MarkPlace.MODERATION else ()
    return Sheet(
        mark_id=row.id,
        place=row.place,
        course_title=course.title,
        task_title=activity.title,
        guide=guide,
        content=row.content,
        number=row.number,
        points=_to_judge(guide, seen),
        marks=row.marks,
        comments=row.comments,
        comment=row.comment,
        version=row.version,
        taken_at=row.taken_at,
        saved_at=row.saved_at,
        earlier=_earlier(session, row) if row.number > 1 else (),
        looks=seen,
    )


def looks(session: ReadSession, works: Sequence[int]) -> dict[int, tuple[Look, ...]]:
    """Everything finished about these pieces of work, in the order in which it was taken. One statement."""
    found: dict[int, tuple[Look, ...]] = {}
    for row in session.execute(_FINISHED, {"works": works}):
        look = Look(place=row.place, marks=row.marks, comments=row.comments, comment=row.comment)
        found[row.work_id] = (*found.get(row.work_id, ()), look)
    return found


def _to_judge(guide: GuideView, seen: Sequence[Look]) -> tuple[GuidePoint, ...]:
    blind = {look.place: look.marks for look in seen}
    if not blind:
        return guide.points
    first, second = (blind[place] for place in LOOKS)
    open_points = differing(guide, first, second)
    return tuple(point for point in guide.points if point.id in open_points)


def _earlier(session: ReadSession, row: Any) -> tuple[Said, ...]:
    asked = {"enrolment_id": row.enrolment_id, "activity_id": row.activity_id, "number": row.number}
    works = session.execute(_EARLIER, asked).all()
    said = looks(session, [work.id for work in works])
    views = dict(zip((w.id for w in works), course_views(session, [w.revision_id for w in works]), strict=True))
    found = []
    for work in works:
        activity = views[work.id].activity_by_id(work.activity_id)
        assert activity is not None, "the revision of a piece of work has its activity"
        found.append(said_of(work, marking_guide(session, work.revision_id, activity.guide), said.get(work.id, ())))
    return tuple(found)


def said_of(work: Any, guide: GuideView, seen: Sequence[Look]) -> Said:
    """A released piece of work with all that was said about it, nobody named."""
    final = decision(guide, {look.place: look.marks for look in seen}, work.markers)
    assert final is not None, "what is released was decided"
    return Said(
        number=work.number,
        released_at=work.released_at,
        points=work.points,
        out_of=work.out_of,
        passed=work.passed,
        of_points=tuple(
            SaidOfPoint(p, final.marks[p.id], tuple(c for look in seen if (c := look.comments.get(p.id))))
            for p in guide.points
        ),
        comments=tuple(look.comment for look in seen if look.comment),
    )
