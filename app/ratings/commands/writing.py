"""Two people who see something differently write to each other, line by line: nothing written is ever replaced."""

from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession
from app.kernel.errors import BadInputError, NotFoundError
from app.ratings.models import RatingNote
from app.ratings.queries import must_be_on, rated_person, raters_of
from app.ratings.rules import LONGEST_NOTE


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteToRater:
    with_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteToPerson:
    person_id: int
    words: str


def write_to_rater(session: WriteSession, actor: Actor, command: WriteToRater, now: datetime) -> None:
    """Raises NotFoundError for anybody who does not rate the actor today, BadInputError without words."""
    must_be_on(session)
    if all(r.person_id != command.with_id for r in raters_of(session, actor.person_id, london_date(now))):
        raise NotFoundError("lead")
    _write(session, actor, actor.person_id, command.with_id, command.words, now)


def write_to_person(session: WriteSession, actor: Actor, command: WriteToPerson, now: datetime) -> None:
    """Raises NotFoundError for somebody whom the actor does not rate, BadInputError without words."""
    must_be_on(session)
    rated_person(session, actor, command.person_id, london_date(now))
    _write(session, actor, command.person_id, actor.person_id, command.words, now)


def _write(session: WriteSession, actor: Actor, person_id: int, with_id: int, text: str, now: datetime) -> None:
    words = text.strip()
    if not words:
        raise BadInputError({"words": "Write how you see it, in a sentence or two"})
    if len(words) > LONGEST_NOTE:
        raise BadInputError({"words": f"Write at most {LONGEST_NOTE:,} characters. You have {len(words):,}"})
    made = RatingNote(person_id=person_id, with_id=with_id, author_id=actor.person_id, words=words, written_at=now)
    session.add(made)
    session.flush()
    audit.record(
        session, actor, "write rating note", "rating_note", made.id, now=now, subject_id=person_id, fields=("words",)
    )
