"""Patient partners: seen by those who look after them, joined to no post, team or number."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import PartnerProfile, Person

_person = table(Person)
_profile = table(PartnerProfile)


@dataclass(frozen=True, slots=True)
class PartnerRow:
    person_id: int
    name: str
    email: str | None
    made_at: datetime
    contact_name: str
    contact_phone: str
    contact_hours: str
    public_check: bool


_PARTNERS = (
    sa.select(
        _person.c.id,
        _person.c.name,
        _person.c.email,
        _person.c.made_at,
        _profile.c.contact_name,
        _profile.c.contact_phone,
        _profile.c.contact_hours,
        _profile.c.public_check,
    )
    .join(_profile, _profile.c.person_id == _person.c.id)
    .where(_person.c.kind == PersonKind.PARTNER)
    .order_by(_person.c.sort_key, _person.c.id)
)


def partners(session: ReadSession, actor: Actor) -> list[PartnerRow]:
    """All patient partners, for whoever looks after them. Nobody else knows that there are any."""
    if not actor.reach(Permission.MANAGE_PARTNERS).trust:
        raise NotFoundError("partners")
    return [PartnerRow(*row) for row in session.execute(_PARTNERS)]


def partner_in_reach(session: ReadSession, actor: Actor, person_id: int) -> PartnerRow:
    """One patient partner. Raises NotFoundError for a missing one, and to everybody who does not look after them."""
    row = session.execute(_PARTNERS.where(_person.c.id == person_id)).first()
    if row is None or not actor.reach(Permission.MANAGE_PARTNERS).trust:
        raise NotFoundError("partner")
    return PartnerRow(*row)
