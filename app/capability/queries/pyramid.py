"""Every level that there is, the courses that teach it, and where whoever looks stands with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.capability.queries.standings import AsAt, standings
from app.capability.rules import Standing
from app.curriculum.queries import all_courses, tiers
from app.curriculum.rules import Audience
from app.curriculum.views import CourseView, TierView
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.learning.queries import OnCourse, courses_for
from app.organisation.models import Person

_person = table(Person)
TAUGHT_TO = (Audience.STAFF, Audience.PARTNER)


@dataclass(frozen=True, slots=True)
class Way:
    """A level with its courses. `standing` is of a member of staff, `taken` is a partner's own course."""

    tier: TierView
    courses: tuple[CourseView, ...]
    standing: Standing | None
    taken: OnCourse | None


def pyramid(session: ReadSession, visitor: Actor | None, now: datetime) -> list[Way]:
    """Every level for staff and partners, in their order; none of those for authors."""
    found = [tier for tier in tiers(session) if tier.audience in TAUGHT_TO]
    taught = [course for audience in TAUGHT_TO for course in all_courses(session, audience)]
    standing = _standing(session, visitor, found, now)
    taken = _taken(session, visitor)
    return [
        Way(
            tier,
            tuple(course for course in taught if course.tier == tier.slug),
            standing.get(tier.slug),
            taken.get(tier.slug),
        )
        for tier in found
    ]


def _standing(
    session: ReadSession, visitor: Actor | None, found: list[TierView], now: datetime
) -> Mapping[str, Standing]:
    if visitor is None or visitor.kind is not PersonKind.STAFF:
        return {}
    own = tuple(tier for tier in found if tier.audience is Audience.STAFF)
    person = sa.select(_person.c.id).where(_person.c.id == visitor.person_id)
    known = standings(session, person, AsAt.of(london_date(now), now), own)
    return {tier.slug: one for tier, one in zip(own, known.of(visitor.person_id), strict=True)}


def _taken(session: ReadSession, visitor: Actor | None) -> Mapping[str, OnCourse]:
    if visitor is None or visitor.kind is not PersonKind.PARTNER:
        return {}
    return {course.view.tier: course for course in courses_for(session, visitor)}
