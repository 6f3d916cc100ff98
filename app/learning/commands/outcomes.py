"""A person did an activity. Whether that completes a course follows from the edition they are on."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.access.actor import Actor
from app.curriculum.models import Activity
from app.kernel import audit
from app.kernel.db import WriteSession, table
from app.kernel.errors import NotFoundError, RuleBrokenError
from app.learning.commands.completion import apply_completion, mark_started
from app.learning.commands.reach import one_at_a_time
from app.learning.models import Outcome
from app.learning.queries import latest_enrolment, open_enrolment
from app.learning.rules import OutcomeSource

_activity, _outcome = table(Activity), table(Outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOutcome:
    """`participatory_minutes` are part of `minutes`. The day is when it was done, perhaps long before it is known."""

    person_id: int
    activity_id: int
    occurred_on: date
    minutes: int
    participatory_minutes: int
    source: OutcomeSource


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackOutcome:
    """What was recorded for a day turns out not to have been done, or not as it was said."""

    person_id: int
    activity_id: int
    occurred_on: date
    source: OutcomeSource


def record_outcome(session: WriteSession, actor: Actor, command: RecordOutcome, now: datetime) -> Outcome:
    """Write the outcome once per person, activity, source and day; then complete the open enrolment if its rule holds.

    Whoever calls has asked whether the actor may: a learner for themselves, a higher domain by its own rules.
    """
    one_at_a_time(session, command.person_id)
    course_id = session.scalar(sa.select(_activity.c.course_id).where(_activity.c.id == command.activity_id))
    if course_id is None:
        raise NotFoundError("activity")
    made, outcome = _write_once(session, actor, command, now)
    if made:
        audit.record(
            session,
            actor,
            "record outcome",
            "outcome",
            outcome.id,
            now=now,
            subject_id=command.person_id,
            fields=("activity_id", "occurred_on", "source"),
        )
        if (enrolment := open_enrolment(session, command.person_id, course_id)) is not None:
            mark_started(session, actor, enrolment, now)
            apply_completion(session, actor, enrolment, now)
    return outcome


def take_back_outcome(session: WriteSession, actor: Actor, command: TakeBackOutcome, now: datetime) -> None:
    """Delete the outcome of that day and source. Raises NotFoundError when there is none.

    Raises RuleBrokenError when a completed course rests on it: a certificate stands for what was done.
    """
    one_at_a_time(session, command.person_id)
    same = _same(
        person_id=command.person_id,
        activity_id=command.activity_id,
        source=command.source,
        occurred_on=command.occurred_on,
    )
    outcome = session.scalars(sa.select(Outcome).where(same)).one_or_none()
    if outcome is None:
        raise NotFoundError("outcome")
    course_id = session.scalars(sa.select(_activity.c.course_id).where(_activity.c.id == command.activity_id)).one()
    latest = latest_enrolment(session, command.person_id, course_id)
    if latest and (latest.completed_at or (latest.counts_from and outcome.occurred_on < latest.counts_from)):
        raise RuleBrokenError("The course has been completed with this, so it cannot be taken back any more.")
    audit.record(
        session,
        actor,
        "take back outcome",
        "outcome",
        outcome.id,
        now=now,
        subject_id=command.person_id,
        fields=("activity_id", "occurred_on", "source"),
    )
    session.delete(outcome)
    session.flush()


def _same(**key: object) -> sa.ColumnElement[bool]:
    return sa.and_(*(_outcome.c[name] == value for name, value in key.items()))


def _write_once(session: WriteSession, actor: Actor, command: RecordOutcome, now: datetime) -> tuple[bool, Outcome]:
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    key = {
        "person_id": command.person_id,
        "activity_id": command.activity_id,
        "source": command.source,
        "occurred_on": command.occurred_on,
    }
    made = session.scalar(
        insert(Outcome)
        .values(
            **key,
            minutes=command.minutes,
            participatory_minutes=command.participatory_minutes,
            recorded_at=now,
            recorded_by_id=actor.person_id,
        )
        .on_conflict_do_nothing(index_elements=list(key))
        .returning(_outcome.c.id)
    )
    return made is not None, session.scalars(sa.select(Outcome).where(_same(**key))).one()
