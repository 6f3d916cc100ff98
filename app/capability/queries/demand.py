"""What places are planned for: by directorate and level, who has not started, and who is on the plan."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.board import Which, kinds_of
from app.capability.models import LevelRequest, Requirement
from app.capability.queries.standings import AsAt, matrix_tiers, on_plan, standings
from app.capability.rules import Need
from app.curriculum.models import Course
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.learning.models import Award, AwardEvent, Enrolment
from app.learning.rules import AwardEventKind
from app.organisation.models import Directorate, Employment, Person, Team
from app.organisation.queries import people_condition, was_away

_requirement, _request, _person = table(Requirement), table(LevelRequest), table(Person)
_employment, _team, _directorate = table(Employment), table(Team), table(Directorate)
_award, _event, _enrolment, _course = table(Award), table(AwardEvent), table(Enrolment), table(Course)


@dataclass(frozen=True, slots=True)
class Demand:
    """`waiting` are required and not started, as the grid counts them; `planned` are on the plan."""

    directorate_id: int
    directorate: str
    tier: str
    waiting: int
    planned: int

    @property
    def people(self) -> int:
        """Nobody is both: a request is off the plan once somebody decides about the level."""
        return self.waiting + self.planned


def demand(session: ReadSession, actor: Actor, now: datetime) -> tuple[Demand, ...]:
    """By directorate and level, within the actor's reach today; nothing where nobody waits. Ten statements."""
    shown = {t.slug: i for i, t in enumerate(matrix_tiers(session))}
    waiting = _plain(session, actor, now) + _moved_by_leave(session, actor, now)
    planned = _planned(session, actor, now)
    keys = sorted(waiting.keys() | planned.keys(), key=lambda k: (k[1], shown.get(k[2], -1)))
    return tuple(Demand(*key, waiting[key], planned[key]) for key in keys if key[2] in shown)


Key = tuple[int, str, str]
_POSTS = (
    _employment.join(_team, _team.c.id == _employment.c.team_id)
    .join(_directorate, _directorate.c.id == _team.c.directorate_id)
    .join(_person, _person.c.id == _employment.c.person_id)
)


def _plain(session: ReadSession, actor: Actor, now: datetime) -> Counter[Key]:
    """Of people who never had long leave: nothing of theirs can have moved, so the database counts them."""
    today, r = london_date(now), _requirement.c
    mine = sa.and_(_award.c.person_id == r.person_id, _award.c.tier == r.tier)
    latest = (
        sa.select(_event.c.id)
        .join(_award, _award.c.id == _event.c.award_id)
        .where(mine, _event.c.kind != AwardEventKind.APPLIED, _event.c.occurred_on <= today)
        .order_by(_event.c.occurred_on.desc(), _event.c.id.desc())
        .limit(1)
        .correlate(_requirement)
        .scalar_subquery()
    )
    valid = sa.or_(_event.c.valid_until.is_(None), _event.c.valid_until >= today)
    holds = sa.exists().where(_event.c.id == latest, _event.c.kind != AwardEventKind.WITHDRAWN, valid)
    learning = sa.exists().where(
        _enrolment.c.person_id == r.person_id,
        _course.c.id == _enrolment.c.course_id,
        _course.c.tier == r.tier,
        _enrolment.c.started_at <= now,
        _enrolment.c.closed_at.is_(None),
    )
    rows = session.execute(
        sa.select(_directorate.c.id, _directorate.c.name, r.tier, sa.func.count())
        .select_from(_POSTS.join(_requirement, r.person_id == _person.c.id))
        .where(people_condition(actor, Permission.SEE_CAPABILITY, today), _required(), ~holds, ~learning)
        .where(~was_away(_person.c.id, today))
        .group_by(_directorate.c.id, _directorate.c.name, r.tier)
    )
    return Counter({(row[0], row[1], row[2]): row[3] for row in rows})


def _moved_by_leave(session: ReadSession, actor: Actor, now: datetime) -> Counter[Key]:
    """Of people who had long leave, who are few: counted as the grid counts them."""
    today = london_date(now)
    here = (
        sa.select(_person.c.id, _directorate.c.id, _directorate.c.name)
        .select_from(_POSTS)
        .where(people_condition(actor, Permission.SEE_CAPABILITY, today), was_away(_person.c.id, today))
    )
    tiers = matrix_tiers(session)
    known = standings(session, here.with_only_columns(_person.c.id), AsAt.of(today, now), tiers)
    found: Counter[Key] = Counter()
    for person_id, directorate_id, name in session.execute(here):
        for tier, standing in zip(tiers, known.of(person_id), strict=True):
            if Which.NOT_STARTED in kinds_of(standing, today):
                found[directorate_id, name, tier.slug] += 1
    return found


def _required() -> sa.ColumnElement[bool]:
    return sa.and_(_requirement.c.superseded_at.is_(None), _requirement.c.need == Need.REQUIRED)


def _planned(session: ReadSession, actor: Actor, now: datetime) -> Counter[Key]:
    rows = session.execute(
        sa.select(_directorate.c.id, _directorate.c.name, _request.c.tier, sa.func.count(sa.distinct(_person.c.id)))
        .select_from(_POSTS.join(_request, _request.c.person_id == _person.c.id))
        .where(people_condition(actor, Permission.SEE_CAPABILITY, london_date(now)), on_plan())
        .group_by(_directorate.c.id, _directorate.c.name, _request.c.tier)
    )
    return Counter({(row[0], row[1], row[2]): row[3] for row in rows})
