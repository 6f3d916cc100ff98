"""What still stands open between two people who no longer stand to each other as they did."""

from collections import defaultdict
from datetime import date

import sqlalchemy as sa

from app.kernel.db import ReadSession, table
from app.organisation.models import Employment, Team
from app.organisation.queries import open_on
from app.ratings.models import RatingDelegation, RatingShare
from app.ratings.queries.raters import Lead, delegations_on, leads_on

_share, _delegation = table(RatingShare), table(RatingDelegation)
_employment, _team = table(Employment), table(Team)


def ceased_shares(session: ReadSession, on: date) -> list[int]:
    """Open shares with somebody who does not rate the person on that day. Four statements, however many there are."""
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
    leads: dict[int, list[Lead]] = defaultdict(list)
    for lead in leads_on(session, on):
        leads[lead.person_id].append(lead)
    asked: dict[tuple[int, int], set[int]] = defaultdict(set)
    for one in delegations_on(session, on, sa.true()):
        asked[one.team_id, one.manager_id].add(one.lead_id)
    return [
        row.id
        for row in rows
        if row.team_id is None
        or not (
            any(lead.leads(row.team_id, row.directorate_id) for lead in leads[row.with_id])
            or asked[row.team_id, row.with_id] - {row.person_id}
        )
    ]


def ceased_delegations(session: ReadSession, on: date) -> list[int]:
    """Open ones whose lead no longer leads the team, or whose judge no longer belongs to it."""
    opened = session.scalars(sa.select(_delegation.c.id).where(_delegation.c.ended_at.is_(None))).all()
    stand = {d.id for d in delegations_on(session, on, sa.true())} if opened else set()
    return [i for i in opened if i not in stand]
