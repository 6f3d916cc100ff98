"""What is aimed at and what teams gave for it: targets in force, and hours to learn promised and given."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

import sqlalchemy as sa

from app.curriculum.models import Activity, Course
from app.curriculum.rules import Audience
from app.kernel.clock import LONDON
from app.kernel.db import ReadSession, table
from app.learning.models import Outcome
from app.organisation.models import Employment, Team
from app.organisation.queries import open_on
from app.oversight.queries.reach import within
from app.oversight.queries.trained import Window
from app.planning.models import Release, Target
from app.planning.rules import ReleaseState, financial_year, people_wanted

_target, _release, _team, _employment = table(Target), table(Release), table(Team), table(Employment)
_outcome, _activity, _course = table(Outcome), table(Activity), table(Course)


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, time.max, LONDON)


def wanted(session: ReadSession, on: date, people: Mapping[int, int]) -> dict[tuple[int, str], int]:
    """How many should hold each level in each directorate by the end of the financial year: of all its staff.

    A target for one staff group alone says nothing about all who hold the level, and stands in the plan.
    """
    t, at = _target.c, end_of(on)
    rows = session.execute(
        sa.select(t.directorate_id, t.tier, t.kind, t.value).where(
            t.year == financial_year(on),
            t.staff_group == "",
            t.set_at <= at,
            sa.or_(t.superseded_at.is_(None), t.superseded_at > at),
        )
    )
    return {(place, level): people_wanted(kind, value, people.get(place, 0)) for place, level, kind, value in rows}


def promised(
    session: ReadSession, months: Sequence[date], as_at: date, directorate_id: int
) -> Counter[tuple[int, date]]:
    """Minutes in each month that managers had confirmed by the day, by directorate."""
    r, at = _release.c, end_of(as_at)
    rows = session.execute(
        sa.select(_team.c.directorate_id, r.month, sa.func.sum(r.minutes))
        .join(_team, _team.c.id == r.team_id)
        .where(
            r.month.in_(months),
            r.state == ReleaseState.CONFIRMED,
            r.asked_at <= at,
            sa.or_(r.superseded_at.is_(None), r.superseded_at > at),
            within(directorate_id),
        )
        .group_by(_team.c.directorate_id, r.month)
    )
    return Counter({(place, month): int(minutes) for place, month, minutes in rows})


def given(session: ReadSession, window: Window, directorate_id: int) -> Counter[tuple[int, date]]:
    """Minutes of what people learnt in each month, where their main post then was, by directorate."""
    on = _outcome.c.occurred_on
    month = sa.extract("year", on) * 12 + sa.extract("month", on) - 1
    # Few courses are not for staff: to leave them out costs half of asking each outcome for its course.
    others = (
        sa.select(_activity.c.id)
        .join(_course, _course.c.id == _activity.c.course_id)
        .where(_course.c.audience != Audience.STAFF)
    )
    rows = session.execute(
        sa.select(_team.c.directorate_id, month.label("month"), sa.func.sum(_outcome.c.minutes))
        .select_from(
            _outcome.join(_employment, _employment.c.person_id == _outcome.c.person_id).join(
                _team, _team.c.id == _employment.c.team_id
            )
        )
        .where(
            _outcome.c.activity_id.not_in(others),
            on >= window.first,
            on < window.end,
            _employment.c.is_primary,
            open_on(_employment, on),
            within(directorate_id),
        )
        .group_by(_team.c.directorate_id, "month")
    )
    return Counter(
        {(place, date(int(number) // 12, int(number) % 12 + 1, 1)): int(total) for place, number, total in rows}
    )
