"""Evidence of a directorate or the whole trust: one frozen result that screen, CSV and spreadsheet are made from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter

import sqlalchemy as sa

from app.access.actor import Actor, Reach
from app.access.permissions import Permission
from app.evidence.queries import rows
from app.evidence.queries.rows import POST_NOW, POST_THEN, TEAM_NOW, TEAM_THEN, EvidenceRow
from app.evidence.rules import Period, RecordKind, Total, Where
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Employment, Team
from app.organisation.queries import directorates, team_in_reach

_post, _team = table(Employment), table(Team)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which evidence is wanted. What is None or empty does not narrow it."""

    period: Period
    where: Where = Where.THEN
    directorate_id: int | None = None
    nowhere: bool = False
    """Those alone who were in no directorate then, or are in none now: who have left."""
    team_id: int | None = None
    staff_group: str = ""
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """`people` counts each person once, however many courses, posts or directorates they learned in."""

    people: int
    completed: int
    passed: int
    levels: int
    minutes: int
    participatory_minutes: int


@dataclass(frozen=True, slots=True)
class PersonSum:
    """One person's learning in the period, as one line of the list behind the number of people."""

    person_id: int
    list_name: str
    employee_number: str | None
    team_then: str
    directorate_then: str
    team_now: str
    directorate_now: str
    courses: int
    minutes: int
    participatory_minutes: int


def is_learning(row: EvidenceRow) -> bool:
    return row.kind is RecordKind.LEARNING


def is_completed(row: EvidenceRow) -> bool:
    return row.completed_on is not None


def has_passed(row: EvidenceRow) -> bool:
    return row.passed_on is not None


def is_level(row: EvidenceRow) -> bool:
    return row.kind is RecordKind.LEVEL


def has_left(row: EvidenceRow) -> bool:
    return not row.directorate_now


BEHIND: dict[Total, Callable[[EvidenceRow], bool]] = {
    Total.PEOPLE: is_learning,
    Total.COMPLETED: is_completed,
    Total.PASSED: has_passed,
    Total.LEVELS: is_level,
    Total.LEFT: lambda row: is_level(row) and has_left(row),
}


def figures(found: Iterable[EvidenceRow]) -> Figures:
    found = tuple(found)
    learning = [row for row in found if is_learning(row)]
    return Figures(
        people=len({row.person_id for row in learning}),
        completed=sum(map(is_completed, found)),
        passed=sum(map(has_passed, found)),
        levels=sum(map(is_level, found)),
        minutes=sum(row.minutes for row in learning),
        participatory_minutes=sum(row.participatory_minutes for row in learning),
    )


@dataclass(frozen=True)
class TrustEvidence:
    """Everything behind one screen or file, as it was at one moment."""

    filters: Filters
    as_at: date
    rows: tuple[EvidenceRow, ...]

    @cached_property
    def figures(self) -> Figures:
        return figures(self.rows)

    @cached_property
    def by_level(self) -> dict[str, Figures]:
        """By the slug of the level; pages put the levels in their order."""
        return self._by(attrgetter("tier"))

    @cached_property
    def left(self) -> Figures:
        """How much of it is that of people who have left."""
        return figures(filter(has_left, self.rows))

    @cached_property
    def by_directorate(self) -> dict[str, Figures]:
        """By name; whoever was in none comes last, under an empty one, so that all of them add up to the whole."""
        then = self.filters.where is Where.THEN
        found = self._by(attrgetter("directorate_then" if then else "directorate_now"))
        return dict(sorted(found.items(), key=lambda of: not of[0]))

    def _by(self, key: Callable[[EvidenceRow], str]) -> dict[str, Figures]:
        return {name: figures(group) for name, group in groupby(sorted(self.rows, key=key), key)}

    def behind(self, total: Total) -> list[EvidenceRow]:
        """The rows that a figure counts."""
        return [row for row in self.rows if BEHIND[total](row)]

    def people(self) -> list[PersonSum]:
        """One line for each person that the number of people counts."""
        by_person = groupby(self.behind(Total.PEOPLE), attrgetter("person_id"))
        return [_summed(list(of_one)) for _, of_one in by_person]


def trust_evidence(session: ReadSession, actor: Actor, filters: Filters, today: date) -> TrustEvidence:
    """By two statements for the rows. Raises NotFoundError for a directorate or team out of reach."""
    reach = actor.reach(Permission.SEE_EVIDENCE)
    if filters.nowhere and not reach.trust:
        raise NotFoundError("directorate")
    if filters.directorate_id and filters.directorate_id not in {
        d.id for d in directorates(session, actor, Permission.SEE_EVIDENCE)
    }:
        raise NotFoundError("directorate")
    if filters.team_id:
        team_in_reach(session, actor, Permission.SEE_EVIDENCE, filters.team_id)
    among = _among(reach, filters)
    wanted = rows.statement(among).where(*_conditions(reach, filters))
    return TrustEvidence(filters, today, rows.read(session, wanted, filters.period, today, among))


def _among(reach: Reach, filters: Filters) -> sa.Select[tuple[int]] | None:
    """Whoever ever worked there: only their learning need be looked at, a fraction of a large trust's."""
    chosen = [condition for condition in (_within(reach, _team), _place(filters, _team)) if condition is not None]
    joined = sa.select(_post.c.person_id).join(_team, _team.c.id == _post.c.team_id)
    return joined.where(*chosen) if chosen else None


def _within(reach: Reach, team: sa.FromClause) -> sa.ColumnElement[bool] | None:
    if reach.trust:
        return None
    return sa.or_(team.c.directorate_id.in_(reach.directorates), team.c.id.in_(reach.teams))


def _place(filters: Filters, team: sa.FromClause) -> sa.ColumnElement[bool] | None:
    if filters.team_id:
        inside: sa.ColumnElement[bool] = team.c.id == filters.team_id
        return sa.and_(inside, team.c.directorate_id == filters.directorate_id) if filters.directorate_id else inside
    return team.c.directorate_id == filters.directorate_id if filters.directorate_id else None


def _conditions(reach: Reach, filters: Filters) -> list[sa.ColumnElement[bool]]:
    """Where somebody was on the day decides who may see it and where it counts, or where they are now."""
    then = filters.where is Where.THEN
    post, team = (POST_THEN, TEAM_THEN) if then else (POST_NOW, TEAM_NOW)
    conditions = [condition for condition in (_within(reach, team), _place(filters, team)) if condition is not None]
    if filters.nowhere:
        conditions.append(team.c.id.is_(None))
    if filters.staff_group:
        conditions.append(post.c.staff_group == filters.staff_group)
    if filters.tier:
        conditions.append(rows.TIER.in_([filters.tier]))
    return conditions


def _summed(found: list[EvidenceRow]) -> PersonSum:
    last = max(found, key=lambda row: row.last_on or date.min)
    return PersonSum(
        person_id=last.person_id,
        list_name=last.list_name,
        employee_number=last.employee_number,
        team_then=last.team_then,
        directorate_then=last.directorate_then,
        team_now=last.team_now,
        directorate_now=last.directorate_now,
        courses=len({(row.course, row.enrolment_id) for row in found}),
        minutes=sum(row.minutes for row in found),
        participatory_minutes=sum(row.participatory_minutes for row in found),
    )
