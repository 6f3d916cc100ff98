"""What a staff file's preview says that rules of need will make of its joiners is what they make of them."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.capability.need_rules import Conditions
from app.intake.following import welcome_waiting
from app.intake.queries.foreseeing import AFTERWARDS
from app.kernel.db import table
from app.learning.models import Enrolment
from app.learning.rules import EnrolmentSource
from tests.capability.conftest import Scene
from tests.capability.ruled import Ruled, begin
from tests.intake.staff_file import Importing, row

BANDS = st.lists(st.sampled_from(["Band 5", "Band 8a", "Band 8c", "VSM"]), min_size=1, max_size=5)


@pytest.fixture(scope="session")
def levels() -> None:
    """The real courses."""


@pytest.fixture
def ruled(scene: Scene) -> Ruled:
    return begin(scene)


def enrolled(ruled: Ruled) -> int:
    e = table(Enrolment)
    wanted = sa.select(sa.func.count()).where(e.c.source == EnrolmentSource.RULE)
    with ruled.scene.world.db.read() as session:
        return session.scalar(wanted.select_from(e)) or 0


def welcome(ruled: Ruled) -> None:
    world = ruled.scene.world
    while welcome_waiting(world.db, world.settings, world.now, 100):
        pass


def test_the_preview_of_a_file_tells_of_what_rules_ask_and_whom_they_put_on_which_course(
    ruled: Ruled, tmp_path: Path
) -> None:
    ruled.begin()
    ruled.begin(name="Seniors", tier="senior-clinical-leaders")
    ruled.begin(name="Managers", conditions=Conditions(manages=True))
    hr, before = Importing(ruled.scene.world, tmp_path), enrolled(ruled)
    shown = hr.look(
        row("70000001", band="Band 8b", start="2026-11-20"),
        row("70000002", band="Band 5", start="2026-11-20", manager="70000003"),
        row("70000003", band="Band 5", start="2026-11-20"),
        row("70000004", band="Band 8b", start="2026-11-20", status="Maternity & Adoption"),
        row("70000005", band="Band 8b", start="2026-12-20"),
        row("70000006", band="Band 8b", start="2026-11-20", directorate="Surgery"),
        whole="changes",
    )
    asked, seniors = shown.plan.remarks[-2:]
    assert asked.startswith("Of those who join, 3 people are asked for Pocket QI by the rule “Band 8a and above” of ")
    assert asked.endswith("the rule “Managers” of Medicine; 2 of them put on its course as they join.")
    assert seniors.startswith("Of those who join, 2 people are asked for Senior clinical leaders by the rule “Seniors”")
    assert "put on" not in seniors, "cohorts give its places"
    hr.apply(shown)
    welcome(ruled)
    assert enrolled(ruled) - before == 2
    assert ruled.keep() == 0
    again = hr.look(row("70000002", band="Band 8b", start="2026-11-20", manager="70000003"), whole="changes")
    assert again.plan.remarks[-1] == AFTERWARDS


def test_without_rules_the_preview_says_nothing_of_them(ruled: Ruled, tmp_path: Path) -> None:
    shown = Importing(ruled.scene.world, tmp_path).look(row("70000001", band="Band 8b"), whole="changes")
    assert not any("rule" in remark for remark in shown.plan.remarks)


@pytest.mark.slow
def test_as_many_are_put_on_the_course_as_the_preview_said(ruled: Ruled, tmp_path: Path) -> None:
    ruled.begin()
    hr, numbers = Importing(ruled.scene.world, tmp_path), iter(range(80_000_000, 90_000_000))

    @settings(max_examples=settings().max_examples // 4)
    @given(BANDS)
    def holds(bands: list[str]) -> None:
        before = enrolled(ruled)
        file = [row(str(next(numbers)), band=band, start="2026-11-20") for band in bands]
        shown = hr.look(*file, whole="changes")
        said = [remark for remark in shown.plan.remarks if remark.startswith("Of those who join, ")]
        hr.apply(shown)
        welcome(ruled)
        made = enrolled(ruled) - before
        assert made == sum(band != "Band 5" for band in bands)
        assert bool(said) is (made > 0)
        assert not said or f"; {made} of them put on its course" in said[0]

    holds()
