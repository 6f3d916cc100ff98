"""Begin an attempt, or go on with the one that is open."""

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor
from app.assessment import queries
from app.assessment.models import Attempt
from app.assessment.queries import Beginning
from app.assessment.rules import drawn_questions, due_at
from app.curriculum.queries import questions
from app.kernel import audit
from app.kernel.db import WriteSession
from app.kernel.errors import NotFoundError, RuleBrokenError
from app.learning.commands.completion import mark_begun
from app.learning.commands.reach import one_at_a_time
from app.learning.models import Enrolment

LARGEST_SEED = 2**31


@dataclass(frozen=True, slots=True, kw_only=True)
class StartAttempt:
    """`course` is its slug and `activity` its key in the files. A `seed` makes the draw repeatable."""

    course: str
    activity: str
    seed: int | None = None


def start_attempt(session: WriteSession, actor: Actor, command: StartAttempt, now: datetime) -> Attempt:
    """Draw the questions, pin the words of today, and set the end by the time that this person has today.

    An attempt that is open already is returned as it is: beginning again gives no new time. Raises NotFoundError for
    a course one is not on, RuleBrokenError when there are no tries left.
    """
    one_at_a_time(session, actor.person_id)
    _lock_enrolment(session, actor, command.course)
    found = queries.beginning(session, actor, command.course, command.activity, now)
    if found.open_now is not None:
        return session.get_one(Attempt, found.open_now)
    if found.refusal:
        raise RuleBrokenError(found.refusal)
    seed = secrets.randbelow(LARGEST_SEED) if command.seed is None else command.seed % LARGEST_SEED
    asked = _drawn(session, found, seed)
    attempt = Attempt(
        enrolment_id=found.enrolment_id,
        activity_id=found.activity.id,
        revision_id=found.course.revision_id,
        number=len(found.here) + 1,
        seed=seed,
        questions=asked,
        began_at=now,
        due_at=due_at(now, found.minutes),
        out_of=len(asked),
        pass_mark=found.activity.pass_mark,
    )
    session.add(attempt)
    session.flush()
    mark_begun(session, actor, found.enrolment_id, actor.person_id, now)
    audit.record(session, actor, "start attempt", "attempt", attempt.id, now=now, subject_id=actor.person_id)
    return attempt


def _lock_enrolment(session: WriteSession, actor: Actor, slug: str) -> None:
    """So that two presses at once make one attempt."""
    if session.scalar(queries.newest_enrolment(slug, actor).with_for_update(of=Enrolment)) is None:
        raise NotFoundError("enrolment")


def _drawn(session: WriteSession, found: Beginning, seed: int) -> list[str]:
    bank = {q.key: q.shown["objective"] for q in questions(session, found.course.revision_id, found.activity.quiz)}
    met = Counter(key for t in found.earlier for key in t.questions)
    return drawn_questions(bank, found.activity.draw, found.activity.blueprint, met, seed)
