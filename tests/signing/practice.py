"""People who hold a level and tell how they used it, through the same commands as pages."""

from datetime import date, timedelta

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.kernel.db import table
from app.learning.commands import GrantAward, WithdrawAward, grant_award, withdraw_award
from app.learning.models import Award, AwardEvent
from app.learning.queries import Holding, holdings
from app.learning.rules import AwardEventKind
from app.organisation.models import Person
from app.signing import commands, queries
from tests.signing.course import Scene
from tests.world import World

TIER = "pocket-qi"
WHAT = "Fewer falls on nights"
ACCOUNT = "We counted falls for six weeks and tried a sensor mat in two bays. Falls went from five a week to three."


def hold(world: World, person: Person, tier: str = TIER, on: date | None = None) -> None:
    day = on or world.today - timedelta(days=90)
    command = GrantAward(person_id=person.id, tier=tier, occurred_on=day, source="a course")
    with world.db.write() as session:
        grant_award(session, SYSTEM, command, world.now)


def withdraw(scene: Scene) -> None:
    today = scene.world.today
    command = WithdrawAward(person_id=scene.ben.id, tier=TIER, occurred_on=today, reason="Given by mistake")
    with scene.world.db.write() as session:
        withdraw_award(session, SYSTEM, command, scene.world.now)


def work(world: World, what: str = WHAT, worked_on: date | None = None) -> commands.Work:
    return commands.Work(
        what=what, place="Larch ward", worked_on=worked_on or world.today - timedelta(days=7), account=ACCOUNT
    )


def tell(scene: Scene, asked: Person | None = None, *, who: Person | None = None, seen: int | None = None) -> int:
    world, person = scene.world, who or scene.ben
    uses = uses_of(scene, person)
    known = (uses[0].id if uses else 0) if seen is None else seen
    command = commands.TellUse(tier=TIER, work=work(world), asked_id=(asked or scene.manager).id, seen=known)
    with world.db.write() as session:
        return commands.tell_use(session, world.settings, world.actor(person), command, world.now)


def decide(scene: Scene, use_id: int, by: Person | None = None, *, confirm: bool = True, comment: str = "") -> None:
    world, decider = scene.world, by or scene.manager
    command = commands.DecideUse(use_id=use_id, confirm=confirm, comment=comment)
    with world.db.write() as session:
        commands.decide_use(session, world.settings, world.actor(decider), command, world.now)


def name(scene: Scene, by: Person, who: Person | None = None, what: str = WHAT) -> None:
    world = scene.world
    command = commands.ConfirmUse(person_id=(who or scene.ben).id, tier=TIER, work=work(world, what))
    with world.db.write() as session:
        commands.confirm_use(session, world.settings, world.actor(by), command, world.now)


def uses_of(scene: Scene, who: Person | None = None) -> list[queries.Use]:
    with scene.world.db.read() as session:
        return queries.uses_of(session, (who or scene.ben).id, TIER)


def held(scene: Scene, who: Person | None = None) -> Holding:
    person = who or scene.ben
    with scene.world.db.read() as session:
        return holdings(session, [person.id], scene.world.today)[person.id][TIER]


def applied(scene: Scene, who: Person | None = None) -> list[tuple[date, str, int]]:
    """The day, the piece of work and who confirmed it, of each use that the record shows."""
    award, event = table(Award), table(AwardEvent)
    wanted = (
        sa.select(event.c.occurred_on, event.c.source, event.c.recorded_by_id)
        .join(award, award.c.id == event.c.award_id)
        .where(award.c.person_id == (who or scene.ben).id, event.c.kind == AwardEventKind.APPLIED)
    )
    with scene.world.db.read() as session:
        return [(row[0], row[1], row[2]) for row in session.execute(wanted)]
