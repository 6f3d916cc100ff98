"""What merging one directorate into another would do: everything that its preview shows, and its mark."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor, ScopeKind
from app.access.permissions import Permission, Role
from app.accounts.models import RoleGrant
from app.capability.models import SavedView
from app.capability.queries.ruling import every_rule
from app.cohorts.models import Cohort, CohortDirectorate
from app.cohorts.rules import CohortState
from app.kernel.db import ReadSession, table
from app.kernel.errors import BadInputError, NotFoundError
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import DirectorateRow, directorates, open_on
from app.planning.merging import Aimed, aimed_together, first_problem, name_for, places_together, view_after
from app.planning.models import Target
from app.planning.rules import TargetKind, financial_year

_employment, _person, _team, _grant = table(Employment), table(Person), table(Team), table(RoleGrant)
_cohort, _for, _target, _view = table(Cohort), table(CohortDirectorate), table(Target), table(SavedView)


@dataclass(frozen=True, slots=True)
class TeamMove:
    """A team and what it becomes: `into_id` is a team of the same name that takes its people in, 0 for one to open."""

    team_id: int
    name: str
    site: str
    people: int
    into_id: int
    into_name: str
    others: int
    """So many work in that team already."""


@dataclass(frozen=True, slots=True)
class RoleMove:
    """A role within the directorate (`team_id` 0) or one of its teams."""

    grant_id: int
    person_id: int
    person: str
    role: Role
    team_id: int
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class RuleMove:
    """A rule of need, of the whole directorate (`team_id` 0) or one team."""

    rule_id: int
    name: str
    team_id: int


@dataclass(frozen=True, slots=True)
class TargetMove:
    """`ends` are the targets that one takes the place of; `value` None: nobody is asked for."""

    tier: str
    year: int
    staff_group: str
    before: tuple[tuple[TargetKind, float] | None, ...]
    after: tuple[TargetKind, float] | None
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CohortMove:
    cohort_id: int
    title: str
    places: int | None
    both: bool


@dataclass(frozen=True, slots=True)
class Merger:
    """Everything that is done. `mark` is another as soon as any of it is."""

    gone: DirectorateRow
    into: DirectorateRow
    on: date
    teams: tuple[TeamMove, ...]
    roles: tuple[RoleMove, ...]
    rules: tuple[RuleMove, ...]
    targets: tuple[TargetMove, ...]
    cohorts: tuple[CohortMove, ...]
    views: tuple[int, ...]

    @property
    def people(self) -> int:
        return sum(team.people for team in self.teams)

    @property
    def mark(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


def mergeable(session: ReadSession, actor: Actor, directorate_id: int, today: date) -> DirectorateRow:
    """A directorate that is open. Raises NotFoundError for any other, and for whoever manages less than the trust."""
    if not actor.reach(Permission.MANAGE_PEOPLE).trust:
        raise NotFoundError("directorate")
    here = directorates(session, actor, Permission.MANAGE_PEOPLE, on=today)
    found = next((d for d in here if d.id == directorate_id and d.ends_on is None), None)
    if found is None:
        raise NotFoundError("directorate")
    return found


def others(session: ReadSession, actor: Actor, directorate_id: int, today: date) -> list[DirectorateRow]:
    """Into which it could be merged."""
    here = directorates(session, actor, Permission.MANAGE_PEOPLE, on=today)
    return [d for d in here if d.id != directorate_id and d.ends_on is None]


def merger(session: ReadSession, actor: Actor, directorate_id: int, into_id: int, on: date, today: date) -> Merger:
    """Raises NotFoundError for what is not there, BadInputError by field for a day on which it cannot be."""
    gone = mergeable(session, actor, directorate_id, today)
    into = next((d for d in others(session, actor, directorate_id, today) if d.id == into_id), None)
    if into is None:
        raise BadInputError({"into": "Choose the directorate that it becomes part of"})
    if problem := first_problem(on, today, gone.starts_on, into.starts_on) or _in_the_way(session, gone, on):
        raise BadInputError({"first": problem})
    teams = tuple(_teams(session, gone, into, on))
    ids = [team.team_id for team in teams]
    return Merger(
        gone=gone,
        into=into,
        on=on,
        teams=teams,
        roles=tuple(_roles(session, gone.id, ids, today)),
        rules=tuple(
            RuleMove(rule.id, rule.name, rule.team_id or 0)
            for rule in every_rule(session)
            if not rule.is_over(today) and (rule.directorate_id == gone.id or rule.team_id in ids)
        ),
        targets=tuple(_targets(session, gone.id, into.id, today)),
        cohorts=tuple(_cohorts(session, gone.id, into.id, today)),
        views=tuple(_views(session, gone.id, ids)),
    )


def _in_the_way(session: ReadSession, gone: DirectorateRow, on: date) -> str:
    """What cannot be carried: a team or a post that begins on the day or later."""
    here = sa.and_(_team.c.directorate_id == gone.id, _not_closed(_team, on))
    late = session.scalar(sa.select(_team.c.name).where(here, _team.c.starts_on >= on).limit(1))
    if late is not None:
        return f"The team {late} opens on that day or later. Choose a later day, or close that team first"
    post = sa.select(_employment.c.id).join(_team, _team.c.id == _employment.c.team_id)
    if session.execute(post.where(here, _employment.c.starts_on >= on).limit(1)).first() is not None:
        return "Somebody has a post in it that begins on that day or later. Choose a later day, or move that post first"
    return ""


def _not_closed(dated: sa.Table, on: date) -> sa.ColumnElement[bool]:
    return sa.or_(dated.c.ends_on.is_(None), dated.c.ends_on > on)


def _teams(session: ReadSession, gone: DirectorateRow, into: DirectorateRow, on: date) -> Iterator[TeamMove]:
    working = (
        sa.select(sa.func.count(sa.distinct(_employment.c.person_id)))
        .where(_employment.c.team_id == _team.c.id, open_on(_employment, on))
        .correlate(_team)
        .scalar_subquery()
    )
    rows = session.execute(
        sa.select(_team.c.id, _team.c.directorate_id, _team.c.name, _team.c.site, _team.c.ends_on, open_on(_team, on))
        .add_columns(working)
        .where(_team.c.directorate_id.in_((gone.id, into.id)))
        .order_by(_team.c.name, _team.c.id)
    ).all()
    there = {
        name: (at, people)
        for at, home, name, _, ends, is_open, people in rows
        if home == into.id and _stays(ends, is_open)
    }
    taken = {name for _, home, name, *_ in rows if home == into.id}
    for at, home, name, site, _ends, is_open, people in rows:
        if home != gone.id or not is_open:
            continue
        into_id, already = there.get(name, (0, 0))
        called = name if into_id else name_for(name, gone.name, taken)
        taken.add(called)
        yield TeamMove(at, name, site, people, into_id, called, already)


def _stays(ends_on: date | None, is_open: bool) -> bool:
    return is_open and ends_on is None


def _roles(session: ReadSession, directorate_id: int, team_ids: list[int], today: date) -> Iterator[RoleMove]:
    g = _grant.c
    here = sa.or_(
        sa.and_(g.scope_kind == ScopeKind.DIRECTORATE, g.scope_id == directorate_id),
        sa.and_(g.scope_kind == ScopeKind.TEAM, g.scope_id.in_(team_ids)),
    )
    rows = session.execute(
        sa.select(g.id, g.person_id, _person.c.name, g.role, g.scope_kind, g.scope_id, g.starts_on, g.ends_on)
        .join(_person, _person.c.id == g.person_id)
        .where(here, sa.or_(g.ends_on.is_(None), g.ends_on > today))
        .order_by(_person.c.sort_key, g.id)
    )
    for at, person_id, name, role, kind, scope_id, starts_on, ends_on in rows:
        yield RoleMove(at, person_id, name, role, scope_id if kind is ScopeKind.TEAM else 0, starts_on, ends_on)


def _targets(session: ReadSession, gone: int, into: int, today: date) -> Iterator[TargetMove]:
    t, staff = _target.c, _staff(session, (gone, into), today)
    rows = session.execute(
        sa.select(t.id, t.directorate_id, t.tier, t.year, t.staff_group, t.kind, t.value)
        .where(t.directorate_id.in_((gone, into)), t.superseded_at.is_(None), t.year >= financial_year(today))
        .order_by(t.year, t.tier, t.staff_group)
    ).all()
    found = {(r.directorate_id, r.tier, r.year, r.staff_group): r for r in rows}
    for row in rows:
        if row.directorate_id != gone:
            continue
        other = found.get((into, row.tier, row.year, row.staff_group))
        both = [
            Aimed(r.kind, r.value, staff.get((r.directorate_id, r.staff_group), 0))
            for r in (row, other)
            if r is not None
        ]
        yield TargetMove(
            tier=row.tier,
            year=row.year,
            staff_group=row.staff_group,
            before=((row.kind, row.value), (other.kind, other.value) if other else None),
            after=aimed_together(both[0], both[1] if other else None),
            ends=tuple(r.id for r in (row, other) if r is not None),
        )


def _staff(session: ReadSession, directorate_ids: tuple[int, int], today: date) -> dict[tuple[int, str], int]:
    """People by directorate and staff group; the empty group is everybody."""
    rows = session.execute(
        sa.select(_team.c.directorate_id, _employment.c.staff_group, sa.func.count())
        .select_from(_employment.join(_team, _team.c.id == _employment.c.team_id))
        .where(_team.c.directorate_id.in_(directorate_ids), _employment.c.is_primary, open_on(_employment, today))
        .group_by(_team.c.directorate_id, _employment.c.staff_group)
    )
    found: dict[tuple[int, str], int] = {}
    for directorate_id, group, count in rows:
        found[directorate_id, group] = count
        found[directorate_id, ""] = found.get((directorate_id, ""), 0) + count
    return found


def _cohorts(session: ReadSession, gone: int, into: int, today: date) -> Iterator[CohortMove]:
    """Those that are not over. What was for the whole trust stays so."""
    other = _for.alias("other")
    rows = session.execute(
        sa.select(_cohort.c.id, _cohort.c.title, _for.c.places, other.c.cohort_id, other.c.places)
        .select_from(
            _cohort.join(_for, _for.c.cohort_id == _cohort.c.id).outerjoin(
                other, sa.and_(other.c.cohort_id == _cohort.c.id, other.c.directorate_id == into)
            )
        )
        .where(_for.c.directorate_id == gone, _cohort.c.ends_on >= today, _cohort.c.state != CohortState.DROPPED)
        .order_by(_cohort.c.starts_on, _cohort.c.id)
    )
    for at, title, places, both, theirs in rows:
        yield CohortMove(at, title, places_together(places, theirs), both is not None)


def _views(session: ReadSession, gone: int, team_ids: list[int]) -> Iterator[int]:
    """Saved views that name the directorate or one of its teams."""
    same = dict.fromkeys(team_ids, 0)
    for at, query in session.execute(sa.select(_view.c.id, _view.c.query).order_by(_view.c.id)):
        if view_after(query, gone, 0, same) != query:
            yield at
