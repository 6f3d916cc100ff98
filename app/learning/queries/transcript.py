"""What a person did in a period: the rows behind an appraisal."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.curriculum.models import Activity, Course, Edition
from app.curriculum.queries.memory import course_views
from app.curriculum.rules import ActivityKind
from app.curriculum.views import CourseView
from app.kernel.db import ReadSession, table
from app.learning.models import Enrolment, Outcome
from app.learning.queries.enrolments import COUNTS, newest_words
from app.learning.rules import OutcomeSource

_outcome, _enrolment = table(Outcome), table(Enrolment)
_activity, _course, _edition = table(Activity), table(Course), table(Edition)


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One activity done on one day. `participatory_minutes` are part of `minutes`, told apart for revalidation."""

    outcome_id: int
    occurred_on: date
    course_id: int
    course_title: str
    course_public_title: str
    tier: str
    edition_number: int
    module_title: str
    activity: str
    activity_title: str
    kind: ActivityKind
    source: OutcomeSource
    minutes: int
    participatory_minutes: int


# The edition under which it was done: that of the last episode for which it counts, else the newest.
_UNDER = (
    sa.select(_enrolment.c.edition_id)
    .where(COUNTS, _enrolment.c.course_id == _activity.c.course_id)
    .order_by(_enrolment.c.episode.desc())
    .limit(1)
    .correlate(_outcome, _activity)
    .scalar_subquery()
)
_NEWEST = (
    sa.select(sa.func.max(_edition.c.id))
    .where(_edition.c.course_id == _activity.c.course_id)
    .correlate(_activity)
    .scalar_subquery()
)
_ROWS = (
    sa.select(
        _outcome.c.id,
        _outcome.c.occurred_on,
        _outcome.c.source,
        _outcome.c.minutes,
        _outcome.c.participatory_minutes,
        _activity.c.key,
        _activity.c.kind,
        _course.c.id.label("course_id"),
        _course.c.tier,
        newest_words(sa.func.coalesce(_UNDER, _NEWEST)).label("revision_id"),
    )
    .select_from(_outcome)
    .join(_activity, _activity.c.id == _outcome.c.activity_id)
    .join(_course, _course.c.id == _activity.c.course_id)
    .order_by(_outcome.c.occurred_on, _outcome.c.id)
)


def transcript(session: ReadSession, person_id: int, since: date, until: date) -> list[OutcomeRow]:
    """What a person did from `since` to `until`, both included, in order. One statement."""
    rows = session.execute(
        _ROWS.where(_outcome.c.person_id == person_id, _outcome.c.occurred_on.between(since, until))
    ).all()
    wanted = sorted({row.revision_id for row in rows})
    views = dict(zip(wanted, course_views(session, wanted), strict=True))
    return [_row(row, views[row.revision_id]) for row in rows]


def _row(row: sa.Row[tuple[object, ...]], view: CourseView) -> OutcomeRow:
    activity = view.activity(row.key)
    module = view.module(activity.module) if activity else None
    return OutcomeRow(
        outcome_id=row.id,
        occurred_on=row.occurred_on,
        course_id=row.course_id,
        course_title=view.title,
        course_public_title=view.public_title,
        tier=row.tier,
        edition_number=view.edition_number,
        module_title=module.title if module else "",
        activity=row.key,
        activity_title=activity.title if activity else row.key,
        kind=row.kind,
        source=row.source,
        minutes=row.minutes,
        participatory_minutes=row.participatory_minutes,
    )
