"""What authors may know of learners' gain: of ten people and more, by edition and by quarter, never anybody's own."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.assessment.gain import Gain, Pair, gain, quarter
from app.assessment.models import Attempt
from app.curriculum.models import Edition
from app.curriculum.queries import all_courses
from app.curriculum.rules import ActivityKind, Audience
from app.curriculum.views import ActivityView, CourseView
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.kernel.suppression import FEWEST, shown_counts
from app.learning.models import Enrolment, Note
from app.learning.queries.enrolments import was_taken_up
from app.learning.rules import Sureness

_attempt, _enrolment, _edition, _note = table(Attempt), table(Enrolment), table(Edition), table(Note)
_SURE = {word.value: step / (len(Sureness) - 1) for step, word in enumerate(Sureness)}

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is asked before and after. Both are the same activity where people say how sure they feel."""

    course: CourseView
    before: ActivityView
    after: ActivityView


@dataclass(frozen=True, slots=True)
class Compared:
    """The gain of all, and of the parts that may be shown: by edition, and by the first day of a quarter.

    `whole` is None with fewer than ten people; `hidden` counts the parts that are kept back.
    """

    comparison: Comparison
    whole: Gain | None
    by_edition: Mapping[int, Gain]
    by_quarter: Mapping[Any, Gain]
    hidden: int


def comparisons(session: ReadSession, actor: Actor) -> list[Comparison]:
    """Every pair that a course declares, and what partners say before and after. Raises NotFoundError for others."""
    if not actor.may(Permission.AUTHOR):
        raise NotFoundError("comparisons")
    courses = [course for audience in Audience for course in all_courses(session, audience)]
    return [comparison for course in courses for comparison in _in(course)]


def comparison(session: ReadSession, actor: Actor, course: str, activity: str) -> Compared:
    """One of them with its figures, by the activity that asks again. Two statements."""
    known = comparisons(session, actor)
    found = next((c for c in known if (c.course.slug, c.after.key) == (course, activity)), None)
    if found is None:
        raise NotFoundError("comparison")
    pairs = list(_sure(session, found) if found.before is found.after else _right(session, found))
    editions, hidden = _parts(pairs, lambda pair: pair.edition)
    quarters, more = _parts(pairs, lambda pair: quarter(pair.on))
    whole = gain(pairs) if len(pairs) >= FEWEST else None
    return Compared(found, whole, editions, quarters, hidden + more)


def _in(course: CourseView) -> Iterator[Comparison]:
    for keys in course.comparisons:
        before, after = (course.activity(key) for key in keys)
        if before and after:
            yield Comparison(course, before, after)
    for activity in course.activities:
        if activity.kind is ActivityKind.CONFIDENCE:
            yield Comparison(course, activity, activity)


def _parts(pairs: list[Pair], of: Callable[[Pair], K]) -> tuple[dict[K, Gain], int]:
    """The parts that may be shown, and how many are not. The whole is no part of itself."""
    parts: dict[K, list[Pair]] = {}
    for pair in pairs:
        parts.setdefault(of(pair), []).append(pair)
    if len(parts) == 1:
        return {}, 0
    shown = shown_counts({key: len(part) for key, part in parts.items()})
    return {key: gain(parts[key]) for key in sorted(shown, key=str)}, len(parts) - len(shown)


def _right(session: ReadSession, found: Comparison) -> Iterator[Pair]:
    """A person's first attempts at both, in the same enrolment: whoever tries again has read why."""
    first, again = _attempt.alias(), _attempt.alias()
    rows = session.execute(
        sa.select(first.c.right, first.c.out_of, again.c.right, again.c.out_of, again.c.submitted_at, _edition.c.number)
        .join(_enrolment, _enrolment.c.id == first.c.enrolment_id)
        .join(again, again.c.enrolment_id == first.c.enrolment_id)
        .join(_edition, _edition.c.id == _enrolment.c.edition_id)
        .where(first.c.activity_id == found.before.id, first.c.number == 1)
        .where(again.c.activity_id == found.after.id, again.c.number == 1)
        .where(first.c.id < again.c.id, first.c.submitted_at <= again.c.submitted_at)
    )
    for right, out_of, right_again, out_of_again, at, edition in rows:
        yield Pair(right / out_of, right_again / out_of_again, london_date(at), edition)


def _sure(session: ReadSession, found: Comparison) -> Iterator[Pair]:
    """How sure somebody felt, over the statements that they rated both times."""
    theirs = _enrolment.alias()
    newest = (
        sa.select(sa.func.max(theirs.c.episode))
        .where(theirs.c.person_id == _note.c.person_id, theirs.c.course_id == found.course.course_id)
        .where(was_taken_up(theirs))
        .correlate(_note)
        .scalar_subquery()
    )
    rows = session.execute(
        sa.select(_note.c.content, _note.c.saved_at, _edition.c.number)
        .join(_enrolment, _enrolment.c.person_id == _note.c.person_id)
        .join(_edition, _edition.c.id == _enrolment.c.edition_id)
        .where(_note.c.activity_id == found.after.id)
        .where(_enrolment.c.course_id == found.course.course_id, _enrolment.c.episode == newest)
    )
    for content, at, edition in rows:
        before, after = content.get("before", {}), content.get("after", {})
        if both := before.keys() & after.keys():
            yield Pair(_mean(before[k] for k in both), _mean(after[k] for k in both), london_date(at), edition)


def _mean(words: Iterable[str]) -> float:
    steps = [_SURE[word] for word in words]
    return sum(steps) / len(steps)
