"""The calendar asks those who completed a course what came of it."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.views import ActivityView, CourseView
from app.kernel import outbox
from app.kernel.db import WriteSession, table
from app.kernel.outbox import Notice
from app.learning.models import Enrolment, Note
from app.learning.queries import asking_later

KIND = "asked-again"
LATEST = timedelta(days=30)
"""Whoever was due to be asked longer ago is not written to: the site was not there, or the question was not."""

_enrolment, _note, _notice = table(Enrolment), table(Note), table(Notice)


def ask_again(session: WriteSession, actor: Actor, now: datetime) -> int:  # noqa: ARG001  the worker hands in who acts
    """Leave one notice for each person and question that is due now. Returns how many were left."""
    return sum(_ask(session, view, activity, now) for view, activity in asking_later(session))


def _ask(session: WriteSession, view: CourseView, activity: ActivityView, now: datetime) -> int:
    assert activity.after_days is not None
    due = now - timedelta(days=activity.after_days)
    prefix = f"{KIND}:{activity.id}:"
    told = sa.exists().where(_notice.c.key == sa.literal(prefix).concat(sa.cast(_enrolment.c.id, sa.String)))
    answered = sa.exists().where(_note.c.person_id == _enrolment.c.person_id, _note.c.activity_id == activity.id)
    rows = session.execute(
        sa.select(_enrolment.c.id, _enrolment.c.person_id).where(
            _enrolment.c.course_id == view.course_id,
            _enrolment.c.completed_at <= due,
            _enrolment.c.completed_at > due - LATEST,
            ~told,
            ~answered,
        )
    ).all()
    line = f"You completed “{view.public_title}”. What came of it? Your first page on the site asks in one question."
    return sum(
        outbox.tell(session, key=f"{prefix}{row.id}", person_id=row.person_id, kind=KIND, line=line, now=now)
        for row in rows
    )
