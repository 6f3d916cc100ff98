"""A lead asks a manager of a team to judge it in their place, and takes it back."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError
from app.organisation.models import Team
from app.ratings.models import RatingDelegation
from app.ratings.queries import Hand, asked_already, hand_for, may_be_asked, must_be_on

_delegation, _team = table(RatingDelegation), table(Team)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegate:
    team_id: int
    manager_id: int


def delegate(session: WriteSession, actor: Actor, command: Delegate, now: datetime) -> str:
    """Whoever was asked before judges it no longer. Returns the name of the one asked.

    Raises NotFoundError unless the actor leads the team, BadInputError for somebody who manages nobody there, or
    who judges it for another lead: what they say is one lead's view.
    """
    hand = _led(session, actor, command.team_id, now)
    people = dict(may_be_asked(session, hand, london_date(now)))
    if command.manager_id not in people:
        raise BadInputError({"manager": "Choose somebody who manages somebody in this team"})
    if first := asked_already(session, actor, hand.team_id, command.manager_id, london_date(now)):
        raise BadInputError({"manager": f"{first} has asked this person already. Choose somebody else for you"})
    if _standing(session, actor, hand.team_id) != command.manager_id:
        _end(session, actor, hand.team_id, now)
        made = RatingDelegation(
            team_id=hand.team_id, lead_id=actor.person_id, manager_id=command.manager_id, given_at=now
        )
        session.add(made)
        session.flush()
        audit.record(
            session, actor, "ask to judge team", "rating_delegation", made.id, now=now,
            subject_id=command.manager_id, fields=("team_id", "manager_id"),
        )  # fmt: skip
    return people[command.manager_id]


def take_back_team(session: WriteSession, actor: Actor, team_id: int, now: datetime) -> None:
    """What was judged stays. Taken back before, nothing changes."""
    _led(session, actor, team_id, now)
    _end(session, actor, team_id, now)


def _led(session: WriteSession, actor: Actor, team_id: int, now: datetime) -> Hand:
    must_be_on(session)
    session.execute(sa.select(_team.c.id).where(_team.c.id == team_id).with_for_update(key_share=True)).all()
    hand = hand_for(session, actor, team_id, london_date(now))
    if not hand.own:
        raise NotFoundError("team")
    return hand


def _standing(session: WriteSession, actor: Actor, team_id: int) -> int | None:
    found: int | None = session.scalar(sa.select(_delegation.c.manager_id).where(_open(actor, team_id)))
    return found


def _open(actor: Actor, team_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(
        _delegation.c.team_id == team_id, _delegation.c.lead_id == actor.person_id, _delegation.c.ended_at.is_(None)
    )


def _end(session: WriteSession, actor: Actor, team_id: int, now: datetime) -> None:
    ended = session.execute(
        sa.update(_delegation)
        .where(_open(actor, team_id))
        .values(ended_at=now)
        .returning(_delegation.c.id, _delegation.c.manager_id)
    ).all()
    for delegation_id, manager_id in ended:
        audit.record(
            session, actor, "take team back", "rating_delegation", delegation_id, now=now, subject_id=manager_id,
            fields=("ended_at",),
        )  # fmt: skip
