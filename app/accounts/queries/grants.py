"""Roles that were given: to whom, where, until when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor, ScopeKind
from app.access.permissions import Permission, Role
from app.accounts.models import RoleGrant
from app.kernel.db import ReadSession, table
from app.organisation.models import Directorate, Person, Team
from app.organisation.queries import open_on

SOON = timedelta(days=30)

_grant = table(RoleGrant)
_person = table(Person)
_granter = _person.alias("granter")
_directorate = table(Directorate)
_team = table(Team)
_home = _directorate.alias("home")


@dataclass(frozen=True, slots=True)
class GrantRow:
    """`place` is the directorate's or team's name, None for the whole trust."""

    id: int
    person_id: int
    person: str
    role: Role
    scope_kind: ScopeKind
    scope_id: int | None
    place: str | None
    starts_on: date
    ends_on: date | None
    granted_by: str
    granted_at: datetime


_GRANTS = (
    sa.select(
        _grant.c.id,
        _grant.c.person_id,
        _person.c.name,
        _grant.c.role,
        _grant.c.scope_kind,
        _grant.c.scope_id,
        sa.case(
            (_grant.c.scope_kind == ScopeKind.DIRECTORATE, _directorate.c.name),
            (_grant.c.scope_kind == ScopeKind.TEAM, _team.c.name + ", " + _home.c.name),
        ),
        _grant.c.starts_on,
        _grant.c.ends_on,
        _granter.c.name,
        _grant.c.granted_at,
    )
    .select_from(_grant)
    .join(_person, _person.c.id == _grant.c.person_id)
    .join(_granter, _granter.c.id == _grant.c.granted_by_id)
    .outerjoin(_directorate, _directorate.c.id == _grant.c.scope_id)
    .outerjoin(_team, _team.c.id == _grant.c.scope_id)
    .outerjoin(_home, _home.c.id == _team.c.directorate_id)
)


def grants_of(session: ReadSession, person_id: int) -> list[GrantRow]:
    """Every role a person was ever given, newest first. Ask for the person in reach first."""
    wanted = _GRANTS.where(_grant.c.person_id == person_id).order_by(_grant.c.starts_on.desc(), _grant.c.id.desc())
    return [GrantRow(*row) for row in session.execute(wanted)]


def held_today(session: ReadSession, person_id: int, on: date) -> list[GrantRow]:
    """The roles a person holds on that day."""
    wanted = _GRANTS.where(_grant.c.person_id == person_id, open_on(_grant, on)).order_by(_grant.c.role, _grant.c.id)
    return [GrantRow(*row) for row in session.execute(wanted)]


def grant_by_id(session: ReadSession, grant_id: int) -> GrantRow | None:
    row = session.execute(_GRANTS.where(_grant.c.id == grant_id)).first()
    return GrantRow(*row) if row else None


def roles_overview(session: ReadSession, actor: Actor, on: date) -> list[GrantRow]:
    """Every role held on that day, by role and name, for whoever may give roles in the whole trust."""
    if not actor.reach(Permission.GRANT_ROLES).trust:
        return []
    wanted = _GRANTS.where(open_on(_grant, on)).order_by(_grant.c.role, _person.c.sort_key, _grant.c.id)
    return [GrantRow(*row) for row in session.execute(wanted)]


def ending_soon(session: ReadSession, actor: Actor, on: date) -> list[GrantRow]:
    """Roles held on that day that end within thirty days, the first to end first."""
    if not actor.reach(Permission.GRANT_ROLES).trust:
        return []
    wanted = _GRANTS.where(open_on(_grant, on), _grant.c.ends_on <= on + SOON)
    return [GrantRow(*row) for row in session.execute(wanted.order_by(_grant.c.ends_on, _person.c.sort_key))]
