"""A lead plans anew where a team cannot release its people: takes the month that was offered, or moves the dates."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.capability.commands import SetNeeds, set_needs
from app.capability.rules import Cell, Need
from app.kernel.clock import london_date
from app.kernel.config import Settings
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, StaleError
from app.kernel.names import tidy
from app.organisation.models import Team
from app.planning.commands.asking import Promise, settle
from app.planning.commands.writing import Answer, hold_still, supersede, write
from app.planning.models import Release
from app.planning.queries.releases import (
    Behind,
    ReleaseRow,
    asked_by_needs,
    leads_teams,
    moved_by_taking,
    release_to_replan,
    releases,
    what_replaced,
)
from app.planning.rules import REASON_LENGTH, ReleaseState, Replanned, last_of
from app.planning.settling import Asked, Key

_release, _team = table(Release), table(Team)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replan:
    """`take`: the month that the manager offered. Otherwise `due` is the new date of the needs behind it."""

    release_id: int
    take: bool = False
    due: date | None = None
    reason: str = ""


def replan(session: WriteSession, settings: Settings, actor: Actor, command: Replan, now: datetime) -> Replanned:
    """Plan anew, and say what moved.

    What a manager offered counts as confirmed once it is taken. Raises NotFoundError out of reach, BadInputError by
    field, and StaleError when something else stands by now.
    """
    team_id = session.scalar(sa.select(_release.c.team_id).where(_release.c.id == command.release_id))
    hold_still(session, [team_id] if team_id else [])
    if what_replaced(session, command.release_id, leads_teams(actor)):
        raise StaleError("Somebody answered or planned anew since you opened the page.")
    row = release_to_replan(session, actor, command.release_id)
    if command.take and row.other_month is None:
        raise BadInputError({"due": "No other month was offered. Enter a new date"})
    here = _team.c.id == row.team_id
    if command.take:
        # What others need in the offered month is asked for first: the offer does not answer for it.
        settle(session, settings, actor, here, now)
    needs = asked_by_needs(session, here, now).behind.get(row.key, ())
    moved, due = _moved(command, row, needs, london_date(now))
    _set(session, actor, moved, due, tidy(command.reason), now)
    before = _confirmed(session, row)
    settle(session, settings, actor, here, now, _promised(row, now) if command.take else {})
    if command.take:
        _take_month(session, actor, row, row.minutes - (_confirmed(session, row) - before), now)
    return Replanned(len(moved) if needs else None, row.needed_month, row.other_month if command.take else None)


def _moved(
    command: Replan, row: ReleaseRow, needs: Sequence[Behind], today: date
) -> tuple[Sequence[Behind], date | None]:
    """Which needs get which date."""
    if len(tidy(command.reason)) > REASON_LENGTH:
        raise BadInputError({"reason": f"Write at most {REASON_LENGTH} characters"})
    if command.take and row.other_month is not None:
        return moved_by_taking(row, needs), last_of(row.other_month)
    if command.due is None:
        raise BadInputError({"due": "Enter the new date, such as 31 March 2027"})
    if command.due < today:
        raise BadInputError({"due": "The new date must not be in the past"})
    return needs, command.due


def _set(
    session: WriteSession, actor: Actor, needs: Sequence[Behind], due: date | None, reason: str, now: datetime
) -> None:
    """Each keeps the reason that it had, unless a new one was written."""
    by_reason: dict[str, list[Cell]] = defaultdict(list)
    for need in needs:
        by_reason[reason or need.reason].append(need.cell)
    for why, cells in by_reason.items():
        set_needs(session, actor, SetNeeds(cells=tuple(cells), need=Need.REQUIRED, due=due, reason=why), now)


def _promised(row: ReleaseRow, now: datetime) -> dict[Key, Promise]:
    assert row.other_month is not None
    answer = _kept(row, row.other_month, now)
    return {Key(row.team_id, row.tier, row.other_month): Promise(row.minutes, answer)}


def _confirmed(session: WriteSession, row: ReleaseRow) -> int:
    """Minutes confirmed for what is needed in the month that was offered."""
    if row.other_month is None:
        return 0
    key = Key(row.team_id, row.tier, row.other_month)
    rows = releases(session, _team.c.id == row.team_id, row.other_month)
    return sum(r.minutes for r in rows if r.key == key and r.state is ReleaseState.CONFIRMED)


def _kept(row: ReleaseRow, month: date, now: datetime) -> Answer:
    return Answer(
        month=month,
        state=ReleaseState.CONFIRMED,
        reason=row.reason,
        answered_by_id=row.answered_by_id,
        answered_at=row.answered_at or now,
    )


def _take_month(session: WriteSession, actor: Actor, row: ReleaseRow, offered: int, now: datetime) -> None:
    """What is still needed in the month that was asked for is given in the other, where so many minutes are enough."""
    assert row.other_month is not None
    left = [r for r in releases(session, _team.c.id == row.team_id, row.month) if r.key == row.key]
    for one in (r for r in left if r.minutes <= offered):
        supersede(session, one.id, now)
        asked = Asked(one.minutes, one.people)
        write(session, actor, "take another month to learn", one.key, asked, _kept(row, row.other_month, now), now)
