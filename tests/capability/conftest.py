"""A directorate with a lead and two wards, and a neighbour's directorate beside it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.access.actor import SYSTEM, Actor
from app.capability.board import Board
from app.capability.commands import Cell, SetNeeds, set_needs
from app.capability.models import Decision
from app.capability.queries.boards import board
from app.capability.queries.standings import AsAt
from app.capability.rules import Need, PauseReason, Standing
from app.kernel.config import ROOT
from app.learning.commands import GrantAward, grant_award
from app.organisation.models import Person
from tests.world import World

SPRING = date(2027, 3, 31)


@dataclass
class Scene:
    """Who is there, and the few things that tests do again and again."""

    world: World
    lead: Person
    other_lead: Person
    neighbour: Person
    anna: Person
    ben: Person
    stranger: Person

    @property
    def directorate_id(self) -> int:
        return self.world.directorate("Medicine").id

    def actor(self, person: Person | None = None) -> Actor:
        return self.world.actor(person or self.lead)

    def decide(
        self,
        *people: Person,
        tier: str = "pocket-qi",
        need: Need = Need.REQUIRED,
        due: date | None = SPRING,
        by: Person | None = None,
        pause_reason: PauseReason | None = None,
        reason: str = "",
    ) -> Decision | None:
        """Decide about what each of them stands at now."""
        cells = tuple(Cell(p.id, tier, self.standing(p, tier).seen) for p in people)
        command = SetNeeds(cells=cells, need=need, due=due, pause_reason=pause_reason, reason=reason)
        with self.world.db.write() as session:
            return set_needs(session, self.actor(by), command, self.world.now)

    def complete(self, person: Person, tier: str, on: date) -> None:
        with self.world.db.write() as session:
            command = GrantAward(person_id=person.id, tier=tier, occurred_on=on, source="a course")
            grant_award(session, SYSTEM, command, self.world.now)

    def board(self, on: date | None = None, by: Person | None = None) -> Board:
        with self.world.db.read() as session:
            when = AsAt.of(on or self.world.today, self.world.now)
            return board(session, self.actor(by), self.directorate_id, when)

    def standing(self, person: Person, tier: str = "pocket-qi", on: date | None = None) -> Standing:
        found = self.board(on)
        place = [t.slug for t in found.tiers].index(tier)
        return next(m for m in found.members if m.person_id == person.id).standings[place]


@pytest.fixture(scope="session")
def levels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The framework without a course: enough for most of what is tested here, and loaded in no time."""
    folder = tmp_path_factory.mktemp("levels")
    for name in ("framework.yaml", "glossary.yaml"):
        shutil.copyfile(ROOT / "courses" / name, folder / name)
    return folder


@pytest.fixture
def scene(world: World, levels: Path) -> Scene:
    world.load_courses(levels, shared=True)
    return Scene(
        world=world,
        lead=world.lead("Medicine", given_name="Teresa", family_name="Hollis"),
        other_lead=world.lead("Medicine", given_name="Sam", family_name="Okoro"),
        neighbour=world.lead("Surgery"),
        anna=world.hire("Anna", "O'Neill", team=world.team("Larch", "Medicine"), band="6"),
        ben=world.hire("Ben", "Nguyễn", team=world.team("Rowan", "Medicine"), staff_group="Medical and Dental"),
        stranger=world.hire("Cho", "Kim", team=world.team("Theatre", "Surgery")),
    )


Count = Callable[[Callable[[], Any]], int]


@pytest.fixture
def statements(world: World) -> Count:
    """How many statements something sends to the app's database."""
    import sqlalchemy as sa

    def count(do: Callable[[], Any]) -> int:
        seen: list[str] = []
        engine = world.app.state.core.db.engine

        def note(*_about: Any) -> None:
            seen.append("")

        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            do()
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    return count
