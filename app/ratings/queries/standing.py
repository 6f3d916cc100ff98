"""Who leads which teams, whom leads have asked to judge one, and who manages whom: as it stands on one day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import ScopeKind
from app.access.permissions import Role
from app.accounts.models import RoleGrant
from app.accounts.sessions import granted_today
from app.kernel.db import ReadSession, table
from app.organisation.models import Directorate, Employment, Person, Team
from app.ratings.models import RatingDelegation

_person, _employment, _team, _directorate = table(Person), table(Employment), table(Team), table(Directorate)
_grant, _delegation = table(RoleGrant), table(RatingDelegation)
_lead, _post = _person.alias("lead"), _employment.alias("post_there")


@dataclass(frozen=True, slots=True)
class Lead:
    person_id: int
    name: str
    scope: ScopeKind
    scope_id: int | None

    def leads(self, team_id: int, directorate_id: int) -> bool:
        ids = {ScopeKind.TEAM: team_id, ScopeKind.DIRECTORATE: directorate_id}
        return self.scope is ScopeKind.TRUST or ids.get(self.scope) == self.scope_id


def delegations_on(
    session: ReadSession, on: date, which: sa.ColumnElement[bool]
) -> Sequence[sa.Row[tuple[object, ...]]]:
    """Those that stand today: the lead leads that team still, and whom they asked manages somebody there still.

    Whoever leads the team themselves judges it in their own right, and for nobody.
    """
    managed = sa.and_(
        _post.c.team_id == _delegation.c.team_id, _post.c.manager_id == _delegation.c.manager_id, there(_post, on)
    )
    rows = session.execute(
        sa.select(
            _delegation.c.id,
            _delegation.c.team_id,
            _team.c.name.label("team"),
            _team.c.directorate_id,
            _directorate.c.name.label("directorate"),
            _delegation.c.lead_id,
            _lead.c.name.label("lead"),
            _delegation.c.manager_id,
            _person.c.name.label("manager"),
        )
        .select_from(_delegation)
        .join(_team, _team.c.id == _delegation.c.team_id)
        .join(_directorate, _directorate.c.id == _team.c.directorate_id)
        .join(_lead, _lead.c.id == _delegation.c.lead_id)
        .join(_person, _person.c.id == _delegation.c.manager_id)
        .where(
            which,
            _delegation.c.ended_at.is_(None),
            sa.exists().where(managed),
            works(_delegation.c.manager_id, on),
        )
        .order_by(_delegation.c.id)
    ).all()
    leads = leads_on(session, on) if rows else []
    return [row for row in rows if _stands(row, leading(leads, row.team_id, row.directorate_id))]


def _stands(row: sa.Row[tuple[object, ...]], leads: frozenset[int]) -> bool:
    return row.lead_id in leads and row.manager_id not in leads


def leading(leads: Sequence[Lead], team_id: int, directorate_id: int) -> frozenset[int]:
    """Which of them lead a team."""
    return frozenset(lead.person_id for lead in leads if lead.leads(team_id, directorate_id))


def managing(session: ReadSession, people: Collection[int], on: date) -> set[tuple[int, int]]:
    """Each of these people, with whoever manages them in one of the posts they hold on that day."""
    if not people:
        return set()
    post = _employment.alias("managed")
    rows = session.execute(
        sa.select(post.c.person_id, post.c.manager_id).where(
            post.c.person_id.in_(people), post.c.manager_id.is_not(None), there(post, on)
        )
    )
    return {(row.person_id, row.manager_id) for row in rows}


def leads_on(session: ReadSession, on: date) -> list[Lead]:
    """Whoever holds the role of lead on that day and works here, by name. They are few in any trust."""
    rows = session.execute(
        sa.select(_person.c.id, _person.c.name, _grant.c.scope_kind, _grant.c.scope_id)
        .select_from(_person.join(_grant, granted_today))
        .where(_grant.c.role == Role.LEAD, works(_person.c.id, on))
        .order_by(_person.c.sort_key, _person.c.id),
        {"today": on},
    )
    return [Lead(*row) for row in rows]


def works(person_id: sa.ColumnElement[int], on: date) -> sa.ColumnElement[bool]:
    works = _employment.alias("works")
    return sa.exists().where(works.c.person_id == person_id, there(works, on))


def there(post: sa.FromClause, on: date) -> sa.ColumnElement[bool]:
    """Whether a post, under another name than its table's, holds the day."""
    return sa.and_(post.c.starts_on <= on, sa.or_(post.c.ends_on.is_(None), post.c.ends_on > on))
