"""What happened in the months before this one, directorate by directorate: the past that a forecast rests on."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import PersonKind
from app.capability.rules import months_before
from app.curriculum.models import Course
from app.kernel.clock import LONDON, london_date
from app.kernel.db import ReadSession, table
from app.learning.models import Award, AwardEvent, Enrolment
from app.learning.rules import AwardEventKind, EnrolmentSource, add_months
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import open_on
from app.planning.forecast.rates import MONTHS_BACK, Begun

_person, _employment, _team = table(Person), table(Employment), table(Team)
_award, _event = table(Award), table(AwardEvent)
_enrolment, _course = table(Enrolment), table(Course)
_beside, _its_team = _employment.alias("beside"), _team.alias("its_team")

LONG_ENOUGH = 9
"""Months after which who began a course has completed it or does not."""


@dataclass(slots=True)
class Flow:
    """A directorate's months, by how many before this one (1 is last month): who joined, left and was granted a level.

    `brought`: of those who joined, with the level. Movers from and to another directorate count in both.
    """

    joined: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    left: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    granted: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    brought: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """So many whole months are known; none before people's records were made here."""

    months: int
    flows: dict[int, Flow]
    begun: Begun

    def of(self, directorate_id: int) -> Flow:
        return self.flows.get(directorate_id, Flow())


def history(session: ReadSession, tier: str, today: date, group: str = "") -> History:
    """Up to MONTHS_BACK whole months of one level, of everybody or of one staff group. Five statements."""
    months = _known(session, today)
    flows: dict[int, Flow] = defaultdict(Flow)
    if months:
        first, this = months_before(today, months)[0], today.replace(day=1)
        for directorate_id, month, count, brought in _joined(session, tier, first, this, group):
            flows[directorate_id].joined[month] += count
            flows[directorate_id].brought += brought
        for directorate_id, month, count in _left(session, first, this, group):
            flows[directorate_id].left[month] += count
        for directorate_id, month, count in _granted(session, tier, first, this, group):
            flows[directorate_id].granted[month] += count
    return History(months, dict(flows), _begun(session, tier, today))


def _known(session: ReadSession, today: date) -> int:
    made: datetime | None = session.scalar(
        sa.select(sa.func.min(_person.c.made_at)).where(_person.c.kind == PersonKind.STAFF)
    )
    if made is None:
        return 0
    since = london_date(made)
    whole = (today.year - since.year) * 12 + today.month - since.month - (since.day > 1)
    return max(0, min(whole, MONTHS_BACK))


def _rows(
    session: ReadSession, day: sa.ColumnElement[date], this: date, statement: sa.Select[Any], *counts: Any
) -> list[tuple[Any, ...]]:
    """Directorate, months before this one, counts."""
    year, month = sa.extract("year", day), sa.extract("month", day)
    wanted = statement.with_only_columns(_team.c.directorate_id, year, month, *counts).group_by(
        _team.c.directorate_id, year, month
    )
    return [
        (directorate_id, (this.year - int(in_year)) * 12 + this.month - int(in_month), *(int(n or 0) for n in numbers))
        for directorate_id, in_year, in_month, *numbers in session.execute(wanted)
    ]


def _posts(group: str) -> sa.Select[Any]:
    posts = (
        sa.select(_employment.c.id)
        .join(_person, _person.c.id == _employment.c.person_id)
        .join(_team, _team.c.id == _employment.c.team_id)
        .where(_employment.c.is_primary, _person.c.kind == PersonKind.STAFF)
    )
    return posts.where(_employment.c.staff_group == group) if group else posts


def _stayed(on: sa.ColumnElement[bool], group: str) -> sa.ColumnElement[bool]:
    """Whether the person had another main post in the same directorate next to this one: a move within it."""
    same = sa.true() if not group else _beside.c.staff_group == group
    return (
        sa.exists()
        .where(
            _beside.c.person_id == _employment.c.person_id,
            _beside.c.is_primary,
            on,
            same,
            _its_team.c.id == _beside.c.team_id,
            _its_team.c.directorate_id == _team.c.directorate_id,
        )
        .correlate(_employment, _team)
    )


def _joined(session: ReadSession, tier: str, first: date, this: date, group: str) -> list[tuple[Any, ...]]:
    day = _employment.c.starts_on
    held = (
        sa.exists()
        .where(
            _award.c.person_id == _employment.c.person_id,
            _award.c.tier == tier,
            _event.c.award_id == _award.c.id,
            _event.c.kind.in_([AwardEventKind.GRANTED, AwardEventKind.REFRESHED]),
            _event.c.occurred_on < day,
            sa.or_(_event.c.valid_until.is_(None), _event.c.valid_until >= day),
        )
        .correlate(_employment)
    )
    new = _posts(group).where(day >= first, day < this, ~_stayed(_beside.c.ends_on == day, group))
    return _rows(session, day, this, new, sa.func.count(), sa.func.sum(sa.case((held, 1), else_=0)))


def _left(session: ReadSession, first: date, this: date, group: str) -> list[tuple[Any, ...]]:
    day = _employment.c.ends_on
    gone = _posts(group).where(day >= first, day < this, ~_stayed(_beside.c.starts_on == day, group))
    return _rows(session, day, this, gone, sa.func.count())


def _granted(session: ReadSession, tier: str, first: date, this: date, group: str) -> list[tuple[Any, ...]]:
    """Where they then worked."""
    day = _event.c.occurred_on
    granted = (
        _posts(group)
        .join(_award, _award.c.person_id == _employment.c.person_id)
        .join(_event, _event.c.award_id == _award.c.id)
        .where(
            _award.c.tier == tier,
            _event.c.kind == AwardEventKind.GRANTED,
            day >= first,
            day < this,
            open_on(_employment, day),
        )
    )
    return _rows(session, day, this, granted, sa.func.count())


def _begun(session: ReadSession, tier: str, today: date) -> Begun:
    """Who began a course of the level here long enough ago, and how many of them completed it."""

    def midnight(months: int) -> datetime:
        day = add_months(today, -months)
        return datetime(day.year, day.month, day.day, tzinfo=LONDON)

    completed = sa.func.sum(sa.case((_enrolment.c.completed_at.is_not(None), 1), else_=0))
    began, done = session.execute(
        sa.select(sa.func.count(), completed)
        .select_from(_enrolment)
        .join(_course, _course.c.id == _enrolment.c.course_id)
        .where(
            _course.c.tier == tier,
            _enrolment.c.started_at >= midnight(MONTHS_BACK),
            _enrolment.c.started_at < midnight(LONG_ENOUGH),
            _enrolment.c.source != EnrolmentSource.IMPORTED,
        )
    ).one()
    return Begun(began, int(done or 0))
