"""Whom a lead has asked, and whom they can ask, to judge a team in their place."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel.db import ReadSession, table
from app.organisation.models import Employment, Person
from app.organisation.queries import open_on
from app.ratings.models import RatingDelegation
from app.ratings.queries.agreement import are_on
from app.ratings.queries.raters import Hand, Rater
from app.ratings.queries.standing import delegations_on, leading, leads_on, there

_person, _employment, _delegation = table(Person), table(Employment), table(RatingDelegation)
_post = _employment.alias("post_there")


def was_asked(session: ReadSession, actor: Actor, on: date) -> bool:
    """Whether there are ratings, and a lead has the actor judge a team. One statement for whoever was never asked."""
    asked = delegations_on(session, on, _delegation.c.manager_id == actor.person_id)
    return bool(asked) and are_on(session)


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


def may_be_asked(session: ReadSession, hand: Hand, on: date) -> list[tuple[int, str]]:
    """Whom a lead can ask to judge a team: whoever manages somebody there, with what they are.

    Never whoever leads the team themselves: they judge it in their own right.
    """
    managers = sa.select(_post.c.manager_id).where(_post.c.team_id == hand.team_id, there(_post, on))
    leads = leading(leads_on(session, on), hand.team_id, hand.directorate_id)
    rows = session.execute(
        sa.select(_person.c.id, _person.c.list_name, _employment.c.job_role, _employment.c.band)
        .join(_employment, _employment.c.person_id == _person.c.id)
        .where(
            _person.c.id.in_(managers),
            _person.c.id.not_in(leads | {hand.lead_id}),
            _employment.c.is_primary,
            open_on(_employment, on),
        )
        .order_by(_person.c.sort_key, _person.c.id)
    )
    return [
        (r.id, ", ".join(p for p in (r.list_name, r.job_role, f"band {r.band}" if r.band else "") if p)) for r in rows
    ]
