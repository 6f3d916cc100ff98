"""The QI team records that the trust has agreed ratings with staff side, and that it no longer has."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, RuleBrokenError
from app.kernel.names import tidy
from app.organisation.models import Trust
from app.ratings.models import RatingAgreement
from app.ratings.queries import standing_agreement
from app.ratings.rules import LONGEST_WITH, LONGEST_WORDS

_trust, _agreement = table(Trust), table(RatingAgreement)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAgreement:
    agreed_on: date | None
    agreed_with: str
    words: str


@dataclass(frozen=True, slots=True)
class EndAgreement:
    agreement_id: int


def record_agreement(session: WriteSession, actor: Actor, command: RecordAgreement, now: datetime) -> RatingAgreement:
    """From now on there are ratings. Raises BadInputError by field, RuleBrokenError when one stands already."""
    agreed_with, words = tidy(command.agreed_with), command.words.strip()
    errors = _problems(command.agreed_on, agreed_with, words, london_date(now))
    if errors or command.agreed_on is None:
        raise BadInputError(errors)
    _one_at_a_time(session)
    if standing_agreement(session) is not None:
        raise RuleBrokenError("Somebody has recorded an agreement already. Ratings are on.")
    made = RatingAgreement(
        agreed_on=command.agreed_on,
        agreed_with=agreed_with,
        words=words,
        recorded_at=now,
        recorded_by_id=actor.person_id,
    )
    session.add(made)
    session.flush()
    fields = ("agreed_on", "agreed_with", "words")
    audit.record(session, actor, "agree ratings", "rating_agreement", made.id, now=now, fields=fields)
    return made


def end_agreement(session: WriteSession, actor: Actor, command: EndAgreement, now: datetime) -> None:
    """From now on there are none, and no page leads to one; what was said is kept. Ended before, nothing changes."""
    ended = session.execute(
        sa.update(_agreement)
        .where(_agreement.c.id == command.agreement_id, _agreement.c.ended_at.is_(None))
        .values(ended_at=now, ended_by_id=actor.person_id)
    )
    if ended.rowcount:  # type: ignore[attr-defined]
        fields = ("ended_at",)
        audit.record(
            session, actor, "end rating agreement", "rating_agreement", command.agreement_id, now=now, fields=fields
        )


def _problems(agreed_on: date | None, agreed_with: str, words: str, today: date) -> dict[str, str]:
    errors = {}
    if agreed_on is None:
        errors["agreed_on"] = "Enter the date of the agreement, such as 5 March 2026"
    elif agreed_on > today:
        errors["agreed_on"] = "The date of the agreement must not lie in the future"
    if not agreed_with:
        errors["agreed_with"] = "Enter with whom it was agreed, such as the joint negotiating committee"
    elif len(agreed_with) > LONGEST_WITH:
        errors["agreed_with"] = f"Write at most {LONGEST_WITH} characters. You have {len(agreed_with)}"
    if not words:
        errors["words"] = "Enter what was agreed, in a sentence or two. Staff can read it"
    elif len(words) > LONGEST_WORDS:
        errors["words"] = f"Write at most {LONGEST_WORDS:,} characters. You have {len(words):,}"
    return errors


def _one_at_a_time(session: WriteSession) -> None:
    """Two administrators wait for each other. (On SQLite all writers do.)"""
    session.execute(sa.select(_trust.c.id).with_for_update()).all()
