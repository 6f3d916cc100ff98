"""Whether one of two people decided about what the other learnt elsewhere."""

import sqlalchemy as sa

from app.kernel.db import ReadSession, table
from app.recognition.models import AdvisorCertificate, AdvisorRecord, EvidenceItem, Recognition, SponsorSignOff

_item, _decision, _record = table(EvidenceItem), table(Recognition), table(AdvisorRecord)
_certificate, _signed = table(AdvisorCertificate), table(SponsorSignOff)


def decided_between(session: ReadSession, one: int, other: int) -> bool:
    """Recognised it or took that back; or answers for, verified or granted an external programme."""
    both = (one, other)
    recognised = (
        sa.select(_decision.c.id)
        .join(_item, _item.c.id == _decision.c.item_id)
        .where(
            _item.c.person_id.in_(both),
            sa.or_(_decision.c.decided_by_id.in_(both), _decision.c.taken_back_by_id.in_(both)),
        )
    )
    theirs = sa.select(_record.c.id).where(_record.c.person_id.in_(both))
    vouched = theirs.where(
        sa.or_(
            _record.c.sponsor_id.in_(both),
            _record.c.granted_by_id.in_(both),
            sa.exists().where(_certificate.c.record_id == _record.c.id, _certificate.c.verified_by_id.in_(both)),
            sa.exists().where(_signed.c.record_id == _record.c.id, _signed.c.sponsor_id.in_(both)),
        )
    )
    return any(session.execute(wanted.limit(1)).first() for wanted in (recognised, vouched))
