"""Questions about one's own attempts. Nobody else's exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.assessment import rules
from app.assessment.kinds import KINDS
from app.assessment.kinds.contract import Answer, Marked, Shown
from app.assessment.models import Attempt, AttemptAnswer
from app.assessment.queries.adjustments import leeway
from app.curriculum.queries import course_view, questions
from app.curriculum.views import ActivityView, CourseView
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.models import Enrolment

LARGEST_ID = 2**31 - 1
"""What the databases' integers hold: an address with more digits is nobody's, and no fault of ours."""

_attempt, _answer, _enrolment = table(Attempt), table(AttemptAnswer), table(Enrolment)

_MINE = (
    sa.select(_attempt, _enrolment.c.completed_at)
    .join(_enrolment, _enrolment.c.id == _attempt.c.enrolment_id)
    .where(_attempt.c.id == sa.bindparam("attempt_id"), _enrolment.c.person_id == sa.bindparam("person_id"))
)
_ANSWERS = sa.select(_answer).where(_answer.c.attempt_id == sa.bindparam("attempt_id"))
_TRIES = (
    sa.select(_attempt.c.id, _attempt.c.enrolment_id, _attempt.c.submitted_at, _attempt.c.passed, _attempt.c.questions)
    .join(_enrolment, _enrolment.c.id == _attempt.c.enrolment_id)
    .where(_enrolment.c.person_id == sa.bindparam("person_id"), _attempt.c.activity_id == sa.bindparam("activity_id"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of an attempt with its answer so far. The key to it is not in here."""

    number: int
    key: str
    kind: str
    shown: Shown
    seed: str
    answer: Answer = None
    version: int = 0
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One's own attempt: what is asked, what has been answered, and how it ended once it has been handed in."""

    attempt_id: int
    enrolment_id: int
    course: CourseView
    activity: ActivityView
    asked: tuple[Asked, ...]
    began_at: datetime
    due_at: datetime | None
    submitted_at: datetime | None
    right: int | None
    out_of: int
    pass_mark: int | None
    passed: bool | None
    course_completed: bool

    @property
    def handed_in(self) -> bool:
        return self.submitted_at is not None

    @property
    def seen(self) -> int:
        """How often anything was saved in this attempt: another number means that something has changed."""
        return sum(a.version for a in self.asked)

    def time_is_up(self, now: datetime) -> bool:
        """Whether no question may be shown any more, though the answers have not been handed in yet."""
        return not self.handed_in and rules.time_is_up(self.due_at, now)

    def too_late(self, now: datetime) -> bool:
        """Whether no answer is taken any more."""
        return not self.handed_in and rules.too_late(self.due_at, now)

    @property
    def ended_by_the_clock(self) -> bool:
        return self.due_at is not None and self.submitted_at == self.due_at

    def time_left(self, now: datetime) -> timedelta | None:
        """None where there is no limit. No moment before the last one that was written down counts as now."""
        saved = (a.saved_at for a in self.asked if a.saved_at is not None)
        return None if self.due_at is None else rules.time_left(self.due_at, now, self.began_at, *saved)

    def question(self, number: int) -> Asked:
        """Raises NotFoundError for a number that this attempt does not have."""
        if not 1 <= number <= len(self.asked):
            raise NotFoundError("question")
        return self.asked[number - 1]


@dataclass(frozen=True, slots=True)
class Tried:
    """An earlier attempt at the same activity, in whichever enrolment."""

    attempt_id: int
    enrolment_id: int
    handed_in: bool
    passed: bool | None
    questions: Sequence[str]


def sitting(session: ReadSession, actor: Actor, attempt_id: int) -> Sitting:
    """The actor's own attempt. Raises NotFoundError for anybody else's."""
    return sitting_of(session, actor.person_id, attempt_id)


def sitting_of(session: ReadSession, person_id: int, attempt_id: int) -> Sitting:
    """A person's attempt, for whoever may know whose it is."""
    mine = {"attempt_id": min(attempt_id, LARGEST_ID), "person_id": person_id}
    row = session.execute(_MINE, mine).first()
    if row is None:
        raise NotFoundError("attempt")
    course = course_view(session, row.revision_id)
    activity = course.activity_by_id(row.activity_id)
    assert activity is not None, "an attempt's revision has its activity"
    return Sitting(
        attempt_id=row.id,
        enrolment_id=row.enrolment_id,
        course=course,
        activity=activity,
        asked=_asked(session, row, activity.quiz),
        began_at=row.began_at,
        due_at=row.due_at,
        submitted_at=row.submitted_at,
        right=row.right,
        out_of=row.out_of,
        pass_mark=row.pass_mark,
        passed=row.passed,
        course_completed=row.completed_at is not None,
    )


def _asked(session: ReadSession, attempt: Any, quiz: str) -> tuple[Asked, ...]:
    bank = {q.key: q for q in questions(session, attempt.revision_id, quiz)}
    given = {row.question: row for row in session.execute(_ANSWERS, {"attempt_id": attempt.id})}
    return tuple(
        Asked(
            number=number,
            key=key,
            kind=bank[key].kind,
            shown=bank[key].shown,
            seed=f"{attempt.seed}:{key}",
            **({"answer": a.value, "version": a.version, "saved_at": a.saved_at} if (a := given.get(key)) else {}),
        )
        for number, key in enumerate(attempt.questions, 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A marked answer beside its question."""

    asked: Asked
    marked: Marked
    explanation_html: str
    source: str


def explained(session: ReadSession, sitting: Sitting) -> tuple[Explained, ...]:
    """Every answer with why. Raises NotFoundError before the attempt has been handed in: keys are not out yet."""
    if not sitting.handed_in:
        raise NotFoundError("result")
    return against_the_key(session, sitting)


def against_the_key(session: ReadSession, sitting: Sitting) -> tuple[Explained, ...]:
    """Every answer marked. For handing in; pages ask `explained`."""
    bank = {q.key: q for q in questions(session, sitting.course.revision_id, sitting.activity.quiz)}
    return tuple(
        Explained(
            asked=asked,
            marked=KINDS[asked.kind].mark(asked.shown, bank[asked.key].marking, asked.answer),
            explanation_html=bank[asked.key].marking["explanation_html"],
            source=bank[asked.key].marking["source"],
        )
        for asked in sitting.asked
    )


def tries(session: ReadSession, person_id: int, activity_id: int) -> list[Tried]:
    """Every attempt of a person at an activity."""
    rows = session.execute(_TRIES, {"person_id": person_id, "activity_id": activity_id})
    return [Tried(r.id, r.enrolment_id, r.submitted_at is not None, r.passed, r.questions) for r in rows]


def tries_left(session: ReadSession, actor: Actor, sitting: Sitting, now: datetime) -> int | None:
    """How many tries of one's own remain in this enrolment; None where there is no limit."""
    used = [t for t in tries(session, actor.person_id, sitting.activity.id) if t.enrolment_id == sitting.enrolment_id]
    allowed = rules.own_tries(sitting.activity.attempts, leeway(session, actor.person_id, now))
    return rules.tries_left(allowed, len(used))
