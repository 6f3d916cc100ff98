"""What a moderator looks after: differences to decide, results to release, who holds what. Nobody's work is named."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import ROLE_PERMISSIONS, Permission
from app.accounts.models import RoleGrant
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.models import Enrolment
from app.marking.models import Mark, PieceOfWork
from app.marking.queries.queue import LIVE, OF_WORK, WAITING, WITH_AUTHOR, TaskName, task_names
from app.marking.rules import LOOKS, MarkPlace
from app.organisation.models import Person
from app.organisation.queries import open_on

RECENT = timedelta(days=28)
MOST = 200
"""Lines that each list of the page shows at most, the oldest first."""

_work, _mark, _enrolment = table(PieceOfWork), table(Mark), table(Enrolment)
_person, _grant = table(Person), table(RoleGrant)

FINISHED_LOOKS = (
    sa.select(sa.func.count(_mark.c.id))
    .where(OF_WORK, LIVE, _mark.c.place.in_(LOOKS), _mark.c.finished_at.is_not(None))
    .correlate(_work)
    .scalar_subquery()
)
MODERATED = sa.exists().where(OF_WORK, LIVE, _mark.c.place == MarkPlace.MODERATION)
TO_RELEASE = sa.and_(_work.c.decided_at.is_not(None), _work.c.released_at.is_(None))


@dataclass(frozen=True, slots=True)
class ToModerate:
    work_id: int
    task: TaskName
    handed_in_at: datetime


@dataclass(frozen=True, slots=True)
class ToRelease:
    """Decided work of one task. `until`: the newest decision among them."""

    task: TaskName
    count: int
    passed: int
    first: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Load:
    person_id: int
    name: str
    held: int
    oldest: datetime | None
    finished: int


@dataclass(frozen=True, slots=True)
class Holding:
    mark_id: int
    name: str
    task: TaskName
    taken_at: datetime
    saved_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`not_mine`: how many differences wait for somebody else, because the actor marked or wrote them."""

    to_moderate: tuple[ToModerate, ...]
    moderations: int
    not_mine: int
    to_release: tuple[ToRelease, ...]
    loads: tuple[Load, ...]
    holdings: tuple[Holding, ...]
    now: datetime


def differs() -> tuple[sa.ColumnElement[bool], ...]:
    """Work with every look finished and no decision: only a difference leaves it so. Nobody has it to moderate yet."""
    return (WAITING, _work.c.markers <= FINISHED_LOOKS, ~MODERATED)


def moderates(actor: Actor) -> tuple[sa.ColumnElement[bool], ...]:
    """Differences that this actor may decide, over WITH_AUTHOR: they neither wrote nor marked it."""
    marked = sa.exists().where(OF_WORK, LIVE, _mark.c.marker_id == actor.person_id)
    may = sa.true() if actor.may(Permission.MODERATE) else sa.false()
    return (may, *differs(), _enrolment.c.person_id != actor.person_id, ~marked)


def desk(session: ReadSession, actor: Actor, now: datetime) -> Desk:
    """Raises NotFoundError for whoever does not moderate."""
    if not actor.may(Permission.MODERATE):
        raise NotFoundError("desk")
    counts = sa.select(sa.func.count()).select_from(WITH_AUTHOR)
    every = session.scalar(counts.where(*differs())) or 0
    mine = session.scalar(counts.where(*moderates(actor))) or 0
    return Desk(
        to_moderate=_to_moderate(session, actor),
        moderations=mine,
        not_mine=every - mine,
        to_release=_to_release(session),
        loads=_loads(session, now),
        holdings=_holdings(session),
        now=now,
    )


def _to_moderate(session: ReadSession, actor: Actor) -> tuple[ToModerate, ...]:
    rows = session.execute(
        sa.select(_work.c.id, _work.c.activity_id, _work.c.revision_id, _work.c.handed_in_at)
        .select_from(WITH_AUTHOR)
        .where(*moderates(actor))
        .order_by(_work.c.handed_in_at, _work.c.id)
        .limit(MOST)
    ).all()
    names = task_names(session, rows)
    return tuple(ToModerate(r.id, names[r.activity_id, r.revision_id], r.handed_in_at) for r in rows)


def _to_release(session: ReadSession) -> tuple[ToRelease, ...]:
    rows = session.execute(
        sa.select(
            _work.c.activity_id,
            sa.func.max(_work.c.revision_id).label("revision_id"),
            sa.func.count().label("count"),
            sa.func.sum(sa.case((_work.c.passed, 1), else_=0)).label("passed"),
            sa.func.min(_work.c.decided_at).label("first"),
            sa.func.max(_work.c.decided_at).label("until"),
        )
        .where(TO_RELEASE)
        .group_by(_work.c.activity_id)
    ).all()
    names = task_names(session, rows)
    found = [
        ToRelease(names[r.activity_id, r.revision_id], r._mapping["count"], r.passed, r.first, r.until)  # noqa: SLF001
        for r in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.task.course_title, one.task.title)))


def _loads(session: ReadSession, now: datetime) -> tuple[Load, ...]:
    """Everybody who may mark today, and whoever still holds something."""
    holds = sa.and_(LIVE, _mark.c.finished_at.is_(None))
    recent = sa.and_(LIVE, _mark.c.finished_at > now - RECENT)
    counted = (
        sa.select(
            _mark.c.marker_id,
            sa.func.sum(sa.case((holds, 1), else_=0)).label("held"),
            sa.func.min(sa.case((holds, _mark.c.taken_at))).label("oldest"),
            sa.func.sum(sa.case((recent, 1), else_=0)).label("finished"),
        )
        .where(sa.or_(holds, recent))
        .group_by(_mark.c.marker_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(_person.c.id, _person.c.name, counted.c.held, counted.c.oldest, counted.c.finished)
        .select_from(_person.outerjoin(counted, counted.c.marker_id == _person.c.id))
        .where(sa.or_(counted.c.marker_id.is_not(None), _may_mark(london_date(now))))
        .order_by(sa.func.coalesce(counted.c.held, 0).desc(), counted.c.oldest, _person.c.sort_key)
    )
    return tuple(Load(row.id, row.name, row.held or 0, row.oldest, row.finished or 0) for row in rows)


def _may_mark(today: date) -> sa.ColumnElement[bool]:
    giving = [role for role, permissions in ROLE_PERMISSIONS.items() if Permission.MARK in permissions]
    return sa.exists().where(_grant.c.person_id == _person.c.id, _grant.c.role.in_(giving), open_on(_grant, today))


def _holdings(session: ReadSession) -> tuple[Holding, ...]:
    rows = session.execute(
        sa.select(
            _mark.c.id,
            _person.c.name,
            _work.c.activity_id,
            _work.c.revision_id,
            _mark.c.taken_at,
            _mark.c.saved_at,
        )
        .select_from(_mark.join(_work, OF_WORK).join(_person, _person.c.id == _mark.c.marker_id))
        .where(LIVE, _mark.c.finished_at.is_(None))
        .order_by(_mark.c.taken_at, _mark.c.id)
        .limit(MOST)
    ).all()
    names = task_names(session, rows)
    return tuple(Holding(r.id, r.name, names[r.activity_id, r.revision_id], r.taken_at, r.saved_at) for r in rows)
