"""Imports between hires, moves and leavers by hand: headcounts on any day are those of a list kept beside it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from app.kernel.db import table
from app.organisation.models import LongLeave, Person
from app.organisation.queries import leaves_of
from tests.intake.staff_file import Importing, row
from tests.invariants import check_invariants
from tests.organisation.away import come_back, go_on_leave
from tests.world import OPENED, World

_leave = table(LongLeave)
LONG = settings(max_examples=settings().max_examples // 3, stateful_step_count=25)
PLACES = ("Medicine", "Surgery", "Community")
NUMBERS = tuple(f"{n:08}" for n in range(1, 9))
numbers = st.sampled_from(NUMBERS)
places = st.sampled_from(PLACES)


@dataclass
class Known:
    """What the program should know of one number: spells of place, start and end."""

    spells: list[tuple[str, date, date | None]] = field(default_factory=list)
    leaves: list[tuple[date, date | None]] = field(default_factory=list)

    def away(self) -> bool:
        return bool(self.leaves) and self.leaves[-1][1] is None

    def back(self, today: date) -> None:
        """By leaving, or by what a file says: a leave that began today goes on."""
        if self.away() and self.leaves[-1][0] < today:
            self.leaves[-1] = (self.leaves[-1][0], today)

    @property
    def last(self) -> tuple[str, date, date | None]:
        return self.spells[-1]

    def open(self) -> bool:
        return bool(self.spells) and self.last[2] is None


class Imports(RuleBasedStateMachine):
    def __init__(self, world: World, folder: Path) -> None:
        super().__init__()
        self.hr = Importing(world, folder)
        self.world = world
        self.world.later(days=1)
        self.people: dict[str, Person] = {}
        self.known: dict[str, Known] = {n: Known() for n in NUMBERS}
        self.record: dict[str, tuple[str, date]] = {}
        self.status: dict[str, str] = {}
        # Each walk has places and numbers of its own: the database goes on.
        self.mark = len(world._directorates)
        for name in PLACES:
            world.team("Ward", self.place(name))
        self.began = world.today

    def place(self, name: str) -> str:
        return f"{name} {self.mark}"

    def number(self, number: str) -> str:
        return f"{self.mark}-{number}"

    # the staff record itself

    @rule(number=numbers, place=places, days=st.integers(0, 400))
    def recorded(self, number: str, place: str, days: int) -> None:
        if number not in self.record:
            fresh = not self.known[number].spells
            start = self.world.today - timedelta(days=days) if fresh else self.world.today
            self.record[number] = (place, start)

    @rule(number=numbers, place=places)
    def recorded_elsewhere(self, number: str, place: str) -> None:
        if number in self.record:
            self.record[number] = (place, self.record[number][1])

    @rule(number=numbers)
    def struck_off(self, number: str) -> None:
        self.record.pop(number, None)

    @rule(number=numbers, status=st.sampled_from(["", "Active Assignment", "Maternity & Adoption", "Sand"]))
    def recorded_status(self, number: str, status: str) -> None:
        self.status[number] = status

    # by hand

    @rule(number=numbers)
    def away_by_hand(self, number: str) -> None:
        known, today = self.known[number], self.world.today
        fresh = all(end is not None and end <= today for _, end in known.leaves)
        if known.spells and fresh:
            go_on_leave(self.world, self.hr.person(self.number(number)))
            known.leaves.append((today, None))

    @rule(number=numbers)
    def back_by_hand(self, number: str) -> None:
        known, today = self.known[number], self.world.today
        if known.away() and known.leaves[-1][0] < today:
            with self.world.db.read() as session:
                person = self.hr.person(self.number(number)).id
                wanted = sa.select(_leave.c.id).where(_leave.c.person_id == person, _leave.c.ends_on.is_(None))
                leave_id = session.scalars(wanted).one()
            come_back(self.world, leave_id)
            known.back(today)

    @rule(number=numbers, place=places)
    def hired_by_hand(self, number: str, place: str) -> None:
        if self.known[number].spells or number in self.record:
            return
        today = self.world.today
        team = self.world.team("Ward", self.place(place))
        self.world.hire(team=team, employee_number=self.number(number), starts_on=today, email=None)
        self.known[number].spells.append((place, today, None))
        self.record[number] = (place, today)

    @rule(number=numbers, place=places)
    def moved_by_hand(self, number: str, place: str) -> None:
        known, today = self.known[number], self.world.today
        if known.open() and known.last[1] < today:
            self.world.move(self.hr.person(self.number(number)), self.world.team("Ward", self.place(place)))
            was, start, _ = known.spells.pop()
            known.spells += [(was, start, today), (place, today, None)]

    @rule(number=numbers)
    def left_by_hand(self, number: str) -> None:
        known, today = self.known[number], self.world.today
        if known.open() and known.last[1] < today:
            self.world.leave(self.hr.person(self.number(number)))
            known.back(today)
            was, start, _ = known.spells.pop()
            known.spells.append((was, start, today))

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.world.later(days=days)

    # the file

    @precondition(lambda self: self.record)
    @rule(some=st.sets(numbers), whole=st.booleans())
    def imported(self, some: set[str], whole: bool) -> None:
        spoken = {n: said for n, said in self.record.items() if whole or n in some}
        if not spoken:
            return
        rows = [self.row(n, *said) for n, said in spoken.items()]
        shown = self.hr.do(*rows, whole="trust" if whole else "changes")
        assert shown.plan.problems == ()
        assert self.hr.kept() == [(line.kind, line.number, line.on) for line in shown.plan.lines]
        for number, (place, start) in spoken.items():
            self.told(number, place, start)
        if whole:
            for number in NUMBERS:
                self.unspoken(number) if number not in spoken else None
        again = self.hr.look(*rows, whole="trust" if whole else "changes")
        assert again.plan.lines == ()

    def row(self, number: str, place: str, start: date) -> dict[str, str]:
        return row(
            self.number(number), f"Person{self.mark}x{number}", directorate=self.place(place), team="Ward",
            start=start.isoformat(), status=self.status.get(number, ""),
        )  # fmt: skip

    def told(self, number: str, place: str, start: date) -> None:
        known, today = self.known[number], self.world.today
        if not known.spells:
            known.spells.append((place, start, None))
        elif not known.open():
            back = known.last[2] if start in {s for _, s, _ in known.spells} else start
            assert back is not None
            known.spells.append((place, back, None))
        elif known.last[0] != place or self.later(known, start):
            was, since, _ = known.spells.pop()
            on = start if self.later_than(since, start) else today
            known.spells += [(was, since, on), (place, on, None)] if since < on else [(place, since, None)]
        self.told_status(known, self.status.get(number, ""), today)

    def told_status(self, known: Known, status: str, today: date) -> None:
        if status.startswith("Active"):
            known.back(today)
        elif status.startswith("Maternity") and not known.away():
            known.leaves.append((today, None))

    def later(self, known: Known, start: date) -> bool:
        """A start after the post's own, where the record means this very post: not after a move."""
        alone = len(known.spells) == 1 or known.spells[-2][2] != known.last[1]
        return alone and self.later_than(known.last[1], start)

    def later_than(self, since: date, start: date) -> bool:
        return start > since

    def unspoken(self, number: str) -> None:
        known, today = self.known[number], self.world.today
        if known.open() and known.last[1] < today:
            was, start, _ = known.spells.pop()
            known.spells.append((was, start, today))
            known.back(today)

    # what must hold

    @invariant()
    def headcounts_are_the_lists_own(self) -> None:
        ends = {d for known in self.known.values() for _, start, end in known.spells for d in (start, end) if d}
        days: set[Any] = {self.world.today, self.began, OPENED, *ends, *(d - timedelta(days=1) for d in ends)}
        for day in days:
            mine: dict[str, int] = {}
            for known in self.known.values():
                for place, start, end in known.spells:
                    if start <= day and (end is None or day < end):
                        mine[self.place(place)] = mine.get(self.place(place), 0) + 1
            theirs = {n: c for n, c in self.hr.headcount(day).items() if n.endswith(f" {self.mark}")}
            assert theirs == mine, day

    @invariant()
    def whoever_is_on_leave_is_so_for_the_days_of_the_lists_own(self) -> None:
        for number, known in self.known.items():
            if known.spells:
                person = self.hr.person(self.number(number)).id
                with self.world.db.read() as session:
                    found = leaves_of(session, [person], self.world.today).get(person, ())
                assert sorted(found, key=lambda spell: spell[0]) == known.leaves

    def teardown(self) -> None:
        check_invariants(self.world.db)


@pytest.mark.slow
def test_headcounts_are_true_whatever_comes_by_file_or_by_hand(world: World, tmp_path: Path) -> None:
    walks = iter(range(10_000))

    def walk() -> Imports:
        world._directorates[f"walk {next(walks)}"] = world.directorate("Elsewhere")
        return Imports(world, tmp_path)

    run_state_machine_as_test(walk, settings=LONG)  # type: ignore[arg-type]
