"""Whether the trust has agreed ratings with staff side, with whom, when and in which words."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Person
from app.ratings.models import RatingAgreement

_agreement, _person = table(RatingAgreement), table(Person)
_ender = _person.alias("ender")


@dataclass(frozen=True, slots=True)
class AgreementRow:
    id: int
    agreed_on: date
    agreed_with: str
    words: str
    recorded_at: datetime
    recorded_by: str
    ended_at: datetime | None
    ended_by: str | None


_ROWS = (
    sa.select(
        _agreement.c.id,
        _agreement.c.agreed_on,
        _agreement.c.agreed_with,
        _agreement.c.words,
        _agreement.c.recorded_at,
        _person.c.name,
        _agreement.c.ended_at,
        _ender.c.name,
    )
    .join(_person, _person.c.id == _agreement.c.recorded_by_id)
    .outerjoin(_ender, _ender.c.id == _agreement.c.ended_by_id)
    .order_by(_agreement.c.id.desc())
)


_STANDS = sa.select(_agreement.c.id).where(_agreement.c.ended_at.is_(None)).limit(1)


def agreements(session: ReadSession) -> list[AgreementRow]:
    """All that were ever recorded, the newest first."""
    return [AgreementRow(*row) for row in session.execute(_ROWS)]


def standing_agreement(session: ReadSession) -> AgreementRow | None:
    """The one that holds now."""
    row = session.execute(_ROWS.where(_agreement.c.ended_at.is_(None)).limit(1)).first()
    return AgreementRow(*row) if row else None


def are_on(session: ReadSession) -> bool:
    """Whether there are ratings here at all."""
    return session.execute(_STANDS).first() is not None


def must_be_on(session: ReadSession) -> None:
    """Raises NotFoundError until an agreement with staff side is recorded, and again when it has ended."""
    if not are_on(session):
        raise NotFoundError("ratings")
