"""Who leads a team: those who may set needs for its people."""

from datetime import date

import sqlalchemy as sa

from app.access.actor import ScopeKind
from app.access.permissions import ROLE_PERMISSIONS, Permission
from app.accounts.models import RoleGrant
from app.accounts.sessions import granted_today
from app.kernel.db import ReadSession, table
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import open_on

_grant, _person, _employment, _team = table(RoleGrant), table(Person), table(Employment), table(Team)
_SETTERS = [role for role, permissions in ROLE_PERMISSIONS.items() if Permission.SET_NEED in permissions]


def leads_of(session: ReadSession, team_id: int, on: date) -> dict[int, bool]:
    """Those who work here that day and may set needs in the team: whether for it or its directorate in particular.

    Who may do so in the whole trust alone, as the QI team, is there with False.
    """
    working = sa.exists().where(_employment.c.person_id == _person.c.id, open_on(_employment, on))
    rows = session.execute(
        sa.select(_person.c.id, _grant.c.scope_kind)
        .select_from(_person.join(_grant, granted_today).join(_team, _team.c.id == team_id))
        .where(
            _grant.c.role.in_(_SETTERS),
            working,
            sa.or_(
                _grant.c.scope_kind == ScopeKind.TRUST,
                sa.and_(_grant.c.scope_kind == ScopeKind.TEAM, _grant.c.scope_id == _team.c.id),
                sa.and_(_grant.c.scope_kind == ScopeKind.DIRECTORATE, _grant.c.scope_id == _team.c.directorate_id),
            ),
        )
        .order_by(_person.c.id),
        {"today": on},
    )
    found: dict[int, bool] = {}
    for person_id, scope in rows:
        found[person_id] = found.get(person_id, False) or scope is not ScopeKind.TRUST
    return found
