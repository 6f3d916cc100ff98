"""Time to learn as a lead or a manager sees it: what stands, and what needs ask that nobody was asked for yet."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Team
from app.organisation.queries import teams
from app.planning.queries.releases import (
    ReleaseRow,
    answers_for,
    asked_by_needs,
    leads_teams,
    moved_by_taking,
    releases,
)
from app.planning.settling import Asked, Key, Open, settled

_team = table(Team)


@dataclass(frozen=True, slots=True)
class TimeFound:
    """`directorates` are those with a team in reach, `here` the one that is looked at, 0 where there is none.

    `moving` says of a row with another month how many dates move if that is taken; without it, nothing is needed.
    `unasked` are the teams and months whose hours have changed since they were asked for; `past` counts needs.
    """

    directorates: tuple[tuple[int, str], ...]
    here: int
    rows: tuple[ReleaseRow, ...]
    moving: dict[int, int]
    unasked: tuple[Key, ...]
    past: int


def time_of(session: ReadSession, actor: Actor, directorate_id: int, now: datetime) -> TimeFound:
    """Of the teams that the actor leads in a directorate (0: the first), from this month on.

    Raises NotFoundError for a directorate that is missing or out of reach.
    """
    today = london_date(now)
    this_month = today.replace(day=1)
    reached = {t.directorate_id: t.directorate for t in teams(session, actor, Permission.SET_NEED, on=today)}
    if directorate_id and directorate_id not in reached:
        raise NotFoundError("directorate")
    here = directorate_id or next(iter(reached), 0)
    where = sa.and_(leads_teams(actor), _team.c.directorate_id == here)
    rows = releases(session, where, this_month)
    needs = asked_by_needs(session, where, now)
    before = {row.key: Open(row.id, Asked(row.minutes, row.people), row.state) for row in rows}
    return TimeFound(
        tuple(reached.items()),
        here,
        tuple(row for row in rows if row.month >= this_month),
        {r.id: len(moved_by_taking(r, needs.behind[r.key])) for r in rows if r.other_month and r.key in needs.behind},
        tuple(change.key for change in settled(needs.asked, before, this_month)),
        sum(needs.past.values()),
    )


def to_answer(session: ReadSession, actor: Actor, now: datetime) -> list[ReleaseRow]:
    """What the actor may answer: of teams that they manage or lead, from this month on."""
    today = london_date(now)
    this_month = today.replace(day=1)
    rows = releases(session, answers_for(actor, today), this_month)
    return [row for row in rows if row.month >= this_month]
