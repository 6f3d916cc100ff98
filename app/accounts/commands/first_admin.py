"""The first administrator, made from the command line: nobody could give them the role on a page."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import SYSTEM, PersonKind, ScopeKind
from app.access.permissions import Permission, Role
from app.accounts.commands.arrivals import take_on
from app.accounts.commands.grants import GrantRole, grant_role
from app.accounts.commands.invitations import Invitation, Invite, invite
from app.accounts.models import RoleGrant
from app.accounts.queries import grants_of
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError
from app.organisation.commands import Hire, OpenDirectorate, OpenTeam, open_directorate, open_team
from app.organisation.models import Person
from app.organisation.queries import teams
from app.organisation.rules import Basis, address_key, holds_on

_person, _grant = table(Person), table(RoleGrant)

DIRECTORATE, TEAM = "Quality improvement", "QI team"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateFirstAdmin:
    """Their staff record is the least that makes them a member of staff; correct it once staff data is loaded."""

    given_name: str
    family_name: str
    email: str
    employee_number: str = "QI-1"


def create_first_admin(
    session: WriteSession, settings: Settings, command: CreateFirstAdmin, now: datetime
) -> Invitation:
    """Make somebody a QI team administrator for the whole trust; their one-time link is mailed and returned.

    A member of staff with this address is taken as they are. Raises BadInputError for a partner's address.
    """
    person_id = _existing(session, command) or _new(session, command, now)
    today = london_date(now)
    held = [g for g in grants_of(session, person_id) if holds_on(g.starts_on, g.ends_on, today)]
    if not any(g.role is Role.QI_ADMIN for g in held):
        grant_role(
            session,
            SYSTEM,
            GrantRole(person_id=person_id, role=Role.QI_ADMIN, scope_kind=ScopeKind.TRUST, starts_on=today),
            now,
        )
    return invite(session, settings, SYSTEM, Invite(person_id=person_id), now)


def _existing(session: WriteSession, command: CreateFirstAdmin) -> int | None:
    row = session.execute(
        sa.select(_person.c.id, _person.c.kind).where(_person.c.email_key == address_key(command.email))
    ).first()
    if row is not None and row.kind is not PersonKind.STAFF:
        raise BadInputError({"email": "This address cannot be used for an administrator. Use another."})
    return row.id if row else None


def _new(session: WriteSession, command: CreateFirstAdmin, now: datetime) -> int:
    hire = Hire(
        given_name=command.given_name,
        family_name=command.family_name,
        email=command.email,
        basis=Basis.EMPLOYED,
        employee_number=command.employee_number,
        team_id=_team(session, now),
        staff_group="Administrative and Clerical",
        job_role="QI team administrator",
        starts_on=london_date(now),
    )
    if not command.email.strip():
        raise BadInputError({"email": "Enter an e-mail address: the one-time link belongs to it."})
    return take_on(session, SYSTEM, hire, now).id


def _team(session: WriteSession, now: datetime) -> int:
    today = london_date(now)
    for team in teams(session, SYSTEM, Permission.MANAGE_PEOPLE, on=today):
        if (team.directorate, team.name) == (DIRECTORATE, TEAM):
            return team.id
    directorate = open_directorate(session, SYSTEM, OpenDirectorate(name=DIRECTORATE, starts_on=today), now)
    return open_team(session, SYSTEM, OpenTeam(directorate_id=directorate.id, name=TEAM, starts_on=today), now).id
