"""Save one answer. A newer one is never overwritten by somebody who has not seen it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.assessment.kinds.contract import Answer
from app.assessment.models import Attempt, AttemptAnswer
from app.assessment.queries import LARGEST_ID
from app.kernel import audit
from app.kernel.db import WriteSession, table
from app.kernel.errors import NotFoundError, RuleBrokenError, StaleError
from app.learning.models import Enrolment

_attempt, _answer, _enrolment = table(Attempt), table(AttemptAnswer), table(Enrolment)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAnswer:
    """`question` is its key in the quiz file; `value` its kind's JSON, None for an answer taken back.

    `seen` is the version that the page showed when it was opened; 0 when there was none.
    """

    attempt_id: int
    question: str
    value: Answer
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    version: int
    at: datetime | None


class HandedInError(RuleBrokenError):
    """An answer came after its attempt had been handed in."""

    def __init__(self) -> None:
        super().__init__("You had handed in your answers before: nothing was changed.")


class OtherVersionError(StaleError):
    """A newer answer was saved from somewhere else. Both are in here; the learner chooses."""

    def __init__(self, command: SaveAnswer, there: AttemptAnswer) -> None:
        super().__init__("You saved another answer to this question in the meantime.")
        self.mine = command.value
        self.theirs = there.value
        self.version = there.version
        self.saved_at = there.saved_at


def save_answer(session: WriteSession, actor: Actor, command: SaveAnswer, now: datetime) -> Saved:
    """Keep the answer under the next version. Sending a value again that is already kept changes nothing.

    Raises NotFoundError for anybody else's attempt, HandedInError after it was handed in, OtherVersionError when
    a newer answer is there.
    """
    attempt = own_attempt(session, actor, command.attempt_id)
    if command.question not in attempt.questions:
        raise NotFoundError("question")
    if attempt.submitted_at is not None:
        raise HandedInError
    there = session.scalar(
        sa.select(AttemptAnswer).where(_answer.c.attempt_id == attempt.id, _answer.c.question == command.question)
    )
    if there is None and command.value is None:
        return Saved(version=0, at=None)
    if there is None:
        there = AttemptAnswer(attempt_id=attempt.id, question=command.question, version=0, value=None, saved_at=now)
        session.add(there)
    elif there.value == command.value:
        return Saved(version=there.version, at=there.saved_at)
    elif there.version != command.seen:
        raise OtherVersionError(command, there)
    there.value, there.version, there.saved_at = command.value, there.version + 1, now
    session.flush()
    audit.record(
        session,
        actor,
        "save answer",
        "attempt_answer",
        there.id,
        now=now,
        subject_id=actor.person_id,
        fields=("value",),
    )
    return Saved(version=there.version, at=now)


def own_attempt(session: WriteSession, actor: Actor, attempt_id: int) -> Attempt:
    """Locked, so that a save and a handing in stand in line. Raises NotFoundError for anybody else's."""
    found = session.scalar(
        sa.select(Attempt)
        .join(_enrolment, _enrolment.c.id == _attempt.c.enrolment_id)
        .where(_attempt.c.id == min(attempt_id, LARGEST_ID), _enrolment.c.person_id == actor.person_id)
        .with_for_update(of=Attempt)
    )
    if found is None:
        raise NotFoundError("attempt")
    return found
