"""What the record shows of a person, by competency: asked of the record each time, and written down nowhere."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.assessment.models import Attempt, AttemptAnswer
from app.curriculum.models import Activity
from app.curriculum.queries import all_courses, course_view, edition_names, questions, tiers
from app.curriculum.rules import ActivityKind, Audience
from app.kernel.db import ReadSession, table
from app.learning.models import Enrolment, Outcome
from app.learning.queries import Holding, holdings
from app.learning.rules import OutcomeSource

_outcome, _enrolment, _activity = table(Outcome), table(Enrolment), table(Activity)
_attempt, _answer = table(Attempt), table(AttemptAnswer)

SHOWS = (OutcomeSource.SIGNED_OFF, OutcomeSource.MARKED, OutcomeSource.ASSESSMENT)
"""What says most of what somebody can do, first."""


@dataclass(frozen=True, slots=True)
class HeldLevel:
    title: str
    holding: Holding


@dataclass(frozen=True, slots=True)
class Shown:
    """An activity that somebody passed or had confirmed, with the course's objectives on one competency there."""

    source: OutcomeSource
    on: date
    title: str
    course: str
    level: int
    """The highest level of its objectives."""


@dataclass(frozen=True, slots=True)
class Record:
    """`answers` counts, by competency, what was right of what was asked in the last try at each assessment."""

    levels: Sequence[HeldLevel]
    editions: Mapping[int, str]
    """The names of the editions on which they rest."""
    as_at: date
    shown: Mapping[str, Sequence[Shown]]
    passed: Mapping[OutcomeSource, int]
    minutes: int
    together: int
    """Minutes spent learning with others: what attendance leaves in the record."""
    answers: Mapping[str, tuple[int, int]]


def record_of(session: ReadSession, person_id: int, today: date, *, answers: bool) -> Record:
    """The newest first. `answers`: for the person alone; nobody else sees how many were right."""
    done = session.execute(
        sa.select(*_outcome.c["activity_id", "source", "occurred_on", "minutes", "participatory_minutes"])
        .where(_outcome.c.person_id == person_id)
        .order_by(_outcome.c.occurred_on.desc(), _outcome.c.id.desc())
    ).all()
    shown: dict[str, list[Shown]] = defaultdict(list)
    for competency, one in _shown(session, done):
        shown[competency].append(one)
    titles = {tier.slug: tier.title for tier in tiers(session)}
    held = holdings(session, [person_id], today).get(person_id, {})
    return Record(
        levels=[HeldLevel(titles[t], h) for t, h in held.items() if not h.withdrawn],
        editions=edition_names(session),
        as_at=today,
        shown=shown,
        passed={source: sum(row.source is source for row in done) for source in SHOWS},
        minutes=sum(row.minutes for row in done),
        together=sum(row.participatory_minutes for row in done),
        answers=_answers(session, person_id) if answers else {},
    )


def _shown(session: ReadSession, done: Sequence[sa.Row[tuple[object, ...]]]) -> Iterator[tuple[str, Shown]]:
    where = {
        activity.id: (course, module, activity)
        for course in all_courses(session, Audience.STAFF)
        for module in course.modules
        for activity in module.activities
    }
    for row in done:
        if row.source not in SHOWS or row.activity_id not in where:
            continue
        course, module, activity = where[row.activity_id]
        levels: dict[str, int] = {}
        for objective in module.objectives:
            levels[objective.competency] = max(objective.level, levels.get(objective.competency, 0))
        for competency, level in levels.items():
            yield competency, Shown(row.source, row.occurred_on, activity.title, course.title, level)


def _answers(session: ReadSession, person_id: int) -> dict[str, tuple[int, int]]:
    newer = _attempt.alias("newer")
    last = ~sa.exists().where(
        newer.c.enrolment_id == _attempt.c.enrolment_id,
        newer.c.activity_id == _attempt.c.activity_id,
        newer.c.submitted_at.is_not(None),
        newer.c.number > _attempt.c.number,
    )
    rows = session.execute(
        sa.select(_attempt.c.revision_id, _attempt.c.activity_id, _answer.c.question, _answer.c.right)
        .select_from(_attempt)
        .join(_enrolment, _enrolment.c.id == _attempt.c.enrolment_id)
        .join(_activity, _activity.c.id == _attempt.c.activity_id)
        .join(_answer, _answer.c.attempt_id == _attempt.c.id)
        .where(
            _enrolment.c.person_id == person_id,
            _activity.c.kind == ActivityKind.ASSESSMENT,
            _attempt.c.submitted_at.is_not(None),
            last,
        )
    )
    counts: dict[str, tuple[int, int]] = {}
    for revision_id, activity_id, key, right in rows:
        competency = _competency(session, revision_id, activity_id, key)
        if competency:
            had, of = counts.get(competency, (0, 0))
            counts[competency] = had + bool(right), of + 1
    return counts


def _competency(session: ReadSession, revision_id: int, activity_id: int, key: str) -> str:
    """What a question is about. Revisions are kept in memory: no statement for one that was looked at before."""
    view = course_view(session, revision_id)
    activity = view.activity_by_id(activity_id)
    asked = questions(session, revision_id, activity.quiz) if activity else ()
    shown = next((q.shown for q in asked if q.key == key), None)
    if shown is None:
        return ""
    objective = view.objective(shown["objective"])
    return str(shown.get("competency") or (objective.competency if objective else ""))
