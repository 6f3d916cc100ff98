"""Who may rate whom, as it stands today: the lead of a team, or whoever a lead has asked to judge it for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor, ScopeKind
from app.access.permissions import Permission, Role
from app.accounts.models import RoleGrant
from app.accounts.sessions import granted_today
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Directorate, Employment, Person, Team
from app.organisation.queries import open_on, teams
from app.ratings.models import RatingDelegation
from app.ratings.queries.agreement import are_on

_person, _employment, _team, _directorate = table(Person), table(Employment), table(Team), table(Directorate)
_grant, _delegation = table(RoleGrant), table(RatingDelegation)
_lead, _post = _person.alias("lead"), _employment.alias("post_there")
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Hand:
    """How the actor comes to rate a team: as its lead (`own`), or for one."""

    team_id: int
    team: str
    directorate_id: int
    directorate: str
    lead_id: int
    lead: str
    own: bool


@dataclass(frozen=True, slots=True)
class Rater:
    """Somebody who may rate a person. `for_lead` names the lead who asked them to; empty for a lead."""

    person_id: int
    name: str
    for_lead: str = ""


@dataclass(frozen=True, slots=True)
class RatedPerson:
    """Somebody whom the actor may rate, in the main post they hold today."""

    person_id: int
    name: str
    job_role: str
    hand: Hand


@dataclass(frozen=True, slots=True)
class Lead:
    person_id: int
    name: str
    scope: ScopeKind
    scope_id: int | None

    def leads(self, team_id: int, directorate_id: int) -> bool:
        ids = {ScopeKind.TEAM: team_id, ScopeKind.DIRECTORATE: directorate_id}
        return self.scope is ScopeKind.TRUST or ids.get(self.scope) == self.scope_id


def hands(session: ReadSession, actor: Actor, on: date) -> Mapping[int, Hand]:
    """Team → how the actor rates it, in the order of directorates and teams. Three statements at most."""
    found = {
        t.id: Hand(t.id, t.name, t.directorate_id, t.directorate, actor.person_id, actor.name, own=True)
        for t in teams(session, actor, Permission.RATE, on=on)
    }
    for asked in delegations_on(session, on, _delegation.c.manager_id == actor.person_id):
        hand = Hand(
            asked.team_id, asked.team, asked.directorate_id, asked.directorate, asked.lead_id, asked.lead, own=False
        )
        found.setdefault(asked.team_id, hand)
    return found


def hand_for(session: ReadSession, actor: Actor, team_id: int, on: date) -> Hand:
    """Raises NotFoundError for a team that the actor does not rate: it looks like one that is not there."""
    found = hands(session, actor, on).get(team_id)
    if found is None:
        raise NotFoundError("team")
    return found


def may_rate(session: ReadSession, actor: Actor, person_id: int, team_id: int, on: date) -> bool:
    """Whether there are ratings, and the actor rates this person of that team. Two statements at most, for a lead."""
    if not actor.may(Permission.RATE) or person_id == actor.person_id or not are_on(session):
        return False
    return any(t.id == team_id for t in teams(session, actor, Permission.RATE, on=on))


def was_asked(session: ReadSession, actor: Actor, on: date) -> bool:
    """Whether there are ratings, and a lead has the actor judge a team. One statement for whoever was never asked."""
    asked = delegations_on(session, on, _delegation.c.manager_id == actor.person_id)
    return bool(asked) and are_on(session)


def rated_person(session: ReadSession, actor: Actor, person_id: int, on: date) -> RatedPerson:
    """Somebody else whose main post is today in a team that the actor rates; never the lead for whom they do.

    Raises NotFoundError for anybody else.
    """
    row = session.execute(
        sa.select(_employment.c.team_id, _person.c.name, _employment.c.job_role)
        .join(_person, _person.c.id == _employment.c.person_id)
        .where(
            _employment.c.person_id == min(person_id, LARGEST_ID), _employment.c.is_primary, open_on(_employment, on)
        )
    ).first()
    if row is None or person_id == actor.person_id:
        raise NotFoundError("person")
    hand = hand_for(session, actor, row.team_id, on)
    if hand.lead_id == person_id:
        raise NotFoundError("person")
    return RatedPerson(person_id, row.name, row.job_role, hand)


def raters_of(session: ReadSession, person_id: int, on: date) -> list[Rater]:
    """Everybody who may rate this person today: leads first, each by name, and never the person themselves."""
    post = session.execute(
        sa.select(_team.c.id, _team.c.directorate_id)
        .join(_employment, _employment.c.team_id == _team.c.id)
        .where(_employment.c.person_id == person_id, _employment.c.is_primary, open_on(_employment, on))
    ).first()
    if post is None:
        return []
    leads = [lead for lead in leads_on(session, on) if lead.leads(post.id, post.directorate_id)]
    found = {lead.person_id: Rater(lead.person_id, lead.name) for lead in leads}
    others = sa.and_(_delegation.c.team_id == post.id, _delegation.c.lead_id != person_id)
    for asked in delegations_on(session, on, others):
        found.setdefault(asked.manager_id, Rater(asked.manager_id, asked.manager, asked.lead))
    found.pop(person_id, None)
    return list(found.values())


def asked_of_team(session: ReadSession, actor: Actor, team_id: int, on: date) -> Rater | None:
    """Whom the actor, who leads this team, has asked to judge it, while that person may."""
    mine = sa.and_(_delegation.c.team_id == team_id, _delegation.c.lead_id == actor.person_id)
    return next((Rater(d.manager_id, d.manager, d.lead) for d in delegations_on(session, on, mine)), None)


def asked_already(session: ReadSession, actor: Actor, team_id: int, manager_id: int, on: date) -> str:
    """The name of another lead for whom that person judges this team; empty without one."""
    others = sa.and_(
        _delegation.c.team_id == team_id,
        _delegation.c.manager_id == manager_id,
        _delegation.c.lead_id != actor.person_id,
    )
    return next((str(d.lead) for d in delegations_on(session, on, others)), "")


def asked_by(session: ReadSession, actor: Actor, on: date) -> Mapping[int, str]:
    """Team → the name of whom the actor has asked to judge it."""
    return {d.team_id: d.manager for d in delegations_on(session, on, _delegation.c.lead_id == actor.person_id)}


def may_be_asked(session: ReadSession, actor: Actor, team_id: int, on: date) -> list[tuple[int, str]]:
    """Whom a lead can ask to judge a team: whoever works in it, or manages somebody there, with what they are."""
    managers = sa.select(_post.c.manager_id).where(_post.c.team_id == team_id, _there(_post, on))
    rows = session.execute(
        sa.select(_person.c.id, _person.c.list_name, _employment.c.job_role, _employment.c.band)
        .join(_employment, _employment.c.person_id == _person.c.id)
        .where(
            sa.or_(_employment.c.team_id == team_id, _person.c.id.in_(managers)),
            _employment.c.is_primary,
            open_on(_employment, on),
            _person.c.id != actor.person_id,
        )
        .order_by(_person.c.sort_key, _person.c.id)
    )
    return [
        (r.id, ", ".join(p for p in (r.list_name, r.job_role, f"band {r.band}" if r.band else "") if p)) for r in rows
    ]


def delegations_on(
    session: ReadSession, on: date, which: sa.ColumnElement[bool]
) -> Sequence[sa.Row[tuple[object, ...]]]:
    """Those that stand today: the lead leads that team still, and whom they asked belongs to it still."""
    there = sa.and_(_post.c.team_id == _delegation.c.team_id, _there(_post, on))
    belongs = sa.or_(_post.c.person_id == _delegation.c.manager_id, _post.c.manager_id == _delegation.c.manager_id)
    rows = session.execute(
        sa.select(
            _delegation.c.id,
            _delegation.c.team_id,
            _team.c.name.label("team"),
            _team.c.directorate_id,
            _directorate.c.name.label("directorate"),
            _delegation.c.lead_id,
            _lead.c.name.label("lead"),
            _delegation.c.manager_id,
            _person.c.name.label("manager"),
        )
        .select_from(_delegation)
        .join(_team, _team.c.id == _delegation.c.team_id)
        .join(_directorate, _directorate.c.id == _team.c.directorate_id)
        .join(_lead, _lead.c.id == _delegation.c.lead_id)
        .join(_person, _person.c.id == _delegation.c.manager_id)
        .where(
            which,
            _delegation.c.ended_at.is_(None),
            sa.exists().where(there, belongs),
            _works(_delegation.c.manager_id, on),
        )
        .order_by(_delegation.c.id)
    ).all()
    leads = set(leads_on(session, on)) if rows else set()
    return [
        row
        for row in rows
        if any(lead.person_id == row.lead_id and lead.leads(row.team_id, row.directorate_id) for lead in leads)
    ]


def leads_on(session: ReadSession, on: date) -> list[Lead]:
    """Whoever holds the role of lead on that day and works here, by name. They are few in any trust."""
    rows = session.execute(
        sa.select(_person.c.id, _person.c.name, _grant.c.scope_kind, _grant.c.scope_id)
        .select_from(_person.join(_grant, granted_today))
        .where(_grant.c.role == Role.LEAD, _works(_person.c.id, on))
        .order_by(_person.c.sort_key, _person.c.id),
        {"today": on},
    )
    return [Lead(*row) for row in rows]


def _works(person_id: sa.ColumnElement[int], on: date) -> sa.ColumnElement[bool]:
    works = _employment.alias("works")
    return sa.exists().where(works.c.person_id == person_id, _there(works, on))


def _there(post: sa.FromClause, on: date) -> sa.ColumnElement[bool]:
    """Whether a post, under another name than its table's, holds the day."""
    return sa.and_(post.c.starts_on <= on, sa.or_(post.c.ends_on.is_(None), post.c.ends_on > on))
