"""Roles are given with a scope and dates. Nobody gives more than they hold, nor for longer, nor to themselves."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor, ScopeKind
from app.access.permissions import GRANTED, ROLE_NAMES, TRUST_WIDE_ONLY, Permission, Role, needed_to_give
from app.accounts.models import RoleGrant
from app.accounts.rules import latest_end
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, WriteSession, table
from app.kernel.errors import BadInputError, NotAllowedError, NotFoundError, RuleBrokenError
from app.organisation.models import Directorate, Team
from app.organisation.queries import person_record
from app.organisation.rules import holds_on

_grant = table(RoleGrant)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRole:
    """A role over [starts_on, ends_on); `scope_id` is a directorate's or a team's id, None for the whole trust."""

    person_id: int
    role: Role
    scope_kind: ScopeKind
    scope_id: int | None = None
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeRole:
    grant_id: int


def grant_role(session: WriteSession, actor: Actor, command: GrantRole, now: datetime) -> RoleGrant:
    """Raises NotAllowedError for more than the actor holds, BadInputError by field for what cannot be."""
    if command.person_id == actor.person_id:
        raise RuleBrokenError("Nobody gives a role to themselves. Ask another administrator.")
    person_record(session, actor, Permission.GRANT_ROLES, command.person_id, london_date(now))
    directorate_id = _check_scope(session, command)
    _check_held(actor, command.role, command.scope_kind, command.scope_id, directorate_id)
    _check_dates(actor, command, directorate_id, london_date(now))
    _refuse_twice(session, command)
    grant = RoleGrant(
        person_id=command.person_id,
        role=command.role,
        scope_kind=command.scope_kind,
        scope_id=command.scope_id,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        granted_by_id=actor.person_id,
        granted_at=now,
    )
    session.add(grant)
    session.flush()
    place = _place(session, command)
    where = place.name if place else "the whole trust"
    changed: dict[str, tuple[str | None, str | None]] = {"role": (None, str(command.role)), "scope": (None, where)}
    if command.ends_on:
        changed["ends_on"] = (None, command.ends_on.isoformat())
    audit.record(
        session, actor, "grant role", "role_grant", grant.id, now=now, subject_id=command.person_id, changed=changed
    )
    return grant


def revoke_role(session: WriteSession, actor: Actor, command: RevokeRole, now: datetime) -> RoleGrant:
    """End a role today, from the person's next request. One's own is ended by somebody else, so that one remains."""
    grant = session.get(RoleGrant, command.grant_id)
    if grant is None or not actor.may(Permission.GRANT_ROLES):
        raise NotFoundError("role")
    if grant.person_id == actor.person_id:
        raise RuleBrokenError("You cannot end your own role. Ask another administrator.")
    _check_held(actor, grant.role, grant.scope_kind, grant.scope_id, _directorate_of(session, grant))
    today = london_date(now)
    if grant.ends_on is not None and grant.ends_on <= today:
        raise RuleBrokenError("This role has ended already.")
    changed = {"ends_on": (grant.ends_on.isoformat() if grant.ends_on else None, today.isoformat())}
    grant.ends_on = max(today, grant.starts_on)
    audit.record(
        session, actor, "revoke role", "role_grant", grant.id, now=now, subject_id=grant.person_id, changed=changed
    )
    return grant


def _check_scope(session: ReadSession, command: GrantRole) -> int | None:
    """The directorate that the scope lies in, None for the whole trust."""
    if command.role not in GRANTED or command.scope_kind is ScopeKind.OWN:
        raise BadInputError({"role": "Choose a role"})
    if command.scope_kind is ScopeKind.TRUST:
        if command.scope_id is not None:
            raise BadInputError({"scope_id": "Choose the whole trust, a directorate or a team"})
        return None
    if command.role in TRUST_WIDE_ONLY:
        raise BadInputError({"scope_id": f"{ROLE_NAMES[command.role]} is a role for the whole trust"})
    place = _place(session, command)
    if place is None or not holds_on(place.starts_on, place.ends_on, command.starts_on):
        raise BadInputError({"scope_id": "Choose a directorate or team that is open on the first day"})
    return place.directorate_id if isinstance(place, Team) else place.id


def _place(session: ReadSession, command: GrantRole) -> Directorate | Team | None:
    if command.scope_id is None:
        return None
    if command.scope_kind is ScopeKind.DIRECTORATE:
        return session.get(Directorate, command.scope_id)
    return session.get(Team, command.scope_id)


def _directorate_of(session: ReadSession, grant: RoleGrant) -> int | None:
    team = session.get(Team, grant.scope_id) if grant.scope_kind is ScopeKind.TEAM else None
    return team.directorate_id if team else None


def _check_held(
    actor: Actor, role: Role, scope_kind: ScopeKind, scope_id: int | None, directorate_id: int | None
) -> None:
    for permission in needed_to_give(role):
        if not actor.reach(permission).covers(scope_kind, scope_id, directorate_id):
            raise NotAllowedError(f"You cannot give or end the role {ROLE_NAMES[role]} there: you do not hold as much.")


def _check_dates(actor: Actor, command: GrantRole, directorate_id: int | None, today: date) -> None:
    if command.ends_on is not None and command.ends_on <= command.starts_on:
        raise BadInputError({"ends_on": "The last day must not be before the first day"})
    if command.ends_on is not None and command.ends_on <= today:
        raise BadInputError({"ends_on": "The last day is over. Choose today or a later day"})
    limit = latest_end(actor, needed_to_give(command.role), command.scope_kind, command.scope_id, directorate_id)
    if limit is not None and (command.ends_on is None or command.ends_on > limit):
        last = limit - timedelta(days=1)
        raise BadInputError({"ends_on": f"Your own role ends on {last:%-d %B %Y}. Choose that day or an earlier one"})


def _refuse_twice(session: ReadSession, command: GrantRole) -> None:
    same = sa.select(_grant.c.id).where(
        _grant.c.person_id == command.person_id,
        _grant.c.role == command.role,
        _grant.c.scope_kind == command.scope_kind,
        _grant.c.scope_id.is_not_distinct_from(command.scope_id),
        _grant.c.starts_on < (command.ends_on or date.max),
        sa.or_(_grant.c.ends_on.is_(None), _grant.c.ends_on > command.starts_on),
    )
    if session.execute(same).first():
        raise RuleBrokenError("They hold this role there already. End it first to change its dates.")
