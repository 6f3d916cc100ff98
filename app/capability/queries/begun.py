"""Who is on a course of which level as at one moment, and how far they are: one statement each, for any number."""

from datetime import date, datetime

import sqlalchemy as sa

from app.curriculum.models import Activity, Course
from app.curriculum.queries import course_view
from app.kernel.db import ReadSession, table
from app.learning.models import Enrolment, Outcome
from app.learning.queries.enrolments import COUNTS, newest_words

_enrolment, _outcome = table(Enrolment), table(Outcome)
_activity, _course = table(Activity), table(Course)

Key = tuple[int, str]
"""A person's id and a tier."""
Plan = tuple[tuple[frozenset[str], ...], int]
"""The required activities of each open module, by id, and how many modules a course has in all."""
People = sa.Select[tuple[int]]
"""A statement that selects people's ids."""

# Not a join: PostgreSQL's plan for any values would pair each person with each course first.
_tier = sa.select(_course.c.tier).where(_course.c.id == _enrolment.c.course_id).correlate(_enrolment).scalar_subquery()
# What was completed elsewhere was over on its own day, and not when it became known here.
_over = sa.func.coalesce(_enrolment.c.completed_at, _enrolment.c.closed_at)


def placed(session: ReadSession, people: People, at: datetime) -> frozenset[Key]:
    """Who was on a course of the level that they had not begun by then: a place has been offered to them."""
    waits = sa.or_(_enrolment.c.started_at.is_(None), _enrolment.c.started_at > at)
    still = sa.or_(_enrolment.c.closed_at.is_(None), _over > at)
    own = sa.and_(_enrolment.c.person_id.in_(people), _enrolment.c.enrolled_at <= at, waits, still)
    rows = session.execute(sa.select(_enrolment.c.person_id, _tier).where(own))
    return frozenset((row[0], row[1]) for row in rows)


def learning_of(session: ReadSession, people: People, on: date, at: datetime) -> dict[Key, tuple[int, int]]:
    """Modules done and modules in all, for each course that somebody had begun and not closed by then."""
    begun = sa.and_(
        _enrolment.c.person_id.in_(people),
        _enrolment.c.started_at <= at,
        sa.or_(_enrolment.c.closed_at.is_(None), _over > at),
    )
    rows = session.execute(
        sa.select(_enrolment.c.person_id, _tier, newest_words(_enrolment.c.edition_id), _done_by(on)).where(begun)
    ).all()
    plans: dict[int, Plan] = {}
    found: dict[Key, tuple[int, int]] = {}
    for person_id, tier, revision_id, done in rows:
        required, modules = plans.get(revision_id) or plans.setdefault(revision_id, _plan(session, revision_id))
        reached = frozenset(done.split(",")) if done else frozenset()
        found[person_id, tier] = (sum(one <= reached for one in required), modules)
    return found


def _plan(session: ReadSession, revision_id: int) -> Plan:
    view = course_view(session, revision_id)
    required = tuple(frozenset(str(a.id) for a in m.activities if a.required) for m in view.open_modules)
    return required, len(view.modules)


def _done_by(on: date) -> sa.ScalarSelect[str]:
    """The ids of the activities that count for an enrolment by a day, in one column: a row for each costs far more."""
    return (
        sa.select(sa.func.aggregate_strings(sa.cast(_outcome.c.activity_id, sa.String), ","))
        .select_from(_outcome.join(_activity, _activity.c.id == _outcome.c.activity_id))
        .where(COUNTS, _activity.c.course_id == _enrolment.c.course_id, _outcome.c.occurred_on <= on)
        .correlate(_enrolment)
        .scalar_subquery()
    )
