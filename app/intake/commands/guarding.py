"""Whom no staff file ends by leaving them out: whoever applies it, and the last administrator."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from app.access.permissions import Role
from app.accounts.models import RoleGrant
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.organisation.models import Employment, Person
from app.organisation.queries import open_on

_grant, _employment, _person = table(RoleGrant), table(Employment), table(Person)
REMEDY = "Most often the employee number here is not the one in the staff record: correct it here, then apply the file."


def shut_out(session: ReadSession, person_id: int, leavers: Collection[int], now: datetime) -> str:
    """Why a plan after which these people have left cannot be done by that person; empty when it can."""
    if person_id in leavers:
        return f"The file would end your own post here, and sign you out. {REMEDY}"
    today = london_date(now)
    wanted = (
        sa.select(_person.c.id, _person.c.name)
        .join(_grant, _grant.c.person_id == _person.c.id)
        .join(_employment, _employment.c.person_id == _person.c.id)
        .where(_grant.c.role == Role.QI_ADMIN, open_on(_grant, today), open_on(_employment, today))
        .distinct()
    )
    administrators = {row.id: row.name for row in session.execute(wanted)}
    if not administrators or not set(administrators) <= set(leavers):
        return ""
    names = ", ".join(sorted(administrators.values()))
    return f"The file would end the post of the last QI team administrator ({names}). {REMEDY}"
