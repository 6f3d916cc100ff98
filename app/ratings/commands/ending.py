"""What two people had between them ends with what they were to each other, and does not come back with it."""

from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.ratings.models import RatingDelegation, RatingShare
from app.ratings.queries import ceased_delegations, ceased_shares

_share, _delegation = table(RatingShare), table(RatingDelegation)
A_ROUND = 200


def end_what_ceased(session: WriteSession, actor: Actor, now: datetime) -> int:
    """Sharing with who no longer rates, and judging for who no longer leads or by who moved away. Returns how many.

    Done twice, nothing changes.
    """
    today = london_date(now)
    delegations = session.execute(
        sa.update(_delegation)
        .where(_delegation.c.id.in_(ceased_delegations(session, today)[:A_ROUND]), _delegation.c.ended_at.is_(None))
        .values(ended_at=now)
        .returning(_delegation.c.id, _delegation.c.manager_id)
    ).all()
    for i, manager_id in delegations:
        _record(session, actor, "take team back", "rating_delegation", i, manager_id, now)
    shares = session.execute(
        sa.update(_share)
        .where(_share.c.id.in_(ceased_shares(session, today)[:A_ROUND]), _share.c.ended_at.is_(None))
        .values(ended_at=now)
        .returning(_share.c.id, _share.c.person_id)
    ).all()
    for i, person_id in shares:
        _record(session, actor, "stop sharing own view", "rating_share", i, person_id, now)
    return len(delegations) + len(shares)


def _record(
    session: WriteSession, actor: Actor, action: str, entity: str, entity_id: int, subject_id: int, now: datetime
) -> None:
    audit.record(session, actor, action, entity, entity_id, now=now, subject_id=subject_id, fields=("ended_at",))
