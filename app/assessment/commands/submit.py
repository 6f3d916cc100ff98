"""Hand in an attempt: marked once, now, by the words it was pinned to."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.assessment import queries
from app.assessment.commands.save import own_attempt
from app.assessment.models import Attempt, AttemptAnswer
from app.assessment.rules import has_passed
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import StaleError
from app.learning.commands import RecordOutcome, record_outcome
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


def submit_attempt(session: WriteSession, actor: Actor, command: SubmitAttempt, now: datetime) -> Attempt:
    """Mark the attempt and, when it is passed or was practice, record that the activity was done.

    An attempt that was handed in before is returned as it is. Raises NotFoundError for anybody else's, StaleError
    when an answer has changed since the answers were checked.
    """
    attempt = own_attempt(session, actor, command.attempt_id)
    if attempt.submitted_at is not None:
        return attempt
    sitting = queries.sitting(session, actor, attempt.id)
    if command.seen not in {None, sitting.seen}:
        raise StaleError("An answer has changed since you opened this page.")
    right = [e.asked.key for e in queries.against_the_key(session, sitting) if e.marked.right]
    _mark(session, attempt, right, now)
    audit.record(session, actor, "submit attempt", "attempt", attempt.id, now=now, subject_id=actor.person_id)
    if attempt.passed is not False:
        record_outcome(session, actor, _outcome(actor, sitting.activity, now), now)
    return attempt


def _mark(session: WriteSession, attempt: Attempt, right: list[str], now: datetime) -> None:
    attempt.submitted_at = now
    attempt.right = len(right)
    attempt.passed = has_passed(len(right), attempt.pass_mark)
    session.execute(
        sa.update(AttemptAnswer)
        .where(_answer.c.attempt_id == attempt.id)
        .values(right=_answer.c.question.in_(right))
        .execution_options(synchronize_session=False)
    )
    session.flush()


def _outcome(actor: Actor, activity: ActivityView, now: datetime) -> RecordOutcome:
    return RecordOutcome(
        person_id=actor.person_id,
        activity_id=activity.id,
        occurred_on=london_date(now),
        minutes=activity.minutes,
        participatory_minutes=activity.participatory_minutes,
        source=SOURCES[activity.kind],
    )
