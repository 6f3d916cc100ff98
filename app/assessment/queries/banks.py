"""What authors may know of a bank of questions: counts of ten people and more, never anybody's attempt."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.assessment.models import Attempt, AttemptAnswer
from app.assessment.quality import Item, Quality, Sheet, doubts, quality
from app.curriculum.models import Revision
from app.curriculum.queries import all_courses, questions
from app.curriculum.rules import Audience
from app.curriculum.views import ActivityView, CourseView, QuestionView
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.kernel.suppression import FEWEST
from app.learning.models import Enrolment

_attempt, _answer = table(Attempt), table(AttemptAnswer)
_enrolment, _revision = table(Enrolment), table(Revision)

# A person's first attempt alone: whoever tries again has read why.
_FIRST = (
    sa.select(_attempt.c.id, _attempt.c.questions, _attempt.c.began_at, _attempt.c.submitted_at)
    .join(_enrolment, _enrolment.c.id == _attempt.c.enrolment_id)
    .join(_revision, _revision.c.id == _attempt.c.revision_id)
    .where(
        _attempt.c.activity_id == sa.bindparam("activity_id"),
        _revision.c.edition_id == sa.bindparam("edition_id"),
        _attempt.c.number == 1,
        _enrolment.c.episode == 1,
        _attempt.c.submitted_at.is_not(None),
    )
)
_ANSWERS = sa.select(_answer.c.attempt_id, _answer.c.question, _answer.c.value, _answer.c.right).where(
    _answer.c.attempt_id.in_(_FIRST.with_only_columns(_attempt.c.id))
)


@dataclass(frozen=True, slots=True)
class Bank:
    """A quiz of the newest edition of a course."""

    course: CourseView
    activity: ActivityView


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be chosen, whether it is right, and how many chose it; None with fewer than ten people."""

    text: str
    right: bool
    chosen: int | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with its figures, its answers where they are choices, and what speaks for looking at it again."""

    question: QuestionView
    item: Item
    choices: tuple[Choice, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Banked:
    """A bank and how good it is. `uncovered`: objectives of its module that no question asks about."""

    bank: Bank
    quality: Quality
    judged: tuple[Judged, ...]
    uncovered: tuple[str, ...]


def banks(session: ReadSession, actor: Actor) -> list[Bank]:
    """Every quiz of every course, in the order of the courses. Raises NotFoundError for whoever writes none."""
    if not actor.may(Permission.AUTHOR):
        raise NotFoundError("banks")
    courses = [course for audience in Audience for course in all_courses(session, audience)]
    return [Bank(course, activity) for course in courses for activity in course.activities if activity.is_quiz]


def bank(session: ReadSession, actor: Actor, course: str, activity: str) -> Banked:
    """One bank with its figures. Raises NotFoundError for a missing one. Two statements."""
    found = next((b for b in banks(session, actor) if (b.course.slug, b.activity.key) == (course, activity)), None)
    if found is None:
        raise NotFoundError("bank")
    known = questions(session, found.course.revision_id, found.activity.quiz)
    sheets, chosen = _read(session, found)
    figures = quality([q.key for q in known], sheets)
    asked = {q.shown["objective"] for q in known}
    module = found.course.module(found.activity.module)
    return Banked(
        found,
        figures,
        tuple(_judged(q, item, chosen) for q, item in zip(known, figures.items, strict=True)),
        tuple(o.text for o in module.objectives if o.id not in asked) if module else (),
    )


def _read(session: ReadSession, found: Bank) -> tuple[list[Sheet], Counter[tuple[str, str]]]:
    """A sheet for each first attempt, and how often each choice of each question was taken."""
    which = {"activity_id": found.activity.id, "edition_id": found.course.edition_id}
    right: set[tuple[int, str]] = set()
    chosen: Counter[tuple[str, str]] = Counter()
    for row in session.execute(_ANSWERS, which):
        if row.right:
            right.add((row.attempt_id, row.question))
        for choice in row.value if isinstance(row.value, list) else [row.value]:
            if isinstance(choice, str):
                chosen[row.question, choice] += 1
    sheets = [
        Sheet(
            {key: float((row.id, key) in right) for key in row.questions},
            _minutes(row.began_at, row.submitted_at),
        )
        for row in session.execute(_FIRST, which)
    ]
    return sheets, chosen


def _minutes(began_at: datetime, submitted_at: datetime) -> float:
    return (submitted_at - began_at).total_seconds() / 60


def _judged(question: QuestionView, item: Item, chosen: Counter[tuple[str, str]]) -> Judged:
    """Kinds whose questions have `options` with ids and a key of those that are `right` are counted by choice."""
    options = [o for o in question.shown.get("options", ()) if isinstance(o, dict) and {"id", "text"} <= o.keys()]
    right = frozenset(question.marking.get("right", ()))
    counts = {option["id"]: chosen[question.key, option["id"]] for option in options}
    choices = tuple(
        Choice(option["text"], option["id"] in right, counts[option["id"]] if item.met >= FEWEST else None)
        for option in options
    )
    return Judged(question, item, choices, doubts(item, counts, right))
