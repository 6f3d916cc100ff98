"""Full or part time is read from a staff file, in words or as a part of the whole, and put right where it stands."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.intake.reading import CellKind
from app.intake.rules.lines import Changed, LineKind
from app.intake.rules.patterns import pattern
from app.intake.rules.values import CellError
from app.kernel.db import table
from app.organisation.models import Employment
from tests.intake.staff_file import Importing, row
from tests.world import World


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("1", "Full time"), ("1.0", "Full time"), ("1,00000", "Full time"), ("1.07", "Full time"), ("0.6", "Part time"),
        ("0,53333", "Part time"), ("0", ""), ("", ""), ("-", ""), ("Full-Time", "Full time"), ("PT", "Part time"),
        ("part time", "Part time"), ("Term time only", "Term time only"), ("Bank", "Bank"),
    ],
)  # fmt: skip
def test_what_a_cell_means(said: str, means: str) -> None:
    assert pattern(said, CellKind.TEXT) == means


@pytest.mark.parametrize("said", ["37.5", "2.1", "1961-03-07", "07700 900461", "x" * 41])
def test_what_is_no_pattern_is_named(said: str) -> None:
    with pytest.raises(CellError):
        pattern(said, CellKind.TEXT)


@pytest.fixture
def hr(world: World, tmp_path: Path) -> Importing:
    return Importing(world, tmp_path)


def patterns(world: World) -> list[tuple[str, bool]]:
    """Each post's pattern, and whether it goes on."""
    post = table(Employment)
    wanted = sa.select(post.c.pattern, post.c.ends_on.is_(None)).order_by(post.c.id)
    with world.db.read() as session:
        return [tuple(found) for found in session.execute(wanted)]


def test_a_file_brings_it_changes_it_and_leaves_it_where_it_says_nothing(world: World, hr: Importing) -> None:
    hr.do(row("1", pattern="1.0"), row("2"))
    assert patterns(world) == [("Full time", True), ("", True)]
    shown = hr.do(row("1", pattern="0.8"), row("2"))
    assert [(line.kind, line.changed) for line in shown.plan.lines] == [
        (LineKind.CHANGE, (Changed("working pattern", "Full time", "Part time"),))
    ]
    assert patterns(world) == [("Part time", True), ("", True)], "put right, and no new post"
    assert hr.do(row("1"), row("2", pattern="0")).plan.lines == ()


def test_whoever_moves_takes_it_with_them(world: World, hr: Importing) -> None:
    hr.do(row("1", pattern="0.5"))
    hr.do(row("1", team="Clinic"))
    assert patterns(world) == [("Part time", False), ("Part time", True)]
    hr.do(row("1", team="Clinic", assignment="2"))
    assert patterns(world)[-1] == ("Part time", True), "under a new number too"
    world.move(hr.person("1"), world.team("Theatre", "Surgery"), world.later(days=2).date())
    assert patterns(world)[-1] == ("Part time", True)
