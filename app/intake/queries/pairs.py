"""Two records side by side: what each holds, and what stands in the way of merging them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.queries import GrantRow, account_of, grants_of
from app.curriculum.queries import course_view, tiers
from app.intake.queries.doubles import records
from app.intake.queries.obstacles import judged_two, obstacles, staff_named, whole_trust
from app.intake.rules.doubles import Record
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.learning.models import Note
from app.learning.queries import enrolments_of, holdings

_note = table(Note)


@dataclass(frozen=True, slots=True)
class CoursePlace:
    """A place on a course. `completed_on` is None while it is open, or where another went on in its stead."""

    course_id: int
    title: str
    completed_on: date | None
    is_open: bool
    used: bool


@dataclass(frozen=True, slots=True)
class Side:
    """What one record holds. `grants` is None for whoever may not see roles. No note's words are here."""

    record: Record
    email: str | None
    courses: tuple[CoursePlace, ...]
    levels: tuple[tuple[str, date], ...]
    has_account: bool
    last_seen_at: datetime | None
    grants: tuple[GrantRow, ...] | None
    noted: frozenset[int]


@dataclass(frozen=True, slots=True)
class SideBySide:
    one: Side
    other: Side
    obstacles: tuple[str, ...]
    judged_two: bool

    def side(self, person_id: int) -> Side:
        return self.one if self.one.record.person_id == person_id else self.other


def side_by_side(session: ReadSession, actor: Actor, one_id: int, other_id: int, now: datetime) -> SideBySide:
    """Raises NotFoundError for part of a trust, and for anybody who is no member of staff."""
    whole_trust(actor)
    people = staff_named(session, (one_id, other_id))
    found = records(session, (one_id, other_id))
    sides = [_side(session, actor, found[i], people[i].email, now) for i in (one_id, other_id)]
    why = obstacles(session, actor, people[one_id], people[other_id])
    return SideBySide(sides[0], sides[1], tuple(why), judged_two(session, one_id, other_id))


def _side(session: ReadSession, actor: Actor, record: Record, email: str | None, now: datetime) -> Side:
    person_id = record.person_id
    titles = {tier.slug: tier.title for tier in tiers(session)}
    held = holdings(session, [person_id], london_date(now)).get(person_id, {})
    account = account_of(session, person_id, now)
    gives = actor.may(Permission.GRANT_ROLES)
    return Side(
        record=record,
        email=email,
        courses=tuple(_places(session, person_id)),
        levels=tuple((titles[tier], h.granted_on) for tier, h in held.items() if not h.withdrawn),
        has_account=account is not None,
        last_seen_at=account.last_seen_at if account else None,
        grants=tuple(grants_of(session, person_id)) if gives else None,
        noted=frozenset(session.scalars(sa.select(_note.c.activity_id).where(_note.c.person_id == person_id))),
    )


def _places(session: ReadSession, person_id: int) -> list[CoursePlace]:
    return [
        CoursePlace(
            course_id=row.course_id,
            title=course_view(session, row.revision_id).title,
            completed_on=london_date(row.completed_at) if row.completed_at else None,
            is_open=row.is_open,
            used=row.started_at is not None,
        )
        for row in enrolments_of(session, person_id)
    ]


def in_both(one: Side, other: Side) -> list[str]:
    """The courses on which both records have a place."""
    of: dict[int, set[int]] = defaultdict(set)
    titles: dict[int, str] = {}
    for side in (one, other):
        for place in side.courses:
            of[place.course_id].add(side.record.person_id)
            titles[place.course_id] = place.title
    return [titles[course_id] for course_id, people in of.items() if len(people) > 1]
