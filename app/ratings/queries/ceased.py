"""What still stands open between two people who no longer stand to each other as they did."""

from datetime import date

import sqlalchemy as sa

from app.kernel.db import ReadSession, table
from app.organisation.models import Employment, Team
from app.organisation.queries import open_on
from app.ratings.models import RatingDelegation, RatingShare
from app.ratings.queries.standing import delegations_on, leading, leads_on, managing

_share, _delegation = table(RatingShare), table(RatingDelegation)
_employment, _team = table(Employment), table(Team)


def ceased_shares(session: ReadSession, on: date) -> list[int]:
    """Open shares with somebody who does not rate the person on that day. Five statements, however many there are."""
    rows = session.execute(
        sa.select(
            _share.c.id, _share.c.person_id, _share.c.with_id, _team.c.id.label("team_id"), _team.c.directorate_id
        )
        .select_from(_share)
        .outerjoin(
            _employment,
            sa.and_(_employment.c.person_id == _share.c.person_id, _employment.c.is_primary, open_on(_employment, on)),
        )
        .outerjoin(_team, _team.c.id == _employment.c.team_id)
        .where(_share.c.ended_at.is_(None))
        .order_by(_share.c.id)
    ).all()
    if not rows:
        return []
    leads = leads_on(session, on)
    asked = {(d.team_id, d.manager_id) for d in delegations_on(session, on, sa.true())}
    above = managing(session, {manager_id for _, manager_id in asked}, on)

    def rates(row: sa.Row[tuple[int, int, int, int, int]]) -> bool:
        if row.team_id is None:
            return False
        here = leading(leads, row.team_id, row.directorate_id)
        if row.with_id in here or row.person_id in here:
            return row.with_id in here
        return (row.team_id, row.with_id) in asked and (row.with_id, row.person_id) not in above

    return [row.id for row in rows if not rates(row)]


def ceased_delegations(session: ReadSession, on: date) -> list[int]:
    """Open ones whose lead no longer leads the team, or whose judge no longer manages anybody there."""
    opened = session.scalars(sa.select(_delegation.c.id).where(_delegation.c.ended_at.is_(None))).all()
    stand = {d.id for d in delegations_on(session, on, sa.true())} if opened else set()
    return [i for i in opened if i not in stand]
