"""Whom no staff file ends by leaving them out: whoever applies it, and the last administrator."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Role
from app.accounts.models import RoleGrant
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import RuleBrokenError
from app.organisation.models import Employment, Person
from app.organisation.queries import open_on

_grant, _employment, _person = table(RoleGrant), table(Employment), table(Person)
REMEDY = "Most often the employee number here is not the one in the staff record: correct it here, then apply the file."


def refuse_shutting_out(session: ReadSession, actor: Actor, leavers: Collection[int], now: datetime) -> None:
    """Ask before anything is written. Raises RuleBrokenError."""
    if actor.person_id in leavers:
        raise RuleBrokenError(f"The file would end your own post here, and sign you out. {REMEDY}")
    today = london_date(now)
    wanted = (
        sa.select(_person.c.id, _person.c.name)
        .join(_grant, _grant.c.person_id == _person.c.id)
        .join(_employment, _employment.c.person_id == _person.c.id)
        .where(_grant.c.role == Role.QI_ADMIN, open_on(_grant, today), open_on(_employment, today))
        .distinct()
    )
    administrators = {row.id: row.name for row in session.execute(wanted)}
    if administrators and set(administrators) <= set(leavers):
        names = ", ".join(sorted(administrators.values()))
        raise RuleBrokenError(f"The file would end the post of the last QI team administrator ({names}). {REMEDY}")
