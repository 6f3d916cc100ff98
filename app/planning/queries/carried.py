"""What hangs on a directorate and would go with it into another: roles, targets, cohorts and saved views."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.actor import ScopeKind
from app.access.permissions import Role
from app.accounts.models import RoleGrant
from app.capability.models import SavedView
from app.cohorts.models import Cohort, CohortDirectorate
from app.cohorts.rules import CohortState
from app.kernel.db import ReadSession, table
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import open_on
from app.planning.merging import Aimed, aimed_together, places_together, view_after
from app.planning.models import Target
from app.planning.rules import TargetKind, financial_year

_employment, _person, _team, _grant = table(Employment), table(Person), table(Team), table(RoleGrant)
_cohort, _for, _target, _view = table(Cohort), table(CohortDirectorate), table(Target), table(SavedView)


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


def roles_carried(session: ReadSession, directorate_id: int, team_ids: list[int], today: date) -> Iterator[RoleMove]:
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


def targets_carried(session: ReadSession, gone: int, into: int, today: date) -> Iterator[TargetMove]:
    t, staff = _target.c, _staff(session, (gone, into), today)
    rows = session.execute(
        sa.select(t.id, t.directorate_id, t.tier, t.year, t.staff_group, t.kind, t.value)
        .where(t.directorate_id.in_((gone, into)), t.superseded_at.is_(None), t.year >= financial_year(today))
        .order_by(t.year, t.tier, t.staff_group)
    ).all()
    found = {(r.directorate_id, r.tier, r.year, r.staff_group): r for r in rows}
    for row in rows:
        if row.directorate_id == into:
            if row.kind is TargetKind.PER_CENT and (gone, row.tier, row.year, row.staff_group) not in found:
                yield _as_many(row, staff.get((gone, row.staff_group), 0), staff.get((into, row.staff_group), 0))
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


def _as_many(row: sa.Row[Any], gone: int, into: int) -> TargetMove:
    """A per cent of the directorate that stays asks for as many of more people."""
    after = aimed_together(Aimed(TargetKind.PER_CENT, 0, gone), Aimed(row.kind, row.value, into))
    return TargetMove(
        tier=row.tier,
        year=row.year,
        staff_group=row.staff_group,
        before=(None, (row.kind, row.value)),
        after=after,
        ends=(row.id,),
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


def cohorts_carried(session: ReadSession, gone: int, into: int, today: date) -> Iterator[CohortMove]:
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


def views_carried(session: ReadSession, gone: int, team_ids: list[int]) -> Iterator[int]:
    """Saved views that name the directorate or one of its teams."""
    same = dict.fromkeys(team_ids, 0)
    for at, query in session.execute(sa.select(_view.c.id, _view.c.query).order_by(_view.c.id)):
        if view_after(query, gone, 0, same) != query:
            yield at
