"""Many people are put on a course at once because a rule asks for its level, and taken off it before they begin."""

from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.curriculum.views import CourseView
from app.kernel.audit import AuditEvent
from app.kernel.bulk import new_ids, write_many
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, WriteSession, table
from app.learning.commands.completion import apply_completion
from app.learning.models import Enrolment
from app.learning.queries import done_in, open_enrolment
from app.learning.rules import EnrolmentSource, is_complete

_enrolment = table(Enrolment)
_ENROLMENT = (
    "id", "person_id", "course_id", "edition_id", "episode", "source", "counts_from", "enrolled_at",
)  # fmt: skip
_EVENT = ("at", "actor_id", "action", "entity", "entity_id", "subject_id", "fields")
_PLACED, _CLOSED = "course_id,edition_id,episode,source", "closed_at"


def enrol_by_rule(
    session: WriteSession, actor: Actor, course: CourseView, people: Collection[int], now: datetime
) -> None:
    """Put these people on a course in the edition of these words, one audit event each.

    Whoever calls holds them still, and has seen that none is on it. Whoever completed it begins a new episode, which
    counts from today on; outcomes from before any episode count, so that somebody may complete it at once.
    """
    before, today = _before(session, course.course_id, people), london_date(now)
    ids = dict(zip(sorted(people), new_ids(session, Enrolment, len(people)), strict=True))
    on, source = (course.course_id, course.edition_id), EnrolmentSource.RULE
    places = [
        (at, person_id, *on, episode + 1, source, counts_from, now)
        for person_id, at in ids.items()
        for episode, counts_from in (_next(before.get(person_id), today),)
    ]
    write_many(session, Enrolment, _ENROLMENT, places)
    events = [(now, actor.person_id, "enrol", "enrolment", at, who, _PLACED) for who, at in ids.items()]
    write_many(session, AuditEvent, _EVENT, events)
    _complete_from_before(session, actor, course, ids, now)


def take_off(session: WriteSession, actor: Actor, enrolment_ids: Collection[int], now: datetime) -> None:
    """Close the places among these that nobody has begun, one audit event each."""
    closed = session.execute(
        sa.update(_enrolment)
        .where(_enrolment.c.id.in_(enrolment_ids), _enrolment.c.closed_at.is_(None), _enrolment.c.started_at.is_(None))
        .values(closed_at=now)
        .returning(_enrolment.c.id, _enrolment.c.person_id)
    ).all()
    events = [(now, actor.person_id, "take off course", "enrolment", at, who, _CLOSED) for at, who in sorted(closed)]
    write_many(session, AuditEvent, _EVENT, events)


Before = tuple[int, date | None, datetime | None]
"""The last episode: its number, from when outcomes count for it, and when it was completed."""


def _before(session: ReadSession, course_id: int, people: Collection[int]) -> dict[int, Before]:
    e = _enrolment.c
    rows = session.execute(
        sa.select(e.person_id, e.episode, e.counts_from, e.completed_at)
        .where(e.course_id == course_id, e.person_id.in_(people))
        .order_by(e.person_id, e.episode)
    )
    return {person_id: (episode, counts_from, at) for person_id, episode, counts_from, at in rows}


def _next(before: Before | None, today: date) -> tuple[int, date | None]:
    """The episode to count on from, and from when outcomes count."""
    if before is None:
        return 0, None
    episode, counts_from, completed_at = before
    return episode, today if completed_at else counts_from


def _complete_from_before(
    session: WriteSession, actor: Actor, course: CourseView, ids: dict[int, int], now: datetime
) -> None:
    session.flush()
    if not course.can_be_completed:
        return
    finished = done_in(session, list(ids.values()))
    for person_id, enrolment_id in ids.items():
        if is_complete(course.completion, finished[enrolment_id]):
            row = open_enrolment(session, person_id, course.course_id)
            assert row is not None
            apply_completion(session, actor, row, now)
