"""A staff file that still says what a merged directorate was called finds its teams wherever they went."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.kernel.db import table
from app.organisation.commands import CloseTeam, close_team
from app.organisation.models import Team
from app.planning.commands import MergeDirectorates, merge_directorates
from app.planning.queries.merging import merger
from tests.intake.staff_file import Importing, row
from tests.world import World


@pytest.fixture
def hr(world: World, tmp_path: Path) -> Importing:
    return Importing(world, tmp_path)


def home_of(world: World, team: str) -> int:
    wanted = sa.select(table(Team).c.directorate_id).where(table(Team).c.name == team)
    with world.db.read() as session:
        return int(session.scalars(wanted).one())


def test_a_team_that_was_renamed_in_a_merger_is_found_by_its_old_name(world: World, hr: Importing) -> None:
    hr.do(row("1", team="Larch"))
    gone, theirs = home_of(world, "Larch"), world.team("Larch", "Surgery")
    world.team("Theatre", "Surgery")
    world.later(days=3)
    with world.db.write() as session:
        close_team(session, SYSTEM, CloseTeam(team_id=theirs.id, on=world.today, successor_id=None), world.now)
    world.later(days=3)
    into, today = world.directorate("Surgery").id, world.today
    with world.db.write() as session:
        shown = merger(session, SYSTEM, gone, into, today, today)
        command = MergeDirectorates(directorate_id=gone, into_id=into, on=today, mark=shown.mark)
        merge_directorates(session, SYSTEM, command, world.now)
    assert shown.teams[0].into_name != "Larch"
    world.later(days=1)
    assert hr.do(row("1", team="Larch")).plan.lines == ()
