"""Hours to learn by month: asked of teams, promised by them, and given. For charts over a part of the trust."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from app.access.actor import Reach
from app.curriculum.models import Activity, Course
from app.curriculum.rules import Audience
from app.kernel.db import ReadSession, table
from app.learning.models import Outcome
from app.learning.rules import add_months
from app.organisation.models import Employment, Team
from app.organisation.queries import open_on, teams_within
from app.planning.models import Release
from app.planning.rules import ReleaseState

_release, _team, _employment = table(Release), table(Team), table(Employment)
_outcome, _activity, _course = table(Outcome), table(Activity), table(Course)

Hours = dict[date, float]
"""By the first day of each month that was asked for; a month without any is 0."""


def hours_asked(session: ReadSession, reach: Reach, months: Collection[date]) -> Hours:
    """What needs ask the teams in reach to give in these months, whatever was answered."""
    return _released(session, reach, months, sa.true())


def hours_promised(session: ReadSession, reach: Reach, months: Collection[date]) -> Hours:
    """Of this, what their managers confirmed."""
    return _released(session, reach, months, _release.c.state == ReleaseState.CONFIRMED)


def hours_given(session: ReadSession, reach: Reach, months: Collection[date]) -> Hours:
    """The minutes of what people in these teams learnt in each month, where their main post then was, in hours."""
    if not months:
        return {}
    first, end = min(months), add_months(max(months), 1)
    month = sa.extract("year", _outcome.c.occurred_on) * 12 + sa.extract("month", _outcome.c.occurred_on) - 1
    rows = session.execute(
        sa.select(month.label("month"), sa.func.sum(_outcome.c.minutes))
        .select_from(
            _outcome.join(_activity, _activity.c.id == _outcome.c.activity_id)
            .join(_course, _course.c.id == _activity.c.course_id)
            .join(_employment, _employment.c.person_id == _outcome.c.person_id)
            .join(_team, _team.c.id == _employment.c.team_id)
        )
        .where(
            _course.c.audience == Audience.STAFF,
            _outcome.c.occurred_on >= first,
            _outcome.c.occurred_on < end,
            _employment.c.is_primary,
            open_on(_employment, _outcome.c.occurred_on),
            teams_within(reach),
        )
        .group_by("month")
    )
    minutes = {date(int(number) // 12, int(number) % 12 + 1, 1): total for number, total in rows}
    return {one: minutes.get(one, 0) / 60 for one in months}


def _released(session: ReadSession, reach: Reach, months: Collection[date], state: sa.ColumnElement[bool]) -> Hours:
    rows = session.execute(
        sa.select(_release.c.month, sa.func.sum(_release.c.minutes))
        .join(_team, _team.c.id == _release.c.team_id)
        .where(_release.c.superseded_at.is_(None), _release.c.month.in_(months), state, teams_within(reach))
        .group_by(_release.c.month)
    )
    minutes = {one: total for one, total in rows}  # noqa: C416  rows are no pairs
    return {one: minutes.get(one, 0) / 60 for one in months}
