"""Grant a person more time or tries, and end that again. A granted adjustment is never changed."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.assessment import queries, rules
from app.assessment.models import Adjustment, Attempt
from app.assessment.rules import Leeway
from app.curriculum.queries import course_view
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotAllowedError, NotFoundError, RuleBrokenError
from app.learning.commands.reach import one_at_a_time
from app.learning.models import Enrolment
from app.organisation.queries import person_record

_adjustment, _attempt, _enrolment = table(Adjustment), table(Attempt), table(Enrolment)

OWN = "Nobody decides about their own adjustments. Ask another QI team administrator."
FIELDS = ("leeway", "arrangement", "reason", "starts_on", "ends_on")
"""What the audit log names, always all of it: which of them were filled in would say what somebody needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantAdjustment:
    """Over [starts_on, ends_on). `arrangement` is anything else that was agreed, in words."""

    person_id: int
    leeway: Leeway
    arrangement: str
    reason: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAdjustment:
    adjustment_id: int


def grant_adjustment(session: WriteSession, actor: Actor, command: GrantAdjustment, now: datetime) -> Adjustment:
    """What a person has from a day on, and at once in an attempt that is running.

    Nobody grants one to themselves: time and tries make it easier to pass, passing grants levels and certificates,
    and a need is believed because somebody else has looked at it. Raises NotFoundError for somebody out of reach,
    NotAllowedError for oneself, BadInputError by field.
    """
    person_record(session, actor, Permission.ADJUST, command.person_id, london_date(now))
    if command.person_id == actor.person_id:
        raise NotAllowedError(OWN)
    _check(command, london_date(now))
    one_at_a_time(session, command.person_id)
    granted = Adjustment(
        person_id=command.person_id,
        extra_time_percent=command.leeway.percent,
        no_time_limit=command.leeway.no_limit,
        extra_tries=command.leeway.tries,
        arrangement=command.arrangement,
        reason=command.reason,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        granted_by_id=actor.person_id,
        granted_at=now,
    )
    session.add(granted)
    session.flush()
    _record(session, actor, "grant adjustment", granted, now, FIELDS)
    _give_running_attempts_their_time(session, actor, command.person_id, now)
    return granted


def end_adjustment(session: WriteSession, actor: Actor, command: EndAdjustment, now: datetime) -> Adjustment:
    """End one now, with who ended it. An attempt that is running keeps the time that it was given.

    Raises NotFoundError for a missing one and for somebody out of reach, NotAllowedError for one's own,
    RuleBrokenError for one that is over.
    """
    found = session.get(Adjustment, min(command.adjustment_id, queries.LARGEST_ID), with_for_update=True)
    if found is None:
        raise NotFoundError("adjustment")
    person_record(session, actor, Permission.ADJUST, found.person_id, london_date(now))
    if found.person_id == actor.person_id:
        raise NotAllowedError(OWN)
    if found.ended_at is not None or (found.ends_on is not None and found.ends_on <= london_date(now)):
        raise RuleBrokenError("This adjustment is over already.")
    found.ended_at, found.ended_by_id = max(now, found.granted_at), actor.person_id
    _record(session, actor, "end adjustment", found, now, ("ended_at",))
    return found


def _check(command: GrantAdjustment, today: date) -> None:
    if command.leeway == Leeway() and not command.arrangement:
        raise BadInputError({"extra_time": "Choose extra time, enter extra tries, or describe another arrangement"})
    if command.starts_on < today:
        raise BadInputError({"starts_on": "The first day must be today or later: what is over stays as it was"})
    if command.ends_on is not None and command.ends_on <= command.starts_on:
        raise BadInputError({"ends_on": "The last day must not be before the first day"})


def _record(
    session: WriteSession, actor: Actor, action: str, adjustment: Adjustment, now: datetime, fields: tuple[str, ...]
) -> None:
    audit.record(
        session, actor, action, "adjustment", adjustment.id, now=now, subject_id=adjustment.person_id, fields=fields
    )


def _give_running_attempts_their_time(session: WriteSession, actor: Actor, person_id: int, now: datetime) -> None:
    """Ends move to what they would be, had the attempt begun with what the person has today; never to earlier."""
    mine = sa.select(_enrolment.c.id).where(_enrolment.c.person_id == person_id)
    running = session.scalars(
        sa.select(Attempt)
        .where(_attempt.c.submitted_at.is_(None), _attempt.c.due_at.is_not(None), _attempt.c.enrolment_id.in_(mine))
        .order_by(_attempt.c.id)
        .with_for_update()
    ).all()
    leeway = queries.leeway(session, person_id, now) if running else Leeway()
    for attempt in running:
        activity = course_view(session, attempt.revision_id).activity_by_id(attempt.activity_id)
        assert activity is not None, "an attempt's revision has its activity"
        due = rules.later(
            attempt.due_at, rules.due_at(attempt.began_at, rules.own_minutes(activity.time_limit, leeway))
        )
        if due != attempt.due_at:
            attempt.due_at = due
            audit.record(
                session,
                actor,
                "extend attempt",
                "attempt",
                attempt.id,
                now=now,
                subject_id=person_id,
                fields=("due_at",),
            )
