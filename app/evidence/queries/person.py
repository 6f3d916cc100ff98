"""One person's evidence for a period: what they hold and held, what they did, and nothing of how they scored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.access.actor import Actor
from app.access.permissions import Permission
from app.curriculum.queries import edition_names
from app.evidence.queries import rows
from app.evidence.queries.rows import EvidenceRow
from app.evidence.queries.trust import is_learning, is_level
from app.evidence.rules import Period
from app.kernel.db import ReadSession
from app.kernel.errors import NotFoundError
from app.learning.queries import Holding, holdings
from app.organisation.queries import PersonRow, on_leave, person_record, posts_of
from app.organisation.rules import holds_on
from app.recognition.queries import ElsewhereRow, elsewhere


@dataclass(frozen=True, slots=True)
class LevelLine:
    title: str
    held_since: date | None
    held_until: date | None
    moved: int
    """By how many days of long leave."""
    holding: Holding | None = None
    """The same with what its dates rest on."""


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One episode of a course, the posts in which it was done joined again. `certificate` is its plain code."""

    level: str
    title: str
    edition: int | None
    first_on: date | None
    last_on: date | None
    minutes: int
    participatory_minutes: int
    completed_on: date | None
    passed: bool
    certificate: str | None
    certificate_withdrawn: bool


@dataclass(frozen=True, slots=True)
class PersonEvidence:
    """`elsewhere` is what was learnt elsewhere in the period: in no sum of this programme.

    `lapsed`: levels that were completed, and are past their refresh date. `away`: on long leave on the last day.
    """

    person: PersonRow
    period: Period
    as_at: date
    levels: tuple[LevelLine, ...]
    lapsed: tuple[LevelLine, ...]
    away: bool
    courses: tuple[CourseLine, ...]
    elsewhere: tuple[ElsewhereRow, ...]
    editions: Mapping[int, str]
    """The names of the editions on which levels rest."""

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.courses)

    @property
    def participatory_minutes(self) -> int:
        return sum(line.participatory_minutes for line in self.courses)


def person_evidence(session: ReadSession, actor: Actor, person_id: int, period: Period, today: date) -> PersonEvidence:
    """A member of staff within reach, leavers as well. Raises NotFoundError for everybody else, partners included."""
    person = person_record(session, actor, Permission.SEE_EVIDENCE, person_id, today)
    return _evidence(session, person, period, today)


def own_evidence(session: ReadSession, actor: Actor, period: Period, today: date) -> PersonEvidence:
    """The actor's own. Raises NotFoundError for somebody without a post."""
    posts = posts_of(session, actor.person_id)
    current = [p for p in posts if holds_on(p.starts_on, p.ends_on, today)]
    for post in sorted(current or posts, key=lambda p: not p.is_primary):
        return _evidence(session, post, period, today)
    raise NotFoundError("person")


def _evidence(session: ReadSession, person: PersonRow, period: Period, today: date) -> PersonEvidence:
    one = [person.person_id]
    found = rows.read(session, rows.statement(one, lapsed=True), period, today, one, lapsed=True)
    by_episode = groupby(
        sorted(filter(is_learning, found), key=_episode),
        key=_episode,
    )
    courses = [_course(list(lines)) for _, lines in by_episode]
    on = min(period.ends_on, today)
    held = holdings(session, one, on).get(person.person_id, {})
    by_state: dict[bool, list[LevelLine]] = {True: [], False: []}
    for row in filter(is_level, found):
        line = LevelLine(row.level, row.held_since, row.held_until, row.moved, held.get(row.tier))
        by_state[row.is_held(period.ends_on)].append(line)
    others = elsewhere(session, person.person_id, period.starts_on, period.ends_on)
    newest_first = sorted(courses, key=lambda c: c.last_on or date.min, reverse=True)
    return PersonEvidence(
        person=person,
        period=period,
        as_at=today,
        levels=tuple(by_state[True]),
        lapsed=tuple(by_state[False]),
        away=on_leave(session, person.person_id, on),
        courses=tuple(newest_first),
        elsewhere=tuple(others),
        editions=edition_names(session),
    )


def _episode(row: EvidenceRow) -> tuple[str, str, int]:
    return row.tier, row.course, row.enrolment_id or 0


def _course(lines: list[EvidenceRow]) -> CourseLine:
    any_of = lines[0]
    certified = next((row for row in lines if row.certificate), None)
    return CourseLine(
        level=any_of.level,
        title=any_of.course,
        edition=any_of.edition,
        first_on=min(row.first_on for row in lines if row.first_on),
        last_on=max(row.last_on for row in lines if row.last_on),
        minutes=sum(row.minutes for row in lines),
        participatory_minutes=sum(row.participatory_minutes for row in lines),
        completed_on=next((row.completed_on for row in lines if row.completed_on), None),
        passed=any(row.passed_on for row in lines),
        certificate=certified.certificate if certified else None,
        certificate_withdrawn=bool(certified and certified.certificate_withdrawn),
    )
