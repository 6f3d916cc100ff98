"""Of whom a level is asked now."""

from collections.abc import Collection

import sqlalchemy as sa

from app.capability.models import Requirement
from app.capability.rules import Need
from app.kernel.db import ReadSession, table

_requirement = table(Requirement)


def who_is_asked(
    session: ReadSession, people: Collection[int] | sa.Select[tuple[int]], tiers: Collection[str]
) -> frozenset[int]:
    """Those of these people who need one of these levels, as it stands now. One statement."""
    wanted = sa.select(_requirement.c.person_id).where(
        _requirement.c.person_id.in_(people),
        _requirement.c.tier.in_(tiers),
        _requirement.c.need == Need.REQUIRED,
        _requirement.c.superseded_at.is_(None),
    )
    return frozenset(session.scalars(wanted))
