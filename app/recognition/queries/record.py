"""What stands on a person's record from elsewhere, for whoever may see their evidence. Never what they wrote for it."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.curriculum.models import Tier
from app.kernel.db import ReadSession, table
from app.recognition.models import EvidenceItem, Recognition
from app.recognition.queries.cases import on_record
from app.recognition.rules import Verdict

_item, _decision, _tier = table(EvidenceItem), table(Recognition), table(Tier)


@dataclass(frozen=True, slots=True)
class ElsewhereRow:
    """`level` is what it was recognised as; None as long as it is not. That it was declined is not said here."""

    title: str
    provider: str
    completed_on: date
    minutes: int | None
    reference: str
    source: str
    level: str | None


def elsewhere(session: ReadSession, person_id: int, starts_on: date, ends_on: date) -> list[ElsewhereRow]:
    """What was completed in a period, both days included, the last first. Ask first whether the actor may."""
    stands = sa.and_(
        _decision.c.item_id == _item.c.id,
        _decision.c.verdict == Verdict.RECOGNISED,
        _decision.c.taken_back_at.is_(None),
    )
    rows = session.execute(
        sa.select(
            _item.c.title,
            _item.c.provider,
            _item.c.completed_on,
            _item.c.minutes,
            _item.c.reference,
            _item.c.source,
            _tier.c.title,
        )
        .select_from(_item)
        .outerjoin(_decision, stands)
        .outerjoin(_tier, _tier.c.slug == _decision.c.tier)
        .where(_item.c.person_id == person_id, _item.c.completed_on.between(starts_on, ends_on), on_record())
        .order_by(_item.c.completed_on.desc(), _item.c.id.desc())
    )
    return [ElsewhereRow(*row) for row in rows]
