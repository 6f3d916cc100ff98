"""What waits for a lead: requests, people who joined lately, pauses that have run out, and what may still be undone."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, Reach
from app.access.permissions import Permission
from app.capability.models import Decision, LevelRequest, Requirement
from app.capability.queries.standings import on_plan, unanswered
from app.capability.rules import JOINED_LATELY, TIME_TO_UNDO, Need, NeedSource, RequestState
from app.curriculum.models import Tier
from app.kernel.clock import london_date
from app.kernel.db import REACHES, TODAY, ReadSession, UtcDateTime, table
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import is_away, people_within

MOST_TO_UNDO = 20
_request, _requirement, _decision = table(LevelRequest), table(Requirement), table(Decision)
_person, _employment, _team, _tier = table(Person), table(Employment), table(Team), table(Tier)
_before = _employment.alias("before")

_WHERE_THEY_WORK = _employment.join(_team, _team.c.id == _employment.c.team_id).join(
    _person, _person.c.id == _employment.c.person_id
)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request that waits. `release_minutes` is what agreeing asks of the team."""

    id: int
    person_id: int
    list_name: str
    job_role: str
    band: str
    team_id: int
    team: str
    directorate_id: int
    tier: str
    tier_title: str
    release_minutes: int
    why: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class JoinerRow:
    """Somebody whose post began lately and of whom neither a lead nor a rule has decided anything."""

    person_id: int
    list_name: str
    job_role: str
    band: str
    team_id: int
    team: str
    directorate_id: int
    starts_on: date


@dataclass(frozen=True, slots=True)
class PauseRow:
    """A pause that has run out."""

    person_id: int
    list_name: str
    team_id: int
    team: str
    directorate_id: int
    tier: str
    tier_short: str
    until: date


@dataclass(frozen=True, slots=True)
class Undoable:
    """A save of one's own that may still be undone."""

    decision_id: int
    cells: int
    made_at: datetime
    tier: str
    tiers: int
    need: Need
    due: date | None


@dataclass(frozen=True, slots=True)
class Waiting:
    requests: tuple[RequestRow, ...]
    joiners: tuple[JoinerRow, ...]
    pauses: tuple[PauseRow, ...]
    planned: tuple[RequestRow, ...] = ()
    """On the plan: they wait for a place, and not for a decision."""

    def within(self, directorate_id: int) -> "Waiting":
        return Waiting(
            tuple(r for r in self.requests if r.directorate_id == directorate_id),
            tuple(j for j in self.joiners if j.directorate_id == directorate_id),
            tuple(p for p in self.pauses if p.directorate_id == directorate_id),
            tuple(r for r in self.planned if r.directorate_id == directorate_id),
        )


def waiting(session: ReadSession, actor: Actor, now: datetime) -> Waiting:
    """Everything in reach that waits for a decision, and who is on the plan. Three statements."""
    today, reach = london_date(now), actor.reach(Permission.SEE_CAPABILITY)
    days = {"today": today, "since": today - JOINED_LATELY}
    requests = [(row[0], RequestRow(*row[1:])) for row in session.execute(_requests(reach), days)]
    return Waiting(
        tuple(one for state, one in requests if state is RequestState.WAITING),
        tuple(JoinerRow(*row) for row in session.execute(_joiners(reach), days)),
        tuple(PauseRow(*row) for row in session.execute(_pauses(reach), days)),
        tuple(one for state, one in requests if state is RequestState.PLANNED),
    )


@lru_cache(REACHES)
def _requests(reach: Reach) -> sa.Select[Any]:
    """The state of each, and the columns of a RequestRow."""
    return (
        sa.select(
            _request.c.state,
            _request.c.id,
            _person.c.id,
            _person.c.list_name,
            _employment.c.job_role,
            _employment.c.band,
            _team.c.id,
            _team.c.name,
            _team.c.directorate_id,
            _tier.c.slug,
            _tier.c.title,
            _tier.c.release_minutes,
            _request.c.why,
            _request.c.asked_at,
        )
        .select_from(_WHERE_THEY_WORK)
        .join(_request, _request.c.person_id == _person.c.id)
        .join(_tier, _tier.c.slug == _request.c.tier)
        .where(people_within(reach, TODAY), sa.or_(unanswered(), on_plan()))
        .order_by(_request.c.asked_at, _request.c.id)
    )


@lru_cache(REACHES)
def _joiners(reach: Reach) -> sa.Select[Any]:
    """The columns of a JoinerRow; `since` is the first day of those who count as new.

    Whoever came from another post of the trust has moved and not joined, as the month says.
    """
    moved = sa.exists().where(
        _before.c.person_id == _person.c.id,
        _before.c.is_primary,
        _before.c.ends_on == _employment.c.starts_on,
    )
    decided = sa.exists().where(
        _requirement.c.person_id == _person.c.id,
        _requirement.c.source != NeedSource.STARTER,
        _requirement.c.superseded_at.is_(None),
    )
    return (
        sa.select(
            _person.c.id,
            _person.c.list_name,
            _employment.c.job_role,
            _employment.c.band,
            _team.c.id,
            _team.c.name,
            _team.c.directorate_id,
            _employment.c.starts_on,
        )
        .select_from(_WHERE_THEY_WORK)
        .where(people_within(reach, TODAY), _employment.c.starts_on > sa.bindparam("since", type_=sa.Date))
        .where(~moved, ~decided)
        .order_by(_employment.c.starts_on, _person.c.sort_key, _person.c.id)
    )


@lru_cache(REACHES)
def _pauses(reach: Reach) -> sa.Select[Any]:
    """The columns of a PauseRow."""
    return (
        sa.select(
            _person.c.id,
            _person.c.list_name,
            _team.c.id,
            _team.c.name,
            _team.c.directorate_id,
            _tier.c.slug,
            _tier.c.short,
            _requirement.c.due,
        )
        .select_from(_WHERE_THEY_WORK)
        .join(_requirement, _requirement.c.person_id == _person.c.id)
        .join(_tier, _tier.c.slug == _requirement.c.tier)
        .where(
            people_within(reach, TODAY),
            _requirement.c.superseded_at.is_(None),
            _requirement.c.need == Need.PAUSED,
            _requirement.c.due <= TODAY,
            ~is_away(_person.c.id, TODAY),
        )
        .order_by(_requirement.c.due, _person.c.sort_key, _person.c.id)
    )


def undoable(session: ReadSession, actor: Actor, now: datetime) -> list[Undoable]:
    """One's own saves of the last day of which no cell has been decided anew, newest first."""
    asked = {"made_by": actor.person_id, "since": now - TIME_TO_UNDO}
    return [Undoable(*row) for row in session.execute(_last_saves(), asked)]


@lru_cache
def _last_saves() -> sa.Select[Any]:
    """The columns of an Undoable."""
    cell = _requirement.alias("cell")
    newer = sa.exists().where(cell.c.decision_id == _decision.c.id, cell.c.superseded_at.is_not(None))
    last = (
        sa.select(_decision.c.id, _decision.c.cells, _decision.c.made_at)
        .where(
            _decision.c.made_by_id == sa.bindparam("made_by"),
            _decision.c.made_at >= sa.bindparam("since", type_=UtcDateTime),
        )
        .where(_decision.c.undone_at.is_(None), ~newer)
        .order_by(_decision.c.made_at.desc(), _decision.c.id.desc())
        .limit(MOST_TO_UNDO)
        .subquery()
    )
    return (
        sa.select(
            *last.c,
            sa.func.min(_tier.c.title),
            sa.func.count(sa.distinct(_tier.c.slug)),
            sa.func.min(_requirement.c.need),
            sa.func.min(_requirement.c.due),
        )
        .join(_requirement, _requirement.c.decision_id == last.c.id)
        .join(_tier, _tier.c.slug == _requirement.c.tier)
        .group_by(*last.c)
        .order_by(last.c.id.desc())
    )
