"""Links that were sent, a role that can end, and somebody who may come back: for the stage of the house tests."""

import re

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.accounts.commands import Invite, RequestReset, invite, request_reset
from app.accounts.models import RoleGrant
from app.kernel.db import table
from app.kernel.outbox import recent_mails
from tests.house.stage import Cast
from tests.world import World


def furnish(world: World, cast: Cast) -> None:
    for person_id in [*cast.people.values(), *cast.crowd, *cast.partner_crowd]:
        world.open_account(person_id)
    with world.db.write() as session:
        invitation = invite(session, world.settings, SYSTEM, Invite(person_id=cast.sam), world.now)
        for person_id in cast.crowd:
            invite(session, world.settings, SYSTEM, Invite(person_id=person_id), world.now)
    name = f"person-{cast.people['staff-other']}"
    with world.db.write() as session:
        request_reset(session, world.settings, RequestReset(username=name), world.now)
    with world.db.read() as session:
        newest = recent_mails(session, 1)[0]
        grant = table(RoleGrant)
        ends = sa.select(grant.c.id).where(grant.c.person_id == cast.people["lead-own"])
        cast.put("grant_id", session.scalar(ends))
    reset = re.search(r"/reset/(\S+)", newest.body)
    assert reset
    cast.put("code", reset[1])
    cast.put("code", invitation.link.rpartition("/")[2], route="accounts:accept_page")
    cast.put("code", invitation.link.rpartition("/")[2], route="accounts:accept")
    cast.put("mail_id", newest.id)
    for route in ("accounts:rejoin_page", "accounts:rejoin"):
        cast.put("person_id", cast.people["leaver"], "staff", route)
