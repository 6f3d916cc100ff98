"""Hire, move, second post, leave, rejoin, merge, undo and import in any order: headcounts are those of a plain list."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from app.access.actor import SYSTEM
from app.intake.commands.merging import MergePeople, UndoMerge, merge_people, undo_merge
from app.organisation.commands import Rejoin, rejoin
from tests.intake.staff_file import Importing, row
from tests.invariants import check_invariants
from tests.world import OPENED, POST_DEFAULTS, World

PLACES = ("Medicine", "Surgery", "Community")
MOST = 6
places = st.sampled_from(PLACES)
some = st.integers(0, MOST - 1)


@dataclass
class Spell:
    place: str
    start: date
    end: date | None = None

    def on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass
class Known:
    """One record: its own posts, and those of the records that were merged into it, in that order."""

    number: str
    person_id: int
    spells: list[Spell] = field(default_factory=list)
    merged: list[tuple["Known", int]] = field(default_factory=list)
    stands: bool = True
    also_another: bool = False
    """Its number is by now on a post of another record: a file could mean either."""

    def everything(self) -> list[Spell]:
        return [*self.spells, *(spell for gone, _ in self.merged for spell in gone.everything())]

    def on(self, day: date) -> Spell | None:
        """Where the person counts: by the staying record's post, else by that of one merged into it."""
        return next((spell for spell in self.everything() if spell.on(day)), None)

    def holder(self, spell: Spell) -> "Known":
        return (
            self if spell in self.spells else next(g.holder(spell) for g, _ in self.merged if spell in g.everything())
        )


class Merging(RuleBasedStateMachine):
    def __init__(self, world: World, folder: Path) -> None:
        super().__init__()
        self.world, self.hr = world, Importing(world, folder)
        self.mark = len(world._directorates)
        self.world.later(days=1)
        self.known: list[Known] = []
        for name in PLACES:
            world.team("Ward", self.place(name))

    def place(self, name: str) -> str:
        return f"{name} {self.mark}"

    def standing(self, at: int) -> Known | None:
        standing = [one for one in self.known if one.stands]
        return standing[at % len(standing)] if standing else None

    def next_day(self) -> date:
        self.world.later(days=1)
        return self.world.today

    # by hand

    @precondition(lambda self: len(self.known) < MOST)
    @rule(place=places, days=st.integers(0, 300), length=st.one_of(st.none(), st.integers(1, 200)))
    def hired(self, place: str, days: int, length: int | None) -> None:
        today = self.next_day()
        start = today - timedelta(days=days)
        end = min(start + timedelta(days=length), today) if length and days else None
        number = f"{self.mark}-{len(self.known)}"
        family, team = f"Person{number}", self.world.team("Ward", self.place(place))
        person = self.world.hire(
            family_name=family, team=team, employee_number=number, starts_on=start, ends_on=end, email=None
        )
        self.known.append(Known(number, person.id, [Spell(place, start, end)]))

    @rule(at=some, place=places)
    def moved(self, at: int, place: str) -> None:
        today, one = self.next_day(), self.standing(at)
        if one and (main := one.on(today)):
            self.world.move(one.person_id, self.world.team("Ward", self.place(place)))
            self.began_elsewhere(one, main, place)

    @rule(at=some)
    def left(self, at: int) -> None:
        today, one = self.next_day(), self.standing(at)
        if one and one.on(today):
            self.world.leave(one.person_id)
            self.ended(one)

    @rule(at=some, place=places)
    def came_back(self, at: int, place: str) -> None:
        today, one = self.next_day(), self.standing(at)
        if one is None or one.on(today):
            return
        post = {k: v for k, v in POST_DEFAULTS.items() if k not in {"basis", "username", "starts_on", "ends_on"}}
        team = self.world.team("Ward", self.place(place))
        command = Rejoin(person_id=one.person_id, team_id=team.id, employee_number=one.number, starts_on=today, **post)
        if not one.also_another:
            with self.world.db.write() as session:
                rejoin(session, SYSTEM, command, self.world.now)
            one.spells.append(Spell(place, today))

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.world.later(days=days)

    # merged and taken apart

    @rule(at=some, beside=some)
    def merged(self, at: int, beside: int) -> None:
        kept, gone = self.standing(at), self.standing(beside)
        if kept is None or gone is None or kept is gone:
            return
        self.next_day()
        asked = MergePeople(kept_id=kept.person_id, gone_id=gone.person_id, reason="one person")
        with self.world.db.write() as session:
            merge_id = merge_people(session, SYSTEM, asked, self.world.now).id
        kept.merged.append((gone, merge_id))
        gone.stands = False

    @rule(at=some)
    def undone(self, at: int) -> None:
        kept = self.standing(at)
        if kept is None or not kept.merged:
            return
        self.next_day()
        gone, merge_id = kept.merged.pop()
        with self.world.db.write() as session:
            undo_merge(session, SYSTEM, UndoMerge(merge_id), self.world.now)
        gone.stands = True

    # by file

    @rule(at=some, place=places, whole=st.booleans(), second=st.one_of(st.none(), places))
    def imported(self, at: int, place: str, whole: bool, second: str | None) -> None:
        """The file names one person, under the number of their main post, and perhaps a second post."""
        today, one = self.next_day(), self.standing(at)
        if one is None or one.also_another:
            return
        main = one.on(today)
        holder = one.holder(main) if main else one
        if holder.also_another:
            return
        start = (main.start if main else today).isoformat()
        said = {"directorate": self.place(place), "team": "Ward", "start": start, "primary": "Yes"}
        family = f"Person{holder.number}"
        rows = [row(holder.number, family, **said)]
        if second and second != place:
            rows.append(row(holder.number, family, **said | {"directorate": self.place(second), "primary": "No"}))
        shown = self.hr.do(*rows, whole="trust" if whole else "changes", create=True)
        assert shown.plan.problems == ()
        for other in self.known if whole else ():
            if other.stands and other is not one:
                self.ended(other)
        if main is None:
            one.spells.append(Spell(place, today))
        elif main.place != place:
            self.began_elsewhere(one, main, place)
        if whole:
            self.ended(one, but=one.on(today))

    # what the list says of it

    def began_elsewhere(self, one: Known, main: Spell, place: str) -> None:
        """The post that follows is the staying record's, and carries the number of the one before."""
        if one.holder(main) is not one:
            one.holder(main).also_another = one.also_another = True
        main.end = self.world.today
        one.spells.append(Spell(place, self.world.today))

    def ended(self, one: Known, but: Spell | None = None) -> None:
        for spell in one.everything():
            if spell.end is None and spell is not but and spell.start < self.world.today:
                spell.end = self.world.today

    @invariant()
    def headcounts_are_the_lists_own(self) -> None:
        spells = [spell for one in self.known for spell in one.spells]
        ends = {day for spell in spells for day in (spell.start, spell.end) if day}
        for day in {self.world.today, OPENED, *ends, *(day - timedelta(days=1) for day in ends)}:
            mine: dict[str, int] = {}
            for one in self.known:
                if one.stands and (main := one.on(day)):
                    mine[self.place(main.place)] = mine.get(self.place(main.place), 0) + 1
            theirs = {n: c for n, c in self.hr.headcount(day).items() if n.endswith(f" {self.mark}")}
            assert theirs == mine, day

    def teardown(self) -> None:
        check_invariants(self.world.db)


@pytest.mark.slow
def test_headcounts_are_true_whatever_is_merged_and_taken_apart_between(world: World, tmp_path: Path) -> None:
    walks = iter(range(10_000))
    examples = settings().max_examples // (3 if world.db.is_sqlite else 10)

    def walk() -> Merging:
        world._directorates[f"walk {next(walks)}"] = world.directorate("Elsewhere")
        return Merging(world, tmp_path)

    few = settings(max_examples=max(examples, 3), stateful_step_count=25)
    run_state_machine_as_test(walk, settings=few)  # type: ignore[arg-type]
