"""Save one answer. A newer one is never overwritten by somebody who has not seen it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa

from app.access.actor import Actor
from app.assessment.kinds.contract import Answer
from app.assessment.models import Attempt, AttemptAnswer
from app.assessment.queries import LARGEST_ID
from app.assessment.rules import too_late
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

    said: ClassVar[str] = "You had handed in your answers before: nothing was changed."

    def __init__(self) -> None:
        super().__init__(self.said)


class TimeUpError(HandedInError):
    """An answer came after the end of an attempt that nobody has handed in yet."""

    said: ClassVar[str] = "Your time was up: this answer came too late to count."


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

    Raises NotFoundError for anybody else's attempt, HandedInError after it was handed in, TimeUpError after its end
    and the seconds of grace, OtherVersionError when a newer answer is there.
    """
    attempt = own_attempt(session, actor, command.attempt_id)
    if command.question not in attempt.questions:
        raise NotFoundError("question")
    if attempt.submitted_at is not None:
        raise HandedInError
    if too_late(attempt.due_at, now):
        raise TimeUpError
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
    # A server's clock that is put back must not show an answer as older than what it replaced.
    there.saved_at = max(now, attempt.began_at, there.saved_at)
    there.value, there.version = command.value, there.version + 1
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
    return Saved(version=there.version, at=there.saved_at)


def own_attempt(session: WriteSession, actor: Actor, attempt_id: int) -> Attempt:
    """Locked, so that a save and a handing in stand in line. Raises NotFoundError for anybody else's."""
    return attempt_of(session, actor.person_id, attempt_id)


def attempt_of(session: WriteSession, person_id: int, attempt_id: int) -> Attempt:
    """Locked likewise. Whoever locks the person as well does that first: no two then wait for each other."""
    found = session.scalar(
        sa.select(Attempt)
        .join(_enrolment, _enrolment.c.id == _attempt.c.enrolment_id)
        .where(_attempt.c.id == min(attempt_id, LARGEST_ID), _enrolment.c.person_id == person_id)
        .with_for_update(of=Attempt)
    )
    if found is None:
        raise NotFoundError("attempt")
    return found
