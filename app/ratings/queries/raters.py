"""Who may rate whom, as it stands today: the lead of a team, or whoever a lead has asked to judge it for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import open_on, teams
from app.ratings.models import RatingDelegation
from app.ratings.queries.agreement import are_on
from app.ratings.queries.standing import delegations_on, leading, leads_on, managing

_person, _employment, _team, _delegation = table(Person), table(Employment), table(Team), table(RatingDelegation)
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Hand:
    """How the actor comes to rate a team: as its lead (`own`), or for one.

    `spared` are those whom they do not rate there: themselves; and, for a lead, whoever leads the team or manages them.
    """

    team_id: int
    team: str
    directorate_id: int
    directorate: str
    lead_id: int
    lead: str
    own: bool
    spared: frozenset[int]


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


def hands(session: ReadSession, actor: Actor, on: date) -> Mapping[int, Hand]:
    """Team → how the actor rates it, in the order of directorates and teams. Five statements at most."""
    me = frozenset({actor.person_id})
    found = {
        t.id: Hand(t.id, t.name, t.directorate_id, t.directorate, actor.person_id, actor.name, own=True, spared=me)
        for t in teams(session, actor, Permission.RATE, on=on)
    }
    asked = delegations_on(session, on, _delegation.c.manager_id == actor.person_id)
    if asked:
        above = me | {manager for _, manager in managing(session, me, on)}
        leads = leads_on(session, on)
        for a in asked:
            spared = above | leading(leads, a.team_id, a.directorate_id)
            hand = Hand(a.team_id, a.team, a.directorate_id, a.directorate, a.lead_id, a.lead, own=False, spared=spared)
            found.setdefault(a.team_id, hand)
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


def rated_person(session: ReadSession, actor: Actor, person_id: int, on: date) -> RatedPerson:
    """Somebody else whose main post is today in a team that the actor rates, and who is not spared there.

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
    if person_id in hand.spared:
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
    if person_id in found:
        return [rater for rater in found.values() if rater.person_id != person_id]
    asked = [d for d in delegations_on(session, on, _delegation.c.team_id == post.id) if d.manager_id != person_id]
    above = managing(session, {d.manager_id for d in asked}, on)
    for one in asked:
        if (one.manager_id, person_id) not in above:
            found.setdefault(one.manager_id, Rater(one.manager_id, one.manager, one.lead))
    return list(found.values())
