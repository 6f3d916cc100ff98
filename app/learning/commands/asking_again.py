"""The calendar asks those who completed a course what came of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.views import ActivityView, CourseView
from app.kernel import outbox
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.outbox import Notice
from app.learning.models import Enrolment, Note
from app.learning.queries import asking_later
from app.learning.rules import asked_on
from app.organisation.models import LongLeave
from app.organisation.queries import leaves_of
from app.organisation.rules import Spell, away_on, moved_by

KIND = "asked-again"
LATEST = timedelta(days=30)
"""Whoever was due to be asked longer ago is not written to: the site was not there, or the question was not."""

_enrolment, _note, _notice, _leave = table(Enrolment), table(Note), table(Notice), table(LongLeave)


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
        sa.select(_enrolment.c.id, _enrolment.c.person_id, _enrolment.c.completed_at).where(
            _enrolment.c.course_id == view.course_id,
            _enrolment.c.completed_at <= due,
            sa.or_(_enrolment.c.completed_at > due - LATEST, _lately_back(due - LATEST)),
            ~told,
            ~answered,
        )
    ).all()
    leaves = leaves_of(session, {row.person_id for row in rows}, london_date(now)) if rows else {}
    asked = [
        row
        for row in rows
        if _is_time(london_date(row.completed_at), activity.after_days, leaves.get(row.person_id, ()), london_date(now))
    ]
    line = f"You completed “{view.public_title}”. What came of it? Your first page on the site asks in one question."
    return sum(
        outbox.tell(session, key=f"{prefix}{row.id}", person_id=row.person_id, kind=KIND, line=line, now=now)
        for row in asked
    )


def _lately_back(first: datetime) -> sa.ColumnElement[bool]:
    """Whether leave may have put the question off until now: it ends after a day on which others were asked long ago.

    A leave that puts a question off ends before it is asked, and after its course was completed.
    """
    ends = sa.or_(_leave.c.ends_on.is_(None), _leave.c.ends_on > london_date(first))
    return sa.exists().where(_leave.c.person_id == _enrolment.c.person_id, ends)


def _is_time(completed_on: date, after_days: int, spells: Sequence[Spell], today: date) -> bool:
    """Whether the day has come on which this is asked, moved by leave, and has not been over for long."""
    if away_on(spells, today):
        return False
    asked = asked_on(completed_on, after_days)
    asked += timedelta(days=moved_by(spells, completed_on, asked, today))
    return asked <= today < asked + LATEST
