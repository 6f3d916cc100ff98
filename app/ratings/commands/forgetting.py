"""What was said about somebody goes some time after they have left: no row of it is kept."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.organisation.models import Employment
from app.ratings.models import Rating, RatingNote, RatingShare

_employment = table(Employment)
ABOUT = (Rating, RatingNote, RatingShare)
A_ROUND = 200


def forget_leavers(session: WriteSession, settings: Settings, actor: Actor, now: datetime) -> int:
    """Erase ratings, notes and sharing of those who left so many days ago and did not come back. Returns how many.

    What they said of others, as a lead, is those others' and stays. One audit event for each person.
    """
    gone_since = london_date(now) - timedelta(days=settings.ratings_kept_days)
    here = sa.select(_employment.c.person_id).where(
        sa.or_(_employment.c.ends_on.is_(None), _employment.c.ends_on > gone_since)
    )
    spoken_of = sa.union(*(sa.select(table(model).c.person_id) for model in ABOUT)).subquery()
    wanted = (
        sa.select(spoken_of.c.person_id)
        .where(spoken_of.c.person_id.not_in(here))
        .order_by(spoken_of.c.person_id)
        .limit(A_ROUND)
    )
    leavers = list(session.scalars(wanted))
    for person_id in leavers:
        _forget(session, actor, person_id, now)
    return len(leavers)


def _forget(session: WriteSession, actor: Actor, person_id: int, now: datetime) -> None:
    rows = 0
    for model in ABOUT:
        done = session.execute(sa.delete(table(model)).where(table(model).c.person_id == person_id))
        rows += done.rowcount  # type: ignore[attr-defined]
    audit.record(session, actor, "erase ratings", "person", person_id, now=now, subject_id=person_id, rows=rows)
