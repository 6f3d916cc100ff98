"""Time to learn as a lead or a manager sees it: what stands, and what needs ask that nobody was asked for yet."""

from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor
from app.kernel.clock import london_date
from app.kernel.db import ReadSession
from app.planning.queries.releases import ReleaseRow, answers_for, asked_by_needs, leads_teams, releases
from app.planning.settling import Asked, Key, Open, settled


@dataclass(frozen=True, slots=True)
class TimeFound:
    """`unasked` are the teams and months whose hours have changed since they were asked for; `past` counts needs."""

    rows: tuple[ReleaseRow, ...]
    unasked: tuple[Key, ...]
    past: int


def time_of(session: ReadSession, actor: Actor, now: datetime) -> TimeFound:
    """Of every team that the actor leads, from this month on."""
    this_month = london_date(now).replace(day=1)
    rows = releases(session, leads_teams(actor), this_month)
    needs = asked_by_needs(session, leads_teams(actor), now)
    before = {row.key: Open(row.id, Asked(row.minutes, row.people), row.state) for row in rows}
    return TimeFound(
        tuple(rows),
        tuple(change.key for change in settled(needs.asked, before, this_month)),
        sum(needs.past.values()),
    )


def to_answer(session: ReadSession, actor: Actor, now: datetime) -> list[ReleaseRow]:
    """What the actor may answer: of teams that they manage or lead, from this month on."""
    today = london_date(now)
    return releases(session, answers_for(actor, today), today.replace(day=1))
