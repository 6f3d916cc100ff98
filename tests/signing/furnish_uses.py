"""Levels used in practice: told and waiting, sent back, and confirmed by a lead, for Sam, the crowd and Rosie."""

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.kernel.db import table
from app.learning.commands import GrantAward, grant_award
from app.signing import commands
from app.signing.models import PracticeUse
from tests.house.stage import HOSTILE, Cast
from tests.world import World

WAITS, TELLS = "senior-clinical-leaders", "masterclasses"
PARTNERS = "patients-and-carers"


def furnish_uses(world: World, cast: Cast) -> None:
    lead, carer = cast.people["lead-own"], cast.people["involvement"]
    for person_id in (*cast.crowd, cast.sam):
        for tier in (WAITS, TELLS):
            _hold(world, person_id, tier)
        back = _tell(world, person_id, TELLS, lead)
        _decide(world, lead, back, confirm=False)
        _confirm(world, lead, person_id, TELLS)
        waits = _tell(world, person_id, WAITS, lead)
    cast.put("use_id", waits, "staff")
    cast.put("use_seen", _last(world, cast.sam, TELLS), "staff")
    cast.put("tier", WAITS, "staff", "signing:practice")
    cast.put("tier", WAITS, "staff", "signing:withdraw_use")
    for route in ("tell_use", "named_use", "confirm_use"):
        cast.put("tier", TELLS, "staff", f"signing:{route}")
    cast.put("worked_on", world.today.isoformat())
    for partner_id in (*cast.partner_crowd, cast.rosie):
        _hold(world, partner_id, PARTNERS)
        _decide(world, carer, _tell(world, partner_id, PARTNERS, carer), confirm=True)
    cast.put("use_seen", _last(world, cast.rosie, PARTNERS), "partner")
    for route in ("practice", "tell_use", "withdraw_use", "named_use", "confirm_use"):
        cast.put("tier", PARTNERS, "partner", f"signing:{route}")
    cast.put("carer", carer)


def _hold(world: World, person_id: int, tier: str) -> None:
    command = GrantAward(person_id=person_id, tier=tier, occurred_on=world.today, source=f"elsewhere {HOSTILE}"[:100])
    with world.db.write() as session:
        grant_award(session, SYSTEM, command, world.now)


def _work(world: World) -> commands.Work:
    return commands.Work(
        what=f"Fewer falls {HOSTILE}", place=f"Ward 7 {HOSTILE}", worked_on=world.today, account=f"We tried {HOSTILE}"
    )


def _tell(world: World, person_id: int, tier: str, asked_id: int) -> int:
    command = commands.TellUse(tier=tier, work=_work(world), asked_id=asked_id, seen=_last(world, person_id, tier))
    with world.db.write() as session:
        return commands.tell_use(session, world.settings, world.actor(person_id), command, world.now)


def _decide(world: World, decider_id: int, use_id: int, *, confirm: bool) -> None:
    command = commands.DecideUse(use_id=use_id, confirm=confirm, comment=f"Which nights? {HOSTILE}")
    with world.db.write() as session:
        commands.decide_use(session, world.settings, world.actor(decider_id), command, world.now)


def _confirm(world: World, lead_id: int, person_id: int, tier: str) -> None:
    command = commands.ConfirmUse(person_id=person_id, tier=tier, work=_work(world))
    with world.db.write() as session:
        commands.confirm_use(session, world.settings, world.actor(lead_id), command, world.now)


def _last(world: World, person_id: int, tier: str) -> int:
    use = table(PracticeUse)
    wanted = sa.select(sa.func.max(use.c.id)).where(use.c.person_id == person_id, use.c.tier == tier)
    with world.db.read() as session:
        return session.scalar(wanted) or 0
