"""Whether a level is asked of somebody now."""

from collections.abc import Collection

import sqlalchemy as sa

from app.capability.models import Requirement
from app.capability.rules import Need
from app.kernel.db import ReadSession, table

_requirement = table(Requirement)


def is_asked(session: ReadSession, person_id: int, tiers: Collection[str]) -> bool:
    """Whether a person needs one of these levels, as it stands now."""
    wanted = sa.select(_requirement.c.id).where(
        _requirement.c.person_id == person_id,
        _requirement.c.tier.in_(tiers),
        _requirement.c.need == Need.REQUIRED,
        _requirement.c.superseded_at.is_(None),
    )
    return session.execute(wanted.limit(1)).first() is not None
