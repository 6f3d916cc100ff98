"""Somebody of the QI team grants more time or tries, in a line."""

from datetime import date
from typing import Any

from app.access.permissions import Role
from app.assessment.commands import EndAdjustment, GrantAdjustment, end_adjustment, grant_adjustment
from app.assessment.models import Adjustment
from app.assessment.rules import Leeway
from tests.world import World

REASON, ARRANGEMENT = "screening-letter-4711", "a-reader-4711"


class Granter:
    """A QI team administrator at work."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.person_id = world.with_role(Role.QI_ADMIN, given_name="Marco", family_name="Adler").id

    @property
    def actor(self) -> Any:
        return self.world.actor(self.person_id)

    def grant(
        self,
        person_id: int,
        percent: int = 0,
        tries: int = 0,
        *,
        no_limit: bool = False,
        starts_on: date | None = None,
        ends_on: date | None = None,
    ) -> Adjustment:
        command = GrantAdjustment(
            person_id=person_id,
            leeway=Leeway(percent=percent, no_limit=no_limit, tries=tries),
            arrangement=ARRANGEMENT,
            reason=REASON,
            starts_on=starts_on or self.world.today,
            ends_on=ends_on,
        )
        with self.world.db.write() as session:
            return grant_adjustment(session, self.actor, command, self.world.now)

    def end(self, granted: Adjustment) -> Adjustment:
        with self.world.db.write() as session:
            return end_adjustment(session, self.actor, EndAdjustment(adjustment_id=granted.id), self.world.now)
