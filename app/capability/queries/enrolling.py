"""Whom rules put on courses, and whom they take off: everything that this needs of some people, in six statements."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from app.capability.enrolling import NOTHING_ASKED, RULE_ASKS, Asked, Move, Taken, move
from app.capability.models import Requirement
from app.capability.need_rules import Effect
from app.capability.queries.begun import People
from app.capability.queries.standings import matrix_tiers
from app.capability.rules import Need, NeedSource
from app.curriculum.models import Activity
from app.curriculum.queries import all_courses
from app.curriculum.rules import Audience
from app.curriculum.views import CourseView
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.learning.models import Award, Enrolment, Outcome
from app.learning.queries import Holding, holdings
from app.learning.rules import EnrolmentSource
from app.organisation.queries import leaves_of
from app.organisation.rules import away_on

_requirement, _award, _enrolment = table(Requirement), table(Award), table(Enrolment)
_outcome, _activity = table(Outcome), table(Activity)

Key = tuple[int, str]


class Placing(NamedTuple):
    """Somebody is put on the course of a level, or taken off it. `enrolment_id` is the place that ends, else 0."""

    person_id: int
    tier: str
    move: Move
    enrolment_id: int


class Known(NamedTuple):
    """The last place in a course, and the day of its completion."""

    taken: Taken
    completed_on: date | None


def begun_alone(session: ReadSession) -> dict[str, CourseView]:
    """Level → its course in its newest edition, where people begin it by themselves and a part of it is open."""
    alone = {t.slug for t in matrix_tiers(session) if t.path.alone}
    if not alone:
        return {}
    courses = reversed(all_courses(session, Audience.STAFF))
    return {c.tier: c for c in courses if c.tier in alone and c.awards == c.tier and c.open_modules}


def asked_after(effects: Collection[Effect]) -> dict[Key, Asked]:
    """What is asked of whom once these changes are made, for the levels that they change."""
    return {(e.person_id, e.tier): RULE_ASKS if e.rule is not None else NOTHING_ASKED for e in effects}


def placing(
    session: ReadSession, people: People, today: date, after: Mapping[Key, Asked] | None = None
) -> list[Placing]:
    """Who of these is put on which course or taken off it, by person and level; with `after`, as if that were so."""
    courses = begun_alone(session)
    if not courses:
        return []
    known = _known(session, people, courses)
    asked = _asked(session, people, courses) if after is None else {k: a for k, a in after.items() if k[1] in courses}
    waiting = {k for k, a in asked.items() if a.by_rule} | {k for k, found in known.items() if _given(found.taken)}
    concerned = sorted(waiting & asked.keys() if after is not None else waiting)
    if not concerned:
        return []
    leaves = leaves_of(session, people, today)
    away = {person_id for person_id, spells in leaves.items() if away_on(spells, today)}
    awarded = sa.select(_award.c.person_id).where(_award.c.person_id.in_(people), _award.c.tier.in_(courses))
    levels = holdings(session, awarded, today, leaves)
    found = []
    for key in concerned:
        person_id, tier = key
        place, level = known.get(key), levels.get(person_id, {}).get(tier)
        what = move(
            place.taken if place else None,
            asked.get(key, NOTHING_ASKED),
            held=level is not None and not level.withdrawn and not level.lapsed(today),
            lapsed=_is_over(level, today) and place is not None and _was_before(place.completed_on, today),
            away=person_id in away,
        )
        if what is not None:
            found.append(Placing(person_id, tier, what, place.taken.enrolment_id if place and what is Move.OFF else 0))
    return found


def _given(taken: Taken) -> bool:
    return taken.is_open and not taken.begun and taken.source is EnrolmentSource.RULE


def _is_over(level: Holding | None, today: date) -> bool:
    return level is not None and (level.withdrawn or level.lapsed(today))


def _was_before(completed_on: date | None, today: date) -> bool:
    return completed_on is None or completed_on < today


def _asked(session: ReadSession, people: People, tiers: Collection[str]) -> dict[Key, Asked]:
    r = _requirement.c
    rows = session.execute(
        sa.select(r.person_id, r.tier, r.need, r.source).where(
            r.person_id.in_(people),
            r.superseded_at.is_(None),
            r.tier.in_(tiers),
            r.need.in_((Need.REQUIRED, Need.PAUSED)),
        )
    )
    return {
        (person_id, tier): Asked(by_rule=need is Need.REQUIRED and source is NeedSource.RULE, at_all=True)
        for person_id, tier, need, source in rows
    }


def _known(session: ReadSession, people: People, courses: Mapping[str, CourseView]) -> dict[Key, Known]:
    """The last episode of each course. Whoever did a part of it, wherever, has begun a place that a rule gave."""
    tier_of, e = {c.course_id: tier for tier, c in courses.items()}, _enrolment.c
    waits = sa.and_(e.source == EnrolmentSource.RULE, e.closed_at.is_(None), e.started_at.is_(None))
    did = (
        sa.exists()
        .where(
            _outcome.c.person_id == e.person_id,
            _activity.c.id == _outcome.c.activity_id,
            _activity.c.course_id == e.course_id,
            sa.or_(e.counts_from.is_(None), _outcome.c.occurred_on >= e.counts_from),
        )
        .correlate(_enrolment)
    )
    rows = session.execute(
        sa.select(
            e.person_id, e.course_id, e.id, e.source, e.closed_at, e.started_at, e.completed_at, sa.and_(waits, did)
        )
        .where(e.person_id.in_(people), e.course_id.in_(tier_of))
        .order_by(e.person_id, e.course_id, e.episode)
    )
    return {
        (person_id, tier_of[course_id]): Known(
            Taken(at, source, closed is None, started is not None or did_it, completed is not None),
            london_date(completed) if completed else None,
        )
        for person_id, course_id, at, source, closed, started, completed, did_it in rows
    }
