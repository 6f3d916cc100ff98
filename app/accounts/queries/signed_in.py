"""The browsers in which a person is signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.accounts.models import SignInSession
from app.kernel.config import Settings
from app.kernel.db import ReadSession, table

_session = table(SignInSession)


@dataclass(frozen=True, slots=True)
class SessionRow:
    id: int
    began_at: datetime
    seen_at: datetime
    browser: str
    address: str


def sessions_of(session: ReadSession, settings: Settings, person_id: int, now: datetime) -> list[SessionRow]:
    """Sign-ins that would still be let in, the last used first."""
    idle = now - timedelta(minutes=settings.session_idle_minutes)
    rows = session.execute(
        sa.select(_session.c.id, _session.c.began_at, _session.c.seen_at, _session.c.browser, _session.c.address)
        .where(
            _session.c.person_id == person_id,
            _session.c.ended_at.is_(None),
            _session.c.ends_at > now,
            _session.c.seen_at > idle,
        )
        .order_by(_session.c.seen_at.desc(), _session.c.id.desc())
    )
    return [SessionRow(*row) for row in rows]
