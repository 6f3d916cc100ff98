"""Time to learn: what needs ask of teams today, what they were asked for, and who may answer for them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.models import Requirement
from app.capability.queries.standings import AsAt, matrix_tiers, standings
from app.capability.release import shares
from app.capability.rules import HELD, Cell, Need
from app.curriculum.models import Tier
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Directorate, Employment, Person, Team
from app.organisation.queries import open_on, teams_within
from app.planning.models import Release
from app.planning.rules import ReleaseState
from app.planning.settling import Asked, Key

_release, _team, _directorate, _tier = table(Release), table(Team), table(Directorate), table(Tier)
_employment, _person, _requirement = table(Employment), table(Person), table(Requirement)
_own_post = _employment.alias("own_post")


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """Time that a team is asked for, as it stands, with the answer."""

    id: int
    team_id: int
    team: str
    directorate_id: int
    directorate: str
    tier: str
    tier_title: str
    needed_month: date
    month: date
    minutes: int
    people: int
    asked_at: datetime
    state: ReleaseState
    other_month: date | None
    reason: str
    answered_by_id: int | None
    answered_by: str | None
    answered_at: datetime | None

    @property
    def key(self) -> Key:
        return Key(self.team_id, self.tier, self.needed_month)


@dataclass(frozen=True, slots=True)
class Behind:
    """A need that asks for time: its cell as it stands, and what was decided."""

    cell: Cell
    due: date
    reason: str


@dataclass(frozen=True, slots=True)
class Needs:
    """What the needs of some teams ask for today, with the needs behind each, and those past their date by team."""

    asked: dict[Key, Asked]
    behind: dict[Key, tuple[Behind, ...]]
    past: dict[int, int]


_ROWS = (
    sa.select(
        _release.c.id,
        _team.c.id,
        _team.c.name,
        _directorate.c.id,
        _directorate.c.name,
        _tier.c.slug,
        _tier.c.title,
        _release.c.needed_month,
        _release.c.month,
        _release.c.minutes,
        _release.c.people,
        _release.c.asked_at,
        _release.c.state,
        _release.c.other_month,
        _release.c.reason,
        _release.c.answered_by_id,
        _person.c.name,
        _release.c.answered_at,
    )
    .join(_team, _team.c.id == _release.c.team_id)
    .join(_directorate, _directorate.c.id == _team.c.directorate_id)
    .join(_tier, _tier.c.slug == _release.c.tier)
    .outerjoin(_person, _person.c.id == _release.c.answered_by_id)
    .where(_release.c.superseded_at.is_(None))
    .order_by(_directorate.c.name, _team.c.name, _release.c.month, _tier.c.position, _release.c.id)
)


def _own_post_on(on: date) -> sa.ColumnElement[bool]:
    """Whether the other post, of a manager or of whom they manage, holds the day."""
    post = _own_post.c
    return sa.and_(post.starts_on <= on, sa.or_(post.ends_on.is_(None), post.ends_on > on))


def leads_teams(actor: Actor) -> sa.ColumnElement[bool]:
    """Whether a row of table(Team) is a team for whose people the actor decides."""
    return teams_within(actor.reach(Permission.SET_NEED))


def answers_for(actor: Actor, on: date) -> sa.ColumnElement[bool]:
    """Whether the actor answers for a team: manager of somebody with a post in it that day, or its lead.

    Whoever reaches the whole trust sees every answer and gives none: they lead no team.
    """
    reach = actor.reach(Permission.SET_NEED)
    leads = sa.or_(_team.c.directorate_id.in_(reach.directorates), _team.c.id.in_(reach.teams))
    managed = sa.exists().where(
        _own_post.c.team_id == _team.c.id, _own_post.c.manager_id == actor.person_id, _own_post_on(on)
    )
    return sa.or_(managed, leads)


def releases(session: ReadSession, teams: sa.ColumnElement[bool], since: date) -> list[ReleaseRow]:
    """What teams are asked for, by team and month: needed, or to be given, in a month or later."""
    later = sa.or_(_release.c.month >= since, _release.c.needed_month >= since)
    return [ReleaseRow(*row) for row in session.execute(_ROWS.where(teams, later))]


def release_to_answer(session: ReadSession, actor: Actor, release_id: int, on: date) -> ReleaseRow:
    """One that stands. Raises NotFoundError for a team that is not the actor's to answer for, or one superseded."""
    return _one(session, release_id, answers_for(actor, on))


def release_to_replan(session: ReadSession, actor: Actor, release_id: int) -> ReleaseRow:
    """One that stands, of a team that the actor leads. Raises NotFoundError for any other."""
    return _one(session, release_id, leads_teams(actor))


def what_replaced(session: ReadSession, release_id: int, teams: sa.ColumnElement[bool]) -> bool:
    """Whether a row that stands no longer was of one of these teams."""
    wanted = (
        sa.select(_release.c.id)
        .join(_team, _team.c.id == _release.c.team_id)
        .where(_release.c.id == release_id, _release.c.superseded_at.is_not(None), teams)
    )
    return session.execute(wanted).first() is not None


def manages(session: ReadSession, actor: Actor, on: date) -> bool:
    """Whether the actor answers for any team."""
    return session.execute(sa.select(_team.c.id).where(answers_for(actor, on)).limit(1)).first() is not None


def managers_of(session: ReadSession, team_ids: set[int], on: date) -> dict[int, list[int]]:
    """By team, those who manage somebody in it and work here themselves, as on that day."""
    works = sa.exists().where(_own_post.c.person_id == _employment.c.manager_id, _own_post_on(on))
    rows = session.execute(
        sa.select(_employment.c.team_id, _employment.c.manager_id)
        .where(_employment.c.team_id.in_(team_ids), open_on(_employment, on), works)
        .distinct()
        .order_by(_employment.c.team_id, _employment.c.manager_id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for team_id, manager_id in rows:
        found[team_id].append(manager_id)
    return found


def asked_by_needs(session: ReadSession, teams: sa.ColumnElement[bool], now: datetime) -> Needs:
    """What the needs of these teams' people ask for, from this month on. Eight statements, however many people.

    A need past its date asks for no month until somebody gives it a new one, nor does that of whoever is on long leave.
    """
    today = london_date(now)
    posts = _employment.join(_team, _team.c.id == _employment.c.team_id).join(
        _requirement, _requirement.c.person_id == _employment.c.person_id
    )
    here = sa.and_(
        _employment.c.is_primary,
        open_on(_employment, today),
        teams,
        _requirement.c.superseded_at.is_(None),
        _requirement.c.need == Need.REQUIRED,
    )
    people = sa.select(_employment.c.person_id).select_from(posts).where(here)
    tiers = {t.slug: t for t in matrix_tiers(session) if t.release_minutes}
    known = standings(session, people, AsAt.of(today, now), tuple(tiers.values()))
    rows = session.execute(
        sa.select(
            _team.c.id, _requirement.c.person_id, _requirement.c.tier, _requirement.c.reason, _requirement.c.decided_at
        )
        .select_from(posts)
        .where(here)
    )
    behind: dict[Key, list[Behind]] = defaultdict(list)
    minutes: dict[Key, int] = defaultdict(int)
    past: dict[int, int] = defaultdict(int)
    this_month = today.replace(day=1)
    for team_id, person_id, tier, reason, decided_at in rows:
        standing = known.one(person_id, tier) if tier in tiers else None
        if standing is None or standing.due is None or standing.away or standing.progress.state in HELD:
            continue
        if standing.due < today:
            past[team_id] += 1
            continue
        need = Behind(Cell(person_id, tier, standing.seen), standing.due, reason)
        for month, share in shares(tiers[tier].release_minutes, standing.due, london_date(decided_at)):
            if month >= this_month:
                behind[Key(team_id, tier, month)].append(need)
                minutes[Key(team_id, tier, month)] += share
    asked = {key: Asked(minutes[key], len(needs)) for key, needs in behind.items()}
    return Needs(asked, {key: tuple(needs) for key, needs in behind.items()}, dict(past))


def moved_by_taking(row: ReleaseRow, needs: Sequence[Behind]) -> list[Behind]:
    """Whose date moves when the month that was offered is taken: only one that lies before it.

    Of a level that is spread over months, the date stays when a month before the last is given in another.
    """
    other = row.other_month
    return [n for n in needs if other and n.due < other and n.due.replace(day=1) == row.needed_month]


def _one(session: ReadSession, release_id: int, teams: sa.ColumnElement[bool]) -> ReleaseRow:
    row = session.execute(_ROWS.where(_release.c.id == release_id, teams)).first()
    if row is None:
        raise NotFoundError("release")
    return ReleaseRow(*row)
