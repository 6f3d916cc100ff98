"""The human whom a patient partner can call."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.kernel.db import ReadSession, table
from app.organisation.models import PartnerProfile

_profile = table(PartnerProfile)
_CONTACT = sa.select(_profile.c.contact_name, _profile.c.contact_phone, _profile.c.contact_hours).where(
    _profile.c.person_id == sa.bindparam("person_id")
)


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    phone: str
    hours: str


def own_contact(session: ReadSession, actor: Actor) -> Contact | None:
    """The contact who was named for this partner; None for staff."""
    if actor.kind is not PersonKind.PARTNER:
        return None
    row = session.execute(_CONTACT, {"person_id": actor.person_id}).first()
    return Contact(*row) if row else None
