"""Hand in an attempt: marked once, by the words it was pinned to, by its learner or by the clock."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.assessment import queries
from app.assessment.commands.save import attempt_of, own_attempt
from app.assessment.models import Attempt, AttemptAnswer
from app.assessment.queries import Sitting
from app.assessment.rules import ended_at, has_passed, too_late
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import StaleError
from app.learning.commands import RecordOutcome, record_outcome
from app.learning.commands.reach import one_at_a_time
from app.learning.rules import OutcomeSource

_answer = table(AttemptAnswer)

SOURCES = {
    ActivityKind.PRACTICE: OutcomeSource.PRACTICE,
    ActivityKind.ASSESSMENT: OutcomeSource.ASSESSMENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitAttempt:
    """`seen` is the number of saves that the check page had counted; None for whoever needs no such page."""

    attempt_id: int
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandInOverdue:
    """`person_id` is whose attempt it is."""

    attempt_id: int
    person_id: int


def submit_attempt(session: WriteSession, actor: Actor, command: SubmitAttempt, now: datetime) -> Attempt:
    """Mark the attempt and, when it is passed or was practice, record that the activity was done.

    An attempt that was handed in before is returned as it is. Raises NotFoundError for anybody else's, StaleError
    when an answer has changed since the answers were checked; once the time is up no answer can change any more.
    """
    one_at_a_time(session, actor.person_id)
    attempt = own_attempt(session, actor, command.attempt_id)
    if attempt.submitted_at is not None:
        return attempt
    sitting = queries.sitting(session, actor, attempt.id)
    if not sitting.time_is_up(now) and command.seen not in {None, sitting.seen}:
        raise StaleError("An answer has changed since you opened this page.")
    return _hand_in(session, actor, actor.person_id, attempt, sitting, now)


def hand_in_overdue(session: WriteSession, actor: Actor, command: HandInOverdue, now: datetime) -> None:
    """What had been saved when the time was up counts, as of that moment. Nothing happens while there is time left.

    For the worker, for everybody's; and for a learner whose answer came too late, for their own.
    """
    one_at_a_time(session, command.person_id)
    attempt = attempt_of(session, command.person_id, command.attempt_id)
    if attempt.submitted_at is None and too_late(attempt.due_at, now):
        sitting = queries.sitting_of(session, command.person_id, attempt.id)
        _hand_in(session, actor, command.person_id, attempt, sitting, now)


def _hand_in(
    session: WriteSession, actor: Actor, person_id: int, attempt: Attempt, sitting: Sitting, now: datetime
) -> Attempt:
    """`person_id` is whose attempt it is, whoever acts."""
    right = [e.asked.key for e in queries.against_the_key(session, sitting) if e.marked.right]
    _mark(session, attempt, right, ended_at(attempt.due_at, attempt.began_at, now))
    audit.record(session, actor, "submit attempt", "attempt", attempt.id, now=now, subject_id=person_id)
    if attempt.passed is not False:
        record_outcome(session, actor, _outcome(person_id, attempt, sitting.activity), now)
    return attempt


def _mark(session: WriteSession, attempt: Attempt, right: list[str], at: datetime) -> None:
    attempt.submitted_at = at
    attempt.right = len(right)
    attempt.passed = has_passed(len(right), attempt.pass_mark)
    session.execute(
        sa.update(AttemptAnswer)
        .where(_answer.c.attempt_id == attempt.id)
        .values(right=_answer.c.question.in_(right))
        .execution_options(synchronize_session=False)
    )
    session.flush()


def _outcome(person_id: int, attempt: Attempt, activity: ActivityView) -> RecordOutcome:
    assert attempt.submitted_at is not None
    return RecordOutcome(
        person_id=person_id,
        activity_id=activity.id,
        occurred_on=london_date(attempt.submitted_at),
        minutes=activity.minutes,
        participatory_minutes=activity.participatory_minutes,
        source=SOURCES[activity.kind],
    )
