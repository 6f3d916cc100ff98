"""Teams are asked for the time that needs ask for: by a lead at once, and by the worker each night."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel import audit, outbox
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.organisation.models import Team
from app.planning.commands.writing import Answer, hold_still, supersede, write
from app.planning.queries.releases import ReleaseRow, asked_by_needs, leads_teams, managers_of, releases
from app.planning.rules import ReleaseState
from app.planning.settling import Asked, Becomes, Change, Key, Open, settled
from app.planning.wording import asked_line

_team = table(Team)


class Promise(NamedTuple):
    """An answer that holds already for so many minutes more."""

    minutes: int
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReleases:
    """`directorate_id` 0: every team that the actor leads."""

    directorate_id: int = 0


def ask_releases(session: WriteSession, settings: Settings, actor: Actor, command: AskReleases, now: datetime) -> int:
    """Ask those teams for what their people's needs ask for today, and tell who manages them.

    Returns how many answers are asked for anew; 0 the second time. An answer goes on covering what has become less.
    """
    teams = leads_teams(actor)
    if command.directorate_id:
        teams = sa.and_(teams, _team.c.directorate_id == command.directorate_id)
    return settle(session, settings, actor, teams, now)


def ask_every_team(session: WriteSession, settings: Settings, actor: Actor, now: datetime) -> int:
    """The same for the whole trust, each night."""
    return settle(session, settings, actor, sa.true(), now)


def settle(
    session: WriteSession,
    settings: Settings,
    actor: Actor,
    teams: sa.ColumnElement[bool],
    now: datetime,
    promised: Mapping[Key, Promise] | None = None,
) -> int:
    """Make what stands say what needs ask. `promised` is what a manager offered for what is asked anew."""
    today = london_date(now)
    this_month = today.replace(day=1)
    hold_still(session, session.scalars(sa.select(_team.c.id).where(teams)).all())
    standing = {row.key: row for row in releases(session, teams, this_month)}
    before = {key: Open(row.id, Asked(row.minutes, row.people), row.state) for key, row in standing.items()}
    asked: list[Change] = []
    for change in settled(asked_by_needs(session, teams, now).asked, before, this_month):
        answer = _answer(change, standing.get(change.key), (promised or {}).get(change.key), this_month)
        _carry_out(session, actor, change, answer, now)
        if change.becomes is Becomes.ASKED and answer.state is ReleaseState.ASKED:
            asked.append(change)
    _tell(session, settings, asked, today, now)
    return len(asked)


def _answer(change: Change, row: ReleaseRow | None, promise: Promise | None, this_month: date) -> Answer:
    """A month that was taken stays while it is still to come: what is asked anew is for no month that is over."""
    if promise is not None and _covers(promise, change, row):
        return promise.answer
    if row is None or change.becomes is Becomes.ASKED:
        return Answer(month=row.month if row and row.month >= this_month else change.key.month)
    return Answer(
        month=row.month,
        state=row.state,
        other_month=row.other_month,
        reason=row.reason,
        answered_by_id=row.answered_by_id,
        answered_at=row.answered_at,
    )


def _covers(promise: Promise, change: Change, row: ReleaseRow | None) -> bool:
    """Whether all that is asked anew was offered, or confirmed before: what else waits there waits on."""
    if change.becomes is not Becomes.ASKED or change.asked is None:
        return False
    if row is None:
        return change.asked.minutes <= promise.minutes
    confirmed = row.state is ReleaseState.CONFIRMED and row.month == promise.answer.month
    return confirmed and change.asked.minutes <= row.minutes + promise.minutes


def _carry_out(session: WriteSession, actor: Actor, change: Change, answer: Answer, now: datetime) -> None:
    if change.before:
        supersede(session, change.before, now)
    if change.asked is not None:
        write(session, actor, "ask for time to learn", change.key, change.asked, answer, now)
    else:
        audit.record(session, actor, "ask for no time to learn", "release", change.before, now=now, fields=("minutes",))


def _tell(session: WriteSession, settings: Settings, asked: Sequence[Change], today: date, now: datetime) -> None:
    """One line a day for each who manages a team, whatever is asked of it that day."""
    by_team: dict[int, list[Change]] = defaultdict(list)
    for change in asked:
        by_team[change.key.team_id].append(change)
    if not by_team:
        return
    rows = session.execute(sa.select(_team.c.id, _team.c.name).where(_team.c.id.in_(by_team)))
    names = {team_id: name for team_id, name in rows}  # noqa: C416  rows are no pairs
    for team_id, people in managers_of(session, set(by_team), today).items():
        changes = by_team[team_id]
        total = sum(c.asked.minutes for c in changes if c.asked)
        months = sorted({c.key.month for c in changes})
        line = asked_line(settings, names[team_id], total, months)
        for person_id in people:
            key = f"release:{team_id}:{person_id}:{today.isoformat()}"
            outbox.tell(session, key=key, person_id=person_id, kind="release-asked", line=line, now=now)
