"""For whom an actor may act: for themselves, for staff within reach, for partners when they look after them."""

from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.kernel.db import ReadSession, WriteSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Person
from app.organisation.queries import partner_in_reach, person_record

_person = table(Person)


def may_act_for(session: ReadSession, actor: Actor, person_id: int, permission: Permission, on: date) -> PersonKind:
    """What kind of person this is. Raises NotFoundError unless the actor reaches them; nobody reaches the system."""
    kind: PersonKind | None = session.scalar(sa.select(_person.c.kind).where(_person.c.id == person_id))
    if kind is PersonKind.PARTNER:
        partner_in_reach(session, actor, person_id)
        return kind
    if kind is PersonKind.STAFF:
        person_record(session, actor, permission, person_id, on)
        return kind
    raise NotFoundError("person")


def one_at_a_time(session: WriteSession, person_id: int) -> PersonKind:
    """Wait until no other transaction is enrolling this person or recording for them. Returns their kind.

    Two halves of a course recorded at the same moment would otherwise each miss the other, and nobody would complete.
    (SQLite has one writer at a time, and needs no such lock.)
    """
    kind: PersonKind | None = session.scalar(
        sa.select(_person.c.kind).where(_person.c.id == person_id).with_for_update(key_share=True)
    )
    if kind is None:
        raise NotFoundError("person")
    return kind
