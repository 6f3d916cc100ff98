"""One row of time to learn supersedes another: what every deed about it writes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel import audit
from app.kernel.db import WriteSession, table
from app.kernel.errors import StaleError
from app.organisation.models import Team
from app.planning.models import Release
from app.planning.rules import ReleaseState
from app.planning.settling import Asked, Key

_release, _team = table(Release), table(Team)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered, by whom and when; `month` is the one in which the time is to be given."""

    month: date
    state: ReleaseState = ReleaseState.ASKED
    other_month: date | None = None
    reason: str = ""
    answered_by_id: int | None = None
    answered_at: datetime | None = None


def hold_still(session: WriteSession, team_ids: Collection[int]) -> None:
    """Two deeds about the same team wait for each other (on SQLite all writers do)."""
    session.execute(
        sa.select(_team.c.id).where(_team.c.id.in_(team_ids)).order_by(_team.c.id).with_for_update(key_share=True)
    ).all()


def supersede(session: WriteSession, release_id: int, now: datetime) -> None:
    """End what stands. Raises StaleError when something had ended it before."""
    ended = session.execute(
        sa.update(_release)
        .where(_release.c.id == release_id, _release.c.superseded_at.is_(None))
        .values(superseded_at=now)
    )
    if ended.rowcount != 1:  # type: ignore[attr-defined]
        raise StaleError("What this team is asked for has changed since you opened the page.")


def write(
    session: WriteSession, actor: Actor, action: str, key: Key, asked: Asked, answer: Answer, now: datetime
) -> Release:
    """The row that stands from now on, with its audit event."""
    made = Release(
        team_id=key.team_id,
        tier=key.tier,
        needed_month=key.month,
        month=answer.month,
        minutes=asked.minutes,
        people=asked.people,
        asked_at=now,
        state=answer.state,
        other_month=answer.other_month,
        reason=answer.reason,
        answered_by_id=answer.answered_by_id,
        answered_at=answer.answered_at,
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, action, "release", made.id, now=now, fields=("state", "month", "minutes"))
    return made
