"""What merging one directorate into another would do: everything that its preview shows, and its mark."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.queries.ruling import every_rule
from app.kernel.db import ReadSession, table
from app.kernel.errors import BadInputError, NotFoundError
from app.organisation.models import Employment, Team
from app.organisation.queries import DirectorateRow, directorates, open_on
from app.planning.merging import first_problem, name_for
from app.planning.queries.carried import (
    CohortMove,
    RoleMove,
    TargetMove,
    cohorts_carried,
    roles_carried,
    targets_carried,
    views_carried,
)

_employment, _team = table(Employment), table(Team)


@dataclass(frozen=True, slots=True)
class TeamMove:
    """A team and what it becomes: `into_id` is a team of the same name that takes its people in, 0 for one to open."""

    team_id: int
    name: str
    site: str
    people: int
    into_id: int
    into_name: str
    others: int
    """So many work in that team already."""


@dataclass(frozen=True, slots=True)
class RuleMove:
    """A rule of need, of the whole directorate (`team_id` 0) or one team."""

    rule_id: int
    name: str
    team_id: int


@dataclass(frozen=True, slots=True)
class Merger:
    """Everything that is done. `mark` is another as soon as any of it is."""

    gone: DirectorateRow
    into: DirectorateRow
    on: date
    teams: tuple[TeamMove, ...]
    roles: tuple[RoleMove, ...]
    rules: tuple[RuleMove, ...]
    targets: tuple[TargetMove, ...]
    cohorts: tuple[CohortMove, ...]
    views: tuple[int, ...]

    @property
    def people(self) -> int:
        return sum(team.people for team in self.teams)

    @property
    def mark(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


def mergeable(session: ReadSession, actor: Actor, directorate_id: int, today: date) -> DirectorateRow:
    """A directorate that is open. Raises NotFoundError for any other, and for whoever manages less than the trust."""
    if not actor.reach(Permission.MANAGE_PEOPLE).trust:
        raise NotFoundError("directorate")
    here = directorates(session, actor, Permission.MANAGE_PEOPLE, on=today)
    found = next((d for d in here if d.id == directorate_id and d.ends_on is None), None)
    if found is None:
        raise NotFoundError("directorate")
    return found


def others(session: ReadSession, actor: Actor, directorate_id: int, today: date) -> list[DirectorateRow]:
    """Into which it could be merged."""
    here = directorates(session, actor, Permission.MANAGE_PEOPLE, on=today)
    return [d for d in here if d.id != directorate_id and d.ends_on is None]


def merger(session: ReadSession, actor: Actor, directorate_id: int, into_id: int, on: date, today: date) -> Merger:
    """Raises NotFoundError for what is not there, BadInputError by field for a day on which it cannot be."""
    gone = mergeable(session, actor, directorate_id, today)
    into = next((d for d in others(session, actor, directorate_id, today) if d.id == into_id), None)
    if into is None:
        raise BadInputError({"into": "Choose the directorate that it becomes part of"})
    if problem := first_problem(on, today, gone.starts_on, into.starts_on) or _in_the_way(session, gone, on):
        raise BadInputError({"first": problem})
    teams = tuple(_teams(session, gone, into, on))
    ids = [team.team_id for team in teams]
    return Merger(
        gone=gone,
        into=into,
        on=on,
        teams=teams,
        roles=tuple(roles_carried(session, gone.id, ids, today)),
        rules=tuple(
            RuleMove(rule.id, rule.name, rule.team_id or 0)
            for rule in every_rule(session)
            if not rule.is_over(today) and (rule.directorate_id == gone.id or rule.team_id in ids)
        ),
        targets=tuple(targets_carried(session, gone.id, into.id, today)),
        cohorts=tuple(cohorts_carried(session, gone.id, into.id, today)),
        views=tuple(views_carried(session, gone.id, ids)),
    )


def _in_the_way(session: ReadSession, gone: DirectorateRow, on: date) -> str:
    """What cannot be carried: a team that opens on the day or later, or that is to close after it."""
    here = sa.and_(_team.c.directorate_id == gone.id, _not_closed(_team, on))
    late = session.scalar(sa.select(_team.c.name).where(here, _team.c.starts_on >= on).limit(1))
    if late is not None:
        return f"The team {late} opens on that day or later. Choose a later day, or close that team first"
    ending = sa.select(_team.c.name, _team.c.ends_on).where(here, _team.c.ends_on.is_not(None))
    if (closing := session.execute(ending.limit(1)).first()) is not None:
        ends = f"The team {closing.name} closes on {closing.ends_on:%-d %B %Y}"
        return f"{ends}. Choose that day or a later one, or close the team by the day you chose"
    return ""


def _not_closed(dated: sa.Table, on: date) -> sa.ColumnElement[bool]:
    return sa.or_(dated.c.ends_on.is_(None), dated.c.ends_on > on)


def _teams(session: ReadSession, gone: DirectorateRow, into: DirectorateRow, on: date) -> Iterator[TeamMove]:
    working = (
        sa.select(sa.func.count(sa.distinct(_employment.c.person_id)))
        .where(_employment.c.team_id == _team.c.id, _not_closed(_employment, on))
        .correlate(_team)
        .scalar_subquery()
    )
    rows = session.execute(
        sa.select(_team.c.id, _team.c.directorate_id, _team.c.name, _team.c.site, _team.c.ends_on, open_on(_team, on))
        .add_columns(working)
        .where(_team.c.directorate_id.in_((gone.id, into.id)))
        .order_by(_team.c.name, _team.c.id)
    ).all()
    there = {
        name: (at, people)
        for at, home, name, _, ends, is_open, people in rows
        if home == into.id and _stays(ends, is_open)
    }
    taken = {name for _, home, name, *_ in rows if home == into.id}
    for at, home, name, site, _ends, is_open, people in rows:
        if home != gone.id or not is_open:
            continue
        into_id, already = there.get(name, (0, 0))
        called = name if into_id else name_for(name, gone.name, taken)
        taken.add(called)
        yield TeamMove(at, name, site, people, into_id, called, already)


def _stays(ends_on: date | None, is_open: bool) -> bool:
    return is_open and ends_on is None
