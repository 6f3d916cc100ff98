"""A kept report of last month, and levels past their refresh date: for the house tests."""

from datetime import timedelta

from app.access.actor import SYSTEM
from app.learning.commands import GrantAward, grant_award
from app.worker import keep_last_month
from tests.house.stage import HOSTILE, Cast
from tests.world import OPENED, World


def furnish(world: World, cast: Cast) -> None:
    for person_id in (*cast.crowd, cast.sam):
        for tier, day in (("board", OPENED), ("induction", world.today - timedelta(days=40))):
            with world.db.write() as session:
                command = GrantAward(person_id=person_id, tier=tier, occurred_on=day, source=f"Before {HOSTILE}")
                grant_award(session, SYSTEM, command, world.now)
    keep_last_month(world.db, world.now)
