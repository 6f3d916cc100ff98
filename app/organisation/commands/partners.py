"""Patient partners: welcomed under the name they choose, with a human they can call. Never matched with staff."""

from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.kernel import audit
from app.kernel.db import WriteSession
from app.kernel.errors import NotFoundError
from app.kernel.names import folded, tidy
from app.organisation.commands.identity import checked_email, checked_name
from app.organisation.models import PartnerProfile, Person
from app.organisation.queries import partner_in_reach
from app.organisation.rules import address_key


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomePartner:
    name: str
    email: str | None = None
    contact_name: str
    contact_phone: str
    contact_hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePartner:
    """Another name, address or contact, as the partner asks for it."""

    person_id: int
    name: str
    email: str | None = None
    contact_name: str
    contact_phone: str
    contact_hours: str = ""


def welcome_partner(session: WriteSession, actor: Actor, command: WelcomePartner, now: datetime) -> Person:
    """Write the partner and their contact. Raises NotFoundError for actors who do not look after partners."""
    if not actor.reach(Permission.MANAGE_PARTNERS).trust:
        raise NotFoundError("partners")
    person = Person(kind=PersonKind.PARTNER, name="", list_name="", sort_key="", made_at=now)
    profile = PartnerProfile(person_id=0, contact_name="", contact_phone="")
    changed = _write(session, person, profile, command)
    session.add(person)
    session.flush()
    profile.person_id = person.id
    session.add(profile)
    audit.record(session, actor, "welcome partner", "person", person.id, now=now, subject_id=person.id, changed=changed)
    return person


def change_partner(session: WriteSession, actor: Actor, command: ChangePartner, now: datetime) -> None:
    partner_in_reach(session, actor, command.person_id)
    person, profile = session.get(Person, command.person_id), session.get(PartnerProfile, command.person_id)
    assert person is not None
    assert profile is not None
    changed = _write(session, person, profile, command)
    audit.record(session, actor, "change partner", "person", person.id, now=now, subject_id=person.id, changed=changed)


def _write(
    session: WriteSession, person: Person, profile: PartnerProfile, command: WelcomePartner | ChangePartner
) -> dict[str, tuple[str | None, str | None]]:
    """Set what the command says; returns name and address before and after, for the audit's erasable values."""
    name = checked_name("name", command.name, "the name they want to be called by")
    email = checked_email(session, command.email, person.id)
    changed = {"name": (person.name or None, name), "email": (person.email, email)}
    person.name = person.list_name = name
    person.sort_key = folded(name)
    person.email, person.email_key = email, address_key(email) if email else None
    profile.contact_name = checked_name("contact_name", command.contact_name, "a contact's name")
    profile.contact_phone = checked_name("contact_phone", command.contact_phone, "a telephone number")
    profile.contact_hours = tidy(command.contact_hours)
    return {field: values for field, values in changed.items() if values[0] != values[1]}
