"""Somebody who shared an idea hears back."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.access.permissions import Permission
from app.kernel import audit, outbox
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError, StaleError
from app.learning.models import Note
from app.organisation.models import Person

_note, _person = table(Note), table(Person)

# The same words for everybody: nothing sent may reveal who somebody is to the trust, or what they wrote.
TOLD = "Somebody has answered what you shared in a course. Sign in to read the answer."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyToIdea:
    note_id: int
    reply: str


def reply_to_idea(session: WriteSession, actor: Actor, command: ReplyToIdea, now: datetime, kind: PersonKind) -> None:
    """Answer a shared note of a member of staff or of a partner, once; its writer is told in their next mail.

    Raises NotFoundError out of reach, or when it is no longer shared; StaleError when somebody answered it first.
    """
    permission = Permission.SEE_IDEAS if kind is PersonKind.STAFF else Permission.MANAGE_PARTNERS
    note = session.scalar(
        sa.select(Note)
        .join(_person, _person.c.id == _note.c.person_id)
        .where(_note.c.id == command.note_id, _note.c.shared_at.is_not(None), _person.c.kind == kind)
        .with_for_update(of=Note)
    )
    if note is None or not actor.reach(permission).trust:
        raise NotFoundError("idea")
    if note.replied_at is not None:
        raise StaleError("Somebody else answered this first. Their answer is in the list below; yours was not sent.")
    if not command.reply.strip():
        raise BadInputError({"reply": "Enter an answer"})
    note.reply, note.replied_at, note.replied_by_id = command.reply.strip(), now, actor.person_id
    session.flush()
    audit.record(
        session, actor, "answer shared note", "note", note.id, now=now, subject_id=note.person_id, fields=("reply",)
    )
    outbox.tell(session, key=f"note-reply:{note.id}", person_id=note.person_id, kind="note-reply", line=TOLD, now=now)
