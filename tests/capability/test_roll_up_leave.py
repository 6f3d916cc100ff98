"""However leave, decisions and levels lie to each other, a whole trust's totals are those of its people."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from app.capability.models import Requirement
from app.capability.rules import Need, NeedSource
from app.kernel.db import WriteSession, table
from app.learning.models import Award, AwardEvent
from app.learning.rules import AwardEventKind
from app.organisation.models import Person
from tests.capability.conftest import Scene
from tests.capability.rolled import check_roll_up
from tests.organisation.away import go_on_leave
from tests.world import World

PEOPLE, DAYS = 50, 700
TIERS = ("induction", "pocket-qi")


class Past:
    """Two years in which anything happened, day by day counted back from today."""

    def __init__(self, session: WriteSession, random: Random, scene: Scene) -> None:
        self.session, self.random, self.lead_id, self.today = session, random, scene.lead.id, scene.world.today

    def tell(self, person: Person) -> None:
        for tier in TIERS:
            if self.random.random() < 0.9:
                self._asked(person, tier)
            if self.random.random() < 0.6:
                self._held(person, tier)

    def _day(self, first: int = DAYS, last: int = 0) -> date:
        return self.today - timedelta(days=self.random.randint(last, first))

    def _add(self, model: type[SQLModel], **values: object) -> int:
        return int(self.session.scalar(sa.insert(table(model)).values(**values).returning(table(model).c.id)) or 0)

    def _asked(self, person: Person, tier: str) -> None:
        decided = self._day()
        self._add(
            Requirement,
            person_id=person.id,
            tier=tier,
            need=Need.REQUIRED,
            due=decided + timedelta(days=self.random.randint(1, 300)),
            reason="",
            source=NeedSource.LEAD,
            set_by_id=self.lead_id,
            decided_at=datetime.combine(decided, time(self.random.choice((0, 9, 23)), 30), UTC),
        )

    def _held(self, person: Person, tier: str) -> None:
        award, on = self._add(Award, person_id=person.id, tier=tier), self._day()
        kinds = [AwardEventKind.GRANTED, *self.random.choice(((), (), (AwardEventKind.REFRESHED,)))]
        for kind in [*kinds, *self.random.choice(((), (), (), (AwardEventKind.WITHDRAWN,)))]:
            until = on + timedelta(days=self.random.randint(20, 250))
            given = kind is not AwardEventKind.WITHDRAWN
            moment = datetime.combine(on, time(9), UTC)
            self._add(
                AwardEvent,
                award_id=award,
                kind=kind,
                occurred_on=on,
                valid_until=until if given else None,
                source="a course",
                recorded_at=moment,
                recorded_by_id=self.lead_id,
            )
            on = min(self.today, on + timedelta(days=self.random.randint(0, 200)))


def leave(world: World, random: Random, person: Person) -> None:
    """None, one or two spells that share no day, and perhaps one that goes on."""
    back = DAYS
    for _ in range(random.choice((0, 1, 1, 2))):
        start = random.randint(1, max(1, back))
        end = random.randint(0, start - 1)
        ends = None if random.random() < 0.1 else world.today - timedelta(days=end)
        go_on_leave(world, person, world.today - timedelta(days=start), ends)
        back = end - 1
        if ends is None or back < 1:
            break


@pytest.mark.parametrize("seed", range(3))
def test_totals_agree_with_the_grid_whatever_leave_has_moved(scene: Scene, seed: int) -> None:
    random, world = Random(seed), scene.world
    long_ago = world.today - timedelta(days=DAYS + 400)
    people = [
        world.hire(team=world.team(*random.choice((("Larch", "Medicine"), ("Theatre", "Surgery")))), starts_on=long_ago)
        for _ in range(PEOPLE)
    ]
    with world.db.write() as session:
        past = Past(session, random, scene)
        for person in people:
            past.tell(person)
    for person in people:
        leave(world, random, person)
    with world.db.read() as session:
        for back in (0, 1, *random.sample(range(2, DAYS), 20)):
            check_roll_up(session, world.today - timedelta(days=back), world.now)
