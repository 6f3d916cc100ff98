"""Take a piece of work to mark, give it back, free what somebody else is stuck with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import ROLE_PERMISSIONS, Permission
from app.accounts.models import RoleGrant
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import NotFoundError, RuleBrokenError
from app.learning.models import Enrolment
from app.marking.models import Mark, PieceOfWork
from app.marking.queries.calibration import Standing, uncalibrated
from app.marking.queries.desk import moderates
from app.marking.queries.marks import LARGEST_ID
from app.marking.queries.queue import LIVE, OF_WORK, WAITING, WITH_AUTHOR, waits_for
from app.marking.rules import GIVE_UP_AFTER_DAYS, LOOKS, MarkPlace
from app.organisation.models import Employment
from app.organisation.queries import is_away, open_on

TAKEN = "Somebody else took it a moment ago. Take the next one."

_work, _mark, _enrolment = table(PieceOfWork), table(Mark), table(Enrolment)
_grant, _employment = table(RoleGrant), table(Employment)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeNext:
    """The oldest piece of work that the actor may mark and has never had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeWork:
    work_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeModeration:
    work_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack:
    mark_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeWork:
    """Give back what another person took and is stuck with."""

    mark_id: int


def take_next(session: WriteSession, actor: Actor, command: TakeNext, now: datetime) -> Mark | None:  # noqa: ARG001
    """Take the oldest; None when nothing waits for this actor. Whoever loses one to another marker gets the next."""
    closed = uncalibrated(session, actor)
    had = sa.exists().where(OF_WORK, _mark.c.marker_id == actor.person_id)
    oldest = (
        sa.select(_work.c.id).where(*waits_for(actor, closed), ~had).order_by(_work.c.handed_in_at, _work.c.id).limit(1)
    )
    lost: list[int] = []
    while (work_id := session.scalar(oldest.where(_work.c.id.not_in(lost)))) is not None:
        work = _still_waiting(session, actor, work_id, closed)
        if work is not None:
            return _take(session, actor, work, _free_look(session, work), now)
        lost.append(work_id)
    return None


def take_work(session: WriteSession, actor: Actor, command: TakeWork, now: datetime) -> Mark:
    """Take this one; what the actor holds already is returned as it is.

    Raises NotFoundError for their own work and for what they have marked, RuleBrokenError when somebody was quicker,
    or it was taken back, or its samples are not judged yet.
    """
    work_id = min(command.work_id, LARGEST_ID)
    if (held := _held(session, actor, work_id)) is not None:
        return held
    _refuse_what_is_hidden(session, actor, work_id)
    closed = uncalibrated(session, actor)
    work = _still_waiting(session, actor, work_id, closed)
    if work is not None:
        return _take(session, actor, work, _free_look(session, work), now)
    if (held := _held(session, actor, work_id)) is not None:
        return held
    activity = session.scalar(sa.select(_work.c.activity_id).where(_work.c.id == work_id))
    if activity in {standing.task.activity.id for standing in closed}:
        raise RuleBrokenError("Judge the worked samples of this task first: then your marks count.")
    raise RuleBrokenError(TAKEN)


def take_moderation(session: WriteSession, actor: Actor, command: TakeModeration, now: datetime) -> Mark:
    """Take work on which two markers differ. Raises NotFoundError for one's own and for what one has marked."""
    work_id = min(command.work_id, LARGEST_ID)
    if (held := _held(session, actor, work_id)) is not None:
        return held
    _refuse_what_is_hidden(session, actor, work_id)
    work = _locked(session, work_id)
    waits = sa.select(_work.c.id).select_from(WITH_AUTHOR).where(_work.c.id == work_id, *moderates(actor))
    if work is None or session.scalar(waits) is None:
        raise RuleBrokenError(TAKEN)
    return _take(session, actor, work, MarkPlace.MODERATION, now)


def give_back(session: WriteSession, actor: Actor, command: GiveBack, now: datetime) -> None:
    """Give back what one took. Raises NotFoundError for anybody else's, and for what is finished."""
    _give_back(session, actor, command.mark_id, now, "give back mark", _mark.c.marker_id == actor.person_id)


def free_work(session: WriteSession, actor: Actor, command: FreeWork, now: datetime) -> None:
    """Free what somebody holds, whoever they are. Raises NotFoundError for what is finished or free already."""
    if not actor.may(Permission.MODERATE):
        raise NotFoundError("mark")
    _give_back(session, actor, command.mark_id, now, "free work", sa.true())


def give_up_late(session: WriteSession, actor: Actor, now: datetime) -> int:
    """Free what was taken too long ago, and what is held by somebody who may not mark any more or is on long leave.

    Returns how many.
    """
    late = _mark.c.taken_at < now - timedelta(days=GIVE_UP_AFTER_DAYS)
    today = london_date(now)
    looks = _mark.c.place.in_(LOOKS)
    lost = sa.or_(
        ~_works_here(today),
        is_away(_mark.c.marker_id, today),
        sa.and_(looks, ~_holds(Permission.MARK, today)),
        sa.and_(~looks, ~_holds(Permission.MODERATE, today)),
    )
    freed = session.scalars(
        sa.update(_mark)
        .where(LIVE, _mark.c.finished_at.is_(None), sa.or_(late, lost))
        .values(given_back_at=now)
        .returning(_mark.c.id)
    ).all()
    for mark_id in sorted(freed):
        audit.record(session, actor, "free work", "mark", mark_id, now=now)
    return len(freed)


def _locked(session: WriteSession, work_id: int) -> PieceOfWork | None:
    """The piece of work as it is now, held until the end: takers, and a learner who takes it back, stand in line."""
    return session.scalar(
        sa.select(PieceOfWork).where(_work.c.id == work_id).with_for_update().execution_options(populate_existing=True)
    )


def _still_waiting(session: WriteSession, actor: Actor, work_id: int, closed: list[Standing]) -> PieceOfWork | None:
    work = _locked(session, work_id)
    waits = sa.select(_work.c.id).where(_work.c.id == work_id, *waits_for(actor, closed))
    return work if session.scalar(waits) is not None else None


def _free_look(session: WriteSession, work: PieceOfWork) -> MarkPlace:
    taken = session.scalars(sa.select(_mark.c.place).where(_mark.c.work_id == work.id, LIVE)).all()
    return next(place for place in LOOKS if place not in taken)


def _take(session: WriteSession, actor: Actor, work: PieceOfWork, place: MarkPlace, now: datetime) -> Mark:
    mark = Mark(work_id=work.id, marker_id=actor.person_id, place=place, taken_at=now, marks={}, comments={})
    session.add(mark)
    session.flush()
    audit.record(session, actor, "take work", "mark", mark.id, now=now)
    return mark


def _held(session: WriteSession, actor: Actor, work_id: int) -> Mark | None:
    mine = _mark.c.marker_id == actor.person_id
    return session.scalar(sa.select(Mark).where(_mark.c.work_id == work_id, mine, LIVE, _mark.c.finished_at.is_(None)))


def _refuse_what_is_hidden(session: WriteSession, actor: Actor, work_id: int) -> None:
    """One's own work, work one has marked and work that is not handed in are as if they were not there."""
    marked = sa.exists().where(OF_WORK, LIVE, _mark.c.marker_id == actor.person_id)
    there = (
        sa.select(_work.c.id)
        .select_from(WITH_AUTHOR)
        .where(_work.c.id == work_id, WAITING, _enrolment.c.person_id != actor.person_id, ~marked)
    )
    if session.scalar(there) is None:
        raise NotFoundError("piece of work")


def _give_back(
    session: WriteSession, actor: Actor, mark_id: int, now: datetime, action: str, whose: sa.ColumnElement[bool]
) -> None:
    given = session.scalar(
        sa.update(_mark)
        .where(_mark.c.id == min(mark_id, LARGEST_ID), whose, LIVE, _mark.c.finished_at.is_(None))
        .values(given_back_at=now)
        .returning(_mark.c.id)
    )
    if given is None:
        raise NotFoundError("mark")
    audit.record(session, actor, action, "mark", given, now=now)


def _works_here(today: date) -> sa.ColumnElement[bool]:
    return sa.exists().where(_employment.c.person_id == _mark.c.marker_id, open_on(_employment, today))


def _holds(permission: Permission, today: date) -> sa.ColumnElement[bool]:
    giving = [role for role, permissions in ROLE_PERMISSIONS.items() if permission in permissions]
    return sa.exists().where(_grant.c.person_id == _mark.c.marker_id, _grant.c.role.in_(giving), open_on(_grant, today))
