"""Patient partners with the state of their accounts."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.accounts.models import Credential
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import PartnerProfile, Person

_person, _profile, _credential = table(Person), table(PartnerProfile), table(Credential)


@dataclass(frozen=True, slots=True)
class PartnerLineRow:
    person_id: int
    name: str
    contact_name: str
    has_password: bool
    suspended: bool


def partners_with_accounts(session: ReadSession, actor: Actor) -> list[PartnerLineRow]:
    """All of them by name, for whoever looks after them."""
    if not actor.reach(Permission.MANAGE_PARTNERS).trust:
        raise NotFoundError("partners")
    rows = session.execute(
        sa.select(
            _person.c.id,
            _person.c.name,
            _profile.c.contact_name,
            sa.and_(_credential.c.password_hash.is_not(None)).label("has_password"),
            sa.func.coalesce(_credential.c.suspended, sa.false()),
        )
        .join(_profile, _profile.c.person_id == _person.c.id)
        .outerjoin(_credential, _credential.c.person_id == _person.c.id)
        .where(_person.c.kind == PersonKind.PARTNER)
        .order_by(_person.c.sort_key, _person.c.id)
    )
    return [PartnerLineRow(row[0], row[1], row[2], bool(row[3]), bool(row[4])) for row in rows]
