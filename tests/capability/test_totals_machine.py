"""Whoever comes, goes, comes back, moves or is merged: totals on any day are those of a list kept beside them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.access.actor import SYSTEM
from app.capability.board import Board, Filters, Which
from app.capability.commands import Cell, SetNeeds, UndoDecision, set_needs, undo_decision
from app.capability.copying import copy_standings
from app.capability.queries.boards import EVERYWHERE, board
from app.capability.queries.grid import Choice, grid
from app.capability.queries.standings import AsAt
from app.capability.rules import Need, PauseReason
from app.kernel import audit
from app.kernel.db import table
from app.learning.commands import GrantAward, grant_award
from app.organisation.commands import CloseTeam, Rejoin, close_team, rejoin
from app.organisation.models import Employment, Team
from app.planning.commands import MergeDirectorates, merge_directorates
from app.planning.queries.merging import TeamMove, merger
from tests.capability.conftest import Scene
from tests.capability.rolled import check_roll_up, decision_in, tally
from tests.invariants import check_invariants
from tests.world import POST_DEFAULTS, World

_post, _team = table(Employment), table(Team)
TIER = "pocket-qi"
DIRECTORATES = ("Medicine", "Surgery", "Community")
PLACES = tuple((directorate, team) for directorate in DIRECTORATES for team in ("Ash", "Elm"))
COUNTED = (Which.REQUIRED, Which.COMPLETED, Which.GAP)
WALKS = settings(max_examples=settings().max_examples // 3, stateful_step_count=25)
people, places = st.integers(0, 7), st.sampled_from(PLACES)


@dataclass
class Known:
    """What should be known of somebody: spells of a team from and to, and what was decided and completed when."""

    person_id: int
    number: str
    spells: list[tuple[str, date, date | None]]
    needs: list[tuple[date, Need | None]] = field(default_factory=list)
    completed: date | None = None
    decision: int = 0
    second: date | None = None
    """Their newest second post's first day: nobody leaves on it."""

    def open(self) -> bool:
        return self.spells[-1][2] is None

    def end(self, today: date) -> None:
        team, start, _ = self.spells.pop()
        self.spells.append((team, start, today))

    def where(self, day: date) -> str:
        return next((t for t, start, end in self.spells if start <= day and (end is None or day < end)), "")

    def counts(self, day: date) -> set[Which]:
        if next((need for since, need in reversed(self.needs) if since <= day), None) is not Need.REQUIRED:
            return set()
        held = self.completed is not None and self.completed <= day
        return {Which.REQUIRED, Which.COMPLETED if held else Which.GAP}


class Trust(RuleBasedStateMachine):
    """Each walk has directorates and people of its own: the database goes on."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.world.later(days=1)
        self.mark = len(world._directorates)
        self.teams: dict[str, Team] = {self.key(p): world.team(p[1], self.home(p)) for p in PLACES}
        self.directorate = {self.key(p): world.directorate(self.home(p)).id for p in PLACES}
        self.home_of = {self.key(p): p[0] for p in PLACES}
        self.open, self.gone = set(self.teams), set[str]()
        self.known: dict[int, Known] = {}
        self.began = world.today

    def home(self, place: tuple[str, str]) -> str:
        return f"{place[0]} {self.mark}"

    def key(self, place: tuple[str, str]) -> str:
        return f"{self.home(place)}, {place[1]}"

    def at(self, place: tuple[str, str]) -> str:
        """The team, or one that is still open."""
        return self.key(place) if self.key(place) in self.open else min(self.open)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.world.later(days=days)

    @rule(who=people, place=places, days=st.integers(0, 90))
    def hired(self, who: int, place: tuple[str, str], days: int) -> None:
        if who in self.known:
            return
        team, start, number = self.at(place), self.world.today - timedelta(days=days), f"{self.mark}-{who}"
        person = self.world.hire(team=self.teams[team], employee_number=number, starts_on=start, email=None)
        self.known[who] = Known(person.id, number, [(team, start, None)])

    @rule(who=people)
    def left(self, who: int) -> None:
        known, today = self.known.get(who), self.world.today
        if known and known.open() and known.spells[-1][1] < today != known.second:
            self.world.leave(known.person_id)
            known.end(today)

    @rule(who=people, place=places)
    def came_back(self, who: int, place: tuple[str, str]) -> None:
        known, today = self.known.get(who), self.world.today
        if known and not known.open():
            team = self.at(place)
            values = {k: v for k, v in POST_DEFAULTS.items() if k not in {"basis", "starts_on", "ends_on"}}
            command = Rejoin(
                person_id=known.person_id,
                employee_number=known.number,
                team_id=self.teams[team].id,
                starts_on=today,
                **values,
            )
            with self.world.db.write() as session:
                rejoin(session, SYSTEM, command, self.world.now)
            known.spells.append((team, today, None))

    @rule(who=people, place=places)
    def moved(self, who: int, place: tuple[str, str]) -> None:
        known, today, team = self.known.get(who), self.world.today, self.at(place)
        if known and known.open() and known.spells[-1][1] < today and known.spells[-1][0] != team:
            self.world.move(known.person_id, self.teams[team])
            known.end(today)
            known.spells.append((team, today, None))

    @rule(who=people, place=places)
    def has_a_second_post(self, who: int, place: tuple[str, str]) -> None:
        """As an import of the staff record writes one: it counts nowhere."""
        known, today = self.known.get(who), self.world.today
        if known:
            known.second = today
            post = Employment(
                person_id=known.person_id, basis=POST_DEFAULTS["basis"], employee_number=known.number,
                assignment_number="2", team_id=self.teams[self.at(place)].id, staff_group="Students", job_role="Bank",
                is_primary=False, starts_on=today, ends_on=today + timedelta(days=10),
            )  # fmt: skip
            with self.world.db.write() as session:
                session.add(post)
                session.flush()
                audit.record(session, SYSTEM, "hire", "employment", post.id, now=self.world.now)

    @rule(place=places, into=places)
    def team_merged(self, place: tuple[str, str], into: tuple[str, str]) -> None:
        self.close(self.key(place), self.at(into))

    @rule(gone=st.sampled_from(DIRECTORATES), into=st.sampled_from(DIRECTORATES))
    def directorate_merged(self, gone: str, into: str) -> None:
        """By the deed that merges two: teams of one name become one, and the others go on under their name."""
        today, homes = self.world.today, {name: f"{name} {self.mark}" for name in (gone, into)}
        teams = [key for key in sorted(self.open) if self.home_of[key] == gone]
        if gone == into or {gone, into} & self.gone or self.began == today:
            return
        place = self.world.directorate(homes[gone]).id, self.world.directorate(homes[into]).id
        with self.world.db.write() as session:
            shown = merger(session, SYSTEM, *place, today, today)
            command = MergeDirectorates(directorate_id=place[0], into_id=place[1], on=today, mark=shown.mark)
            merge_directorates(session, SYSTEM, command, self.world.now)
        self.gone.add(gone)
        for team in teams:
            move = next(m for m in shown.teams if m.team_id == self.teams[team].id)
            key = self.became(move, into)
            self.open.discard(team)
            for known in [k for k in self.known.values() if k.where(today) == team]:
                known.end(today)
                known.spells.append((key, today, None))

    def became(self, move: TeamMove, into: str) -> str:
        """The team that it is part of, or the one that was opened for it."""
        if move.into_id:
            return next(key for key in self.open if self.teams[key].id == move.into_id)
        key = f"{into} {self.mark}, {move.into_name}, {self.world.now}"
        with self.world.db.read() as session:
            number = sa.select(_team.c.successor_id).where(_team.c.id == move.team_id)
            opened = session.scalars(sa.select(Team).where(_team.c.id.in_(number))).one()
        self.teams[key], self.home_of[key] = opened, into
        self.directorate[key] = self.world.directorate(f"{into} {self.mark}").id
        self.open.add(key)
        return key

    def close(self, team: str, into: str) -> None:
        today, here = self.world.today, [k for k in self.known.values() if k.where(self.world.today) == team]
        if team not in self.open or into == team or self.began == today or self.posted(team):
            return
        with self.world.db.write() as session:
            command = CloseTeam(team_id=self.teams[team].id, on=today, successor_id=self.teams[into].id)
            close_team(session, SYSTEM, command, self.world.now)
        self.open.discard(team)
        for known in here:
            known.end(today)
            known.spells.append((into, today, None))

    def posted(self, team: str) -> bool:
        """Whether a post begins there today or later: such a team does not close."""
        later = sa.and_(_post.c.team_id == self.teams[team].id, _post.c.starts_on >= self.world.today)
        with self.world.db.read() as session:
            return session.execute(sa.select(_post.c.id).where(later)).first() is not None

    @rule(who=people, need=st.sampled_from(Need))
    def decided(self, who: int, need: Need) -> None:
        known, today = self.known.get(who), self.world.today
        if known is None or not known.where(today):
            return
        due = None if need is Need.NOT_REQUIRED else today + timedelta(days=900)
        pause = PauseReason.OTHER if need is Need.PAUSED else None
        with self.world.db.read() as session:
            whole = board(session, SYSTEM, self.directorate[known.where(today)], AsAt.of(today, self.world.now))
        seen = decision_in(whole, TIER, known.person_id)
        command = SetNeeds(
            cells=(Cell(known.person_id, TIER, seen),), need=need, due=due, pause_reason=pause, reason=f"{today}"
        )
        self.world.later(minutes=1)
        with self.world.db.write() as session:
            made = set_needs(session, SYSTEM, command, self.world.now)
        if made:
            known.needs.append((today, need))
            known.decision = made.id

    @rule(who=people)
    def undone(self, who: int) -> None:
        known = self.known.get(who)
        if known and known.decision and known.needs[-1][0] == self.world.today:
            self.world.later(minutes=1)
            with self.world.db.write() as session:
                undo_decision(session, SYSTEM, UndoDecision(known.decision), self.world.now)
            before = known.needs[-2][1] if len(known.needs) > 1 else None
            known.needs.append((self.world.today, before))
            known.decision = 0

    @rule(who=people)
    def completed(self, who: int) -> None:
        known, today = self.known.get(who), self.world.today
        if known and known.completed is None:
            known.completed = today
            command = GrantAward(person_id=known.person_id, tier=TIER, occurred_on=today, source="a course")
            with self.world.db.write() as session:
                grant_award(session, SYSTEM, command, self.world.now)

    @rule()
    def copied(self) -> None:
        """As the worker does each minute: what follows is read from copies, or is not, and says the same."""
        copy_standings(self.world.db, self.world.now)

    @invariant()
    def totals_on_any_day_are_the_lists_own_and_add_up(self) -> None:
        turns = {d for k in self.known.values() for _, start, end in k.spells for d in (start, end) if d}
        turns |= {since for k in self.known.values() for since, _ in k.needs}
        days = sorted({self.world.today, *turns, *(d - timedelta(days=1) for d in turns)})[-6:]
        with self.world.db.read() as session:
            for day in days:
                found = grid(session, SYSTEM, Choice(EVERYWHERE, Filters(), day), self.world.now)
                assert found is not None
                parts = {i: b for i, _, b in found.by_directorate()}
                assert sum(len(b.members) for b in parts.values()) == len(found.whole.members), day
                assert sum((tally(b) for b in parts.values()), Counter()) == tally(found.whole), day
                assert sum((tally(b) for _, _, b in found.by_team()), Counter()) == tally(found.whole), day
                check_roll_up(session, day, self.world.now)
                for one in sorted(set(self.directorate.values())):
                    assert totals(parts.get(one)) == self.expected(one, day), (day, one)
            one = min(self.directorate.values())
            alone = board(session, SYSTEM, one, AsAt.of(self.world.today, self.world.now))
            assert totals(alone) == self.expected(one, self.world.today)

    def expected(self, directorate_id: int, day: date) -> dict[str, int]:
        here = [k for k in self.known.values() if self.directorate.get(k.where(day)) == directorate_id]
        counted = Counter(which for k in here for which in k.counts(day))
        return {"people": len(here)} | {which: counted[which] for which in COUNTED}


def totals(found: Board | None) -> dict[str, int]:
    if found is None:
        return {"people": 0} | dict.fromkeys(COUNTED, 0)
    counts = found.tally()
    return {"people": len(found.members)} | {which: counts[TIER, which] for which in COUNTED}


@pytest.mark.slow
def test_totals_by_directorate_on_any_day_are_a_naive_lists_own_and_add_up_to_the_trust(scene: Scene) -> None:
    def walk() -> Trust:
        return Trust(scene.world)

    run_state_machine_as_test(walk, settings=WALKS)  # type: ignore[arg-type]
    check_invariants(scene.world.db)
