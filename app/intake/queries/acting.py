"""Whoever asked for work that is done later."""

from datetime import datetime

from app.access.actor import Actor, PersonKind
from app.accounts.sessions import held_by
from app.kernel.db import ReadSession
from app.organisation.models import Person


def actor_now(session: ReadSession, person_id: int, now: datetime) -> Actor:
    """A member of staff as they would act at this moment; without any grant when they may not sign in."""
    person = session.get_one(Person, person_id)
    held = held_by(session, person_id, person.kind, now) or ()
    return Actor(person_id, PersonKind(person.kind), person.name, held)
