"""The note that two people both read and write, where they see something differently."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.kernel.db import ReadSession, table
from app.organisation.models import Person
from app.ratings.models import RatingNote

_note, _person = table(RatingNote), table(Person)


@dataclass(frozen=True, slots=True)
class NoteRow:
    with_id: int
    author_id: int
    author: str
    words: str
    written_at: datetime


def notes_of(session: ReadSession, person_id: int, with_id: int | None = None) -> list[NoteRow]:
    """The lines of a person with everybody, for the person; or with one who rates them, for that one. In order."""
    wanted = (
        sa.select(_note.c.with_id, _note.c.author_id, _person.c.name, _note.c.words, _note.c.written_at)
        .join(_person, _person.c.id == _note.c.author_id)
        .where(_note.c.person_id == person_id)
        .order_by(_note.c.written_at, _note.c.id)
    )
    if with_id is not None:
        wanted = wanted.where(_note.c.with_id == with_id)
    return [NoteRow(*row) for row in session.execute(wanted)]
