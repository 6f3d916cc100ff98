"""Learner, manager, lead and staff records, driven at random: whatever happens, what is kept can be true."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.kernel.errors import DomainError, NotFoundError, RuleBrokenError, StaleError
from app.organisation.models import Person
from app.signing.rules import SignOffState, stands
from tests.invariants import check_invariants
from tests.signing.course import KEY, Scene
from tests.signing.invariants import INVARIANTS
from tests.world import World

# Each step is a deed in a whole trust, so half as many walks as other searches take.
LONG = settings(max_examples=settings().max_examples // 2, stateful_step_count=25)
people = st.integers(0, 3)
words = st.sampled_from(["I asked three people.", "I asked four people.", "I wrote it on the board."])


class SignOffs(RuleBasedStateMachine):
    """One learner on a ward; two managers who come and go, a lead, and another ward with a manager of its own."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        name = f"Medicine {world.hire().id}"
        self.larch, self.rowan = world.team("Larch", name), world.team("Rowan", name)
        self.deciders = [
            world.hire(team=self.larch),
            world.hire(team=self.larch),
            world.hire(team=self.rowan),
            world.lead(name),
        ]
        self.gone: set[int] = set()
        self.ben = world.hire(team=self.larch, manager_id=self.deciders[0].id)
        self.manager: Person | None = self.deciders[0]
        self.scene = Scene(world, self.deciders[0], self.deciders[3], self.deciders[3], self.ben)
        self.scene.join(self.ben)
        self.completed = False
        self.on_rowan = False

    def entitled(self, person: Person) -> bool:
        """By the model alone: the manager of the day or the lead, while they work here."""
        mine = self.manager is not None and person.id == self.manager.id
        return person.id not in self.gone and (mine or person.id == self.deciders[3].id)

    def _try(self, do: Any) -> DomainError | None:
        try:
            do()
        except DomainError as refusal:
            return refusal
        return None

    @property
    def latest(self) -> Any:
        return self.scene.requests(self.ben).latest

    @rule(whom=people, account=words, stale=st.booleans())
    def ask_or_change(self, whom: int, account: str, stale: bool) -> None:
        asked, before = self.deciders[whom], self.latest
        seen = -1 if stale else self.scene.requests(self.ben).seen
        same = before and (before.state, before.account, before.asked_id) == (
            SignOffState.REQUESTED,
            account,
            asked.id,
        )
        refused = self._try(lambda: self.scene.ask(asked, account, who=self.ben, seen=seen))
        if same:
            assert refused is None
        elif stale:
            assert isinstance(refused, StaleError)
        elif self.completed:
            assert isinstance(refused, RuleBrokenError)
        else:
            assert (refused is None) is self.entitled(asked)

    @rule()
    def withdraw(self) -> None:
        before = self.latest
        refused = self._try(self.scene.withdraw)
        waits = before is not None and before.state in {SignOffState.REQUESTED, SignOffState.WITHDRAWN}
        assert (refused is None) is waits

    @rule(by=people, confirm=st.booleans(), newest=st.booleans())
    def decide(self, by: int, confirm: bool, newest: bool) -> None:
        rows = self.scene.requests(self.ben).rows
        if not rows or self.deciders[by].id in self.gone:
            return
        row, decider = rows[-1 if newest else 0], self.deciders[by]
        refused = self._try(lambda: self.scene.decide(row.id, decider, confirm=confirm, comment="As I saw it"))
        if row.asked_id != decider.id or not self.entitled(decider):
            assert isinstance(refused, NotFoundError)
        elif row.state is SignOffState.REQUESTED:
            assert refused is None
        self.completed = self.scene.course(self.ben).is_completed

    @rule()
    def read_it(self) -> None:
        if not self.completed:
            self.scene.read_it(self.ben)
            self.completed = self.scene.course(self.ben).is_completed

    @rule(to=people, other_ward=st.booleans())
    def the_learner_moves_or_gets_another_manager(self, to: int, other_ward: bool) -> None:
        self.world.later(days=1)
        manager = self.deciders[to] if self.deciders[to].id not in self.gone else None
        team = self.rowan if other_ward else self.larch
        self.world.move(self.ben, team, manager_id=manager.id if manager else None, job_role=f"Nurse {to}")
        if manager is not None or other_ward is not self.on_rowan:
            self.manager = manager
        self.on_rowan = other_ward

    @rule(who=people)
    def one_of_them_leaves(self, who: int) -> None:
        if self.deciders[who].id not in self.gone:
            self.world.later(days=1)
            self.world.leave(self.deciders[who])
            self.gone.add(self.deciders[who].id)

    @rule()
    def the_calendar_moves_what_it_can(self) -> None:
        before = self.latest
        moved = self.scene.move_requests()
        assert self.scene.move_requests() == 0
        if before is None or before.state is not SignOffState.REQUESTED or self.completed:
            assert moved == 0
            return
        lost = not any(self.entitled(d) and d.id == before.asked_id for d in self.deciders)
        assert moved == (lost and any(self.entitled(d) for d in self.deciders))

    @rule(days=st.integers(0, 3))
    def time_passes(self, days: int) -> None:
        self.world.clock.at += timedelta(days=days, minutes=1)

    @invariant()
    def the_database_can_be_true(self) -> None:
        rows = self.scene.requests(self.ben).rows
        assert sum(stands(row.state) for row in rows) <= 1
        confirmed = any(row.state is SignOffState.CONFIRMED for row in rows)
        assert (KEY in self.scene.course(self.ben).finished) is confirmed
        assert confirmed or not self.completed
        with self.world.db.read() as session:
            assert [problem for ask in INVARIANTS for problem in ask(session)] == []

    def teardown(self) -> None:
        check_invariants(self.world.db)

    @invariant()
    def it_waits_for_one_person_at_most_and_only_for_whoever_may_decide_it(self) -> None:
        waits = [d for d in self.deciders if d.id not in self.gone and self.scene.waits_for(d)]
        assert len(waits) <= 1
        assert all(self.entitled(d) for d in waits)


@pytest.mark.slow
def test_whatever_happens_what_is_kept_can_be_true(world: World, scene: Scene) -> None:
    run_state_machine_as_test(lambda: SignOffs(world), settings=LONG)  # type: ignore[arg-type]
