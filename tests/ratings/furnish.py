"""Ratings that are agreed, said, shared and written about, for Sam and each of the crowd: for house tests."""

import sqlalchemy as sa

from app.kernel.db import table
from app.organisation.models import Employment
from app.ratings import commands
from app.ratings.models import RatingAgreement
from app.ratings.rules import OVERALL, Said
from tests.house.stage import HOSTILE, Cast
from tests.world import World


def furnish(world: World, cast: Cast) -> None:
    lead = cast.people["lead-own"]
    agree(world, cast.people["qi-admin"])
    for person_id in (*cast.crowd, cast.sam):
        _rated(world, person_id, lead)
    _manages(world, cast.crowd[0], cast.people["staff-other"])
    asked = commands.Delegate(team_id=int(str(cast.example("team_id", "", ""))), manager_id=cast.crowd[0])
    with world.db.write() as session:
        commands.delegate(session, world.actor(lead), asked, world.now)
    with world.db.read() as session:
        cast.put("agreement_id", session.scalar(sa.select(sa.func.max(table(RatingAgreement).c.id))))
    cast.put("with_id", lead)
    cast.put("manager", cast.people["qi-admin"])


def agree(world: World, admin_id: int) -> None:
    command = commands.RecordAgreement(
        agreed_on=world.today, agreed_with=f"Staff side {HOSTILE}", words=f"For development {HOSTILE}"
    )
    with world.db.write() as session:
        commands.record_agreement(session, world.actor(admin_id), command, world.now)


def _rated(world: World, person_id: int, lead_id: int) -> None:
    person, lead = world.actor(person_id), world.actor(lead_id)
    with world.db.write() as session:
        commands.share_with(session, person, lead_id, world.now)
        for said in (Said.NEW, Said.LEADS):
            own = commands.RateMyself(said={OVERALL: said, "aim": Said.LEVEL_3}, reflection=f"I think {HOSTILE}")
            commands.rate_myself(session, person, own, world.now)
        theirs = commands.RateTeam(team_id=_team(world, person_id), said={person_id: Said.TAKES_PART})
        commands.rate_team(session, lead, theirs, world.now)
        commands.write_to_rater(
            session, person, commands.WriteToRater(with_id=lead_id, words=f"I see it so {HOSTILE}"), world.now
        )


def _manages(world: World, manager_id: int, person_id: int) -> None:
    post = table(Employment)
    with world.db.write() as session:
        session.execute(sa.update(post).where(post.c.person_id == person_id).values(manager_id=manager_id))


def _team(world: World, person_id: int) -> int:
    post = table(Employment)
    with world.db.read() as session:
        return int(session.scalars(sa.select(post.c.team_id).where(post.c.person_id == person_id)).one())
