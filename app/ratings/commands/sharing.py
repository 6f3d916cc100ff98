"""Somebody shares their own view with one who rates them, and takes that back for what they rate later."""

from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import NotFoundError
from app.ratings.commands.recording import hold_still
from app.ratings.models import RatingShare
from app.ratings.queries import must_be_on, open_shares, raters_of

_share = table(RatingShare)


def share_with(session: WriteSession, actor: Actor, with_id: int, now: datetime) -> str:
    """From what is said now on. Shared already, nothing changes. Returns the name of the one it is shared with.

    Raises NotFoundError for anybody who does not rate the actor today.
    """
    must_be_on(session)
    hold_still(session, {actor.person_id})
    rater = next((r for r in raters_of(session, actor.person_id, london_date(now)) if r.person_id == with_id), None)
    if rater is None:
        raise NotFoundError("lead")
    if with_id not in open_shares(session, actor.person_id):
        made = RatingShare(person_id=actor.person_id, with_id=with_id, shared_at=now)
        session.add(made)
        session.flush()
        audit.record(
            session, actor, "share own view", "rating_share", made.id, now=now, subject_id=actor.person_id,
            fields=("with_id",),
        )  # fmt: skip
    return rater.name


def stop_sharing(session: WriteSession, actor: Actor, with_id: int, now: datetime) -> None:
    """What was shared stays so. Not shared, nothing changes."""
    must_be_on(session)
    ended = session.scalars(
        sa.update(_share)
        .where(_share.c.person_id == actor.person_id, _share.c.with_id == with_id, _share.c.ended_at.is_(None))
        .values(ended_at=now)
        .returning(_share.c.id)
    ).all()
    for share_id in ended:
        audit.record(
            session, actor, "stop sharing own view", "rating_share", share_id, now=now, subject_id=actor.person_id,
            fields=("ended_at",),
        )  # fmt: skip
