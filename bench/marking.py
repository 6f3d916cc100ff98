"""Two thousand pieces of work that wait to be marked, a third of them already looked at once, and somebody to do it."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from app.access.actor import SYSTEM_PERSON_ID, ScopeKind
from app.access.permissions import Role
from app.accounts.models import RoleGrant
from app.curriculum.models import MarkingGuide
from app.kernel.db import Database, WriteSession, table
from app.learning.models import Enrolment
from app.marking.models import Calibration, Mark, PieceOfWork
from app.marking.queries.calibration import Task, tasks
from app.marking.rules import MarkPlace
from bench.rows import Rows

WAITING = 2_000
SEED = 9_000


def give_work(db: Database, markers: list[int], now: datetime) -> None:
    """Let these people mark, and let the work wait for them. The courses need a task for it."""
    with db.write() as session:
        [task, *_] = tasks(session)
        rows, random = Rows(session), Random(SEED)
        for marker in markers:
            _let_mark(rows, marker, task, now)
        theirs = [e for e in _enrolments(session, task) if e.person_id not in markers]
        for number in range(WAITING):
            enrolment = theirs[number % len(theirs)].id
            _wait(rows, random, task, enrolment, 1 + number // len(theirs), markers[-1], now)
        rows.flush()


def has_task(db: Database) -> bool:
    with db.read() as session:
        return bool(session.scalar(sa.select(sa.func.count()).select_from(table(MarkingGuide))))


def _enrolments(session: WriteSession, task: Task) -> list[Any]:
    enrolment = table(Enrolment)
    found = sa.select(enrolment.c.id, enrolment.c.person_id).where(enrolment.c.course_id == task.course.course_id)
    return list(session.execute(found.order_by(enrolment.c.id)))


def _let_mark(rows: Rows, marker: int, task: Task, now: datetime) -> None:
    rows.add(
        RoleGrant,
        person_id=marker,
        role=Role.MARKER,
        scope_kind=ScopeKind.TRUST,
        starts_on=now.date() - timedelta(days=90),
        granted_by_id=SYSTEM_PERSON_ID,
        granted_at=now,
    )
    for sample in task.guide.samples:
        rows.add(
            Calibration,
            marker_id=marker,
            activity_id=task.activity.id,
            revision_id=task.course.revision_id,
            sample=sample.id,
            number=1,
            marks=dict(sample.marks),
            agreed=len(sample.marks),
            out_of=len(sample.marks),
            marked_at=now,
        )


def _wait(rows: Rows, random: Random, task: Task, enrolment: int, number: int, other: int, now: datetime) -> None:
    came = now - timedelta(hours=random.randint(1, 480))
    looked_at = random.random() < 1 / 3
    work = rows.add(
        PieceOfWork,
        enrolment_id=enrolment,
        activity_id=task.activity.id,
        revision_id=task.course.revision_id,
        number=number,
        content={part.id: f"What somebody wrote of {part.title}" for part in task.guide.parts},
        version=3,
        began_at=came,
        saved_at=came,
        handed_in_at=came,
        markers=2 if looked_at else 1,
        out_of=task.guide.out_of,
        pass_mark=task.guide.pass_mark,
    )
    if looked_at:
        marks = {point.id: point.most for point in task.guide.points}
        rows.add(
            Mark,
            work_id=work,
            marker_id=other,
            place=MarkPlace.FIRST,
            taken_at=came,
            marks=marks,
            comments={},
            version=1,
            saved_at=now,
            finished_at=now,
        )
