"""Whoever comes, moves, goes, learns or is decided about: rules give each one place at most, and touch nothing done."""

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.access.actor import SYSTEM
from app.capability.commands import run_rules
from app.capability.need_rules import By, DueFrom
from app.capability.queries.enrolling import placing
from app.capability.queries.reaching import these
from app.capability.rules import Need
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.learning.models import Enrolment
from app.learning.queries import holdings
from app.learning.rules import EnrolmentSource
from app.organisation.models import Employment, Person
from app.organisation.rules import holds_on
from tests.capability.conftest import Scene
from tests.capability.ruled import Ruled, begin
from tests.invariants import check_invariants
from tests.learning.learner import Learner
from tests.organisation.away import go_on_leave

TIER = "pocket-qi"
WALKS = settings(max_examples=settings().max_examples // 4, stateful_step_count=20)
people = st.integers(0, 4)
NUMBERS = count(1)
_enrolment, _event, _post = table(Enrolment), table(AuditEvent), table(Employment)


@pytest.fixture(scope="session")
def levels() -> None:
    """The real courses instead of levels alone."""


class Places(RuleBasedStateMachine):
    """Rules ask band 8a and above of Medicine for Pocket QI; each walk has people of its own."""

    def __init__(self, ruled: Ruled) -> None:
        super().__init__()
        self.ruled, self.world = ruled, ruled.scene.world
        self.world.later(days=1)
        self.people: dict[int, Person] = {}
        self.gone: set[int] = set()
        self.away: set[int] = set()
        self.rule_id = self.begun()
        self.done: dict[int, Any] = {}

    def begun(self) -> int:
        return self.ruled.begin(name=f"Rule {next(NUMBERS)}", by=By(DueFrom.REACHED, many=3))

    def teardown(self) -> None:
        if self.rule_id:
            self.ruled.end(self.rule_id)

    @rule(who=people)
    def hired(self, who: int) -> None:
        if who not in self.people:
            self.people[who] = self.ruled.hire(f"Person{who}", email=None, starts_on=self.world.today)

    @rule(who=people, inside=st.booleans())
    def moved(self, who: int, inside: bool) -> None:
        person, today = self.people.get(who), self.world.today
        if person and who not in self.gone and person_began(self.world, person) < today:
            self.world.move(person, self.world.team(*(("Larch", "Medicine") if inside else ("Theatre", "Surgery"))))

    @rule(who=people)
    def left(self, who: int) -> None:
        person = self.people.get(who)
        if person and who not in self.gone and person_began(self.world, person) < self.world.today:
            self.world.leave(person)
            self.gone.add(who)

    @rule(who=people)
    def away_for_long(self, who: int) -> None:
        if who in self.people and who not in self.away | self.gone:
            go_on_leave(self.world, self.people[who])
            self.away.add(who)

    @rule(who=people, need=st.sampled_from((Need.WAIVED, Need.NOT_REQUIRED, Need.REQUIRED)))
    def decided(self, who: int, need: Need) -> None:
        here = who in self.people and who not in self.gone
        if here and works_in_medicine(self.world, self.people[who]):
            due = None if need is Need.NOT_REQUIRED else self.world.today + timedelta(days=20)
            self.world.later(minutes=1)
            self.ruled.scene.decide(self.people[who], need=need, due=due, reason=f"{self.world.now}")

    @rule(who=people, much=st.integers(0, 3))
    def learns(self, who: int, much: int) -> None:
        if who in self.people and who not in self.gone:
            learner = Learner(self.world, self.people[who].id, TIER)
            for key in learner.view.completion[:much]:
                if learner.course.is_open:
                    learner.do(key)

    @rule(who=people)
    def completes(self, who: int) -> None:
        """By learning from elsewhere, so that the course itself is as it was."""
        if who in self.people:
            self.ruled.scene.complete(self.people[who], TIER, self.world.today)

    @rule()
    def rule_ends_or_begins(self) -> None:
        if self.rule_id:
            self.ruled.end(self.rule_id)
            self.rule_id = 0
        else:
            self.rule_id = self.begun()

    @rule(days=st.integers(1, 400))
    def time_passes(self, days: int) -> None:
        self.world.later(days=days)

    @rule()
    def night(self) -> None:
        before = self.held()
        was = {row.id for row in self.rows()}
        self.ruled.keep()
        for row in self.rows():
            if row.id not in was:
                assert row.person_id not in before, "nobody who holds the level is put on its course"
        assert self.ruled.keep() == 0, "twice changes nothing"
        ids = [p.id for p in self.people.values()]
        with self.world.db.read() as session:
            assert placing(session, these(ids), self.world.today) == []
        with self.world.db.write() as session:
            assert run_rules(session, SYSTEM, ids, self.world.now) == 0

    @invariant()
    def one_open_place_each_and_nothing_done_is_touched(self) -> None:
        rows = self.rows()
        still_open = [row.person_id for row in rows if row.closed_at is None]
        assert len(still_open) == len(set(still_open))
        for row in rows:
            if row.closed_at is not None and row.completed_at is None:
                assert row.source is EnrolmentSource.RULE
                assert row.started_at is None, "only what nobody began is taken back"
            if row.completed_at is not None:
                assert self.done.setdefault(row.id, row) == row, "what was completed stays as it was"
        with self.world.db.read() as session:
            events = session.execute(
                sa.select(_event.c.action, _event.c.entity_id).where(_event.c.entity == "enrolment")
            ).all()
        for row in rows:
            said = [action for action, entity_id in events if entity_id == row.id]
            assert said.count("enrol") == 1
            assert said.count("take off course") == (row.closed_at is not None and row.completed_at is None)

    def rows(self) -> list[Any]:
        ids = [p.id for p in self.people.values()]
        with self.world.db.read() as session:
            return list(session.execute(sa.select(_enrolment).where(_enrolment.c.person_id.in_(ids))))

    def held(self) -> set[int]:
        ids, today = [p.id for p in self.people.values()], self.world.today
        with self.world.db.read() as session:
            found = holdings(session, ids, today)
        return {i for i, tiers in found.items() if TIER in tiers and not tiers[TIER].lapsed(today)}


def person_began(world: Any, person: Person) -> date:
    last: date = max(post.starts_on for post in posts_of(world, person))
    return last


def works_in_medicine(world: Any, person: Person) -> bool:
    team = world.team("Larch", "Medicine").id
    return any(p.team_id == team and holds_on(p.starts_on, p.ends_on, world.today) for p in posts_of(world, person))


def posts_of(world: Any, person: Person) -> list[Any]:
    with world.db.read() as session:
        return list(session.execute(sa.select(_post).where(_post.c.person_id == person.id)))


@pytest.mark.slow
def test_rules_give_each_one_place_at_most_and_touch_nothing_that_anybody_did(scene: Scene) -> None:
    ruled = begin(scene)

    def walk() -> Places:
        return Places(ruled)

    run_state_machine_as_test(walk, settings=WALKS)  # type: ignore[arg-type]
    check_invariants(scene.world.db)
