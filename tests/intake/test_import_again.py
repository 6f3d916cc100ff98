"""The same file a second time changes nothing: cases that a search among arbitrary files has found."""

from datetime import date
from pathlib import Path

import pytest

from tests.intake.staff_file import Importing, row
from tests.world import World

SINCE, LEFT = date(2024, 2, 5), date(2026, 11, 21)


@pytest.fixture
def hr(world: World, tmp_path: Path) -> Importing:
    return Importing(world, tmp_path)


def test_somebody_who_comes_back_to_more_posts_than_they_had(hr: Importing) -> None:
    hr.do(row("1"), row("2"))
    hr.do(row("1"), row("2", end="2026-11-20"))
    two = [row("2", assignment="a", primary="Y"), row("2", assignment="b", team="Clinic", primary="N")]
    hr.do(row("1"), *two)
    assert [post[4:] for post in hr.posts("2")] == [(SINCE, LEFT), (SINCE, None), (LEFT, None)]
    assert hr.look(row("1"), *two).plan.lines == ()


def test_somebody_whose_new_manager_is_left_out_and_was_theirs(hr: Importing) -> None:
    hr.do(row("1", manager="2"), row("2"), row("3"))
    hr.world.later(days=1)
    file = [row("2", manager="1", role="Matron"), row("3")]
    shown = hr.do(*file)
    assert shown.plan.problems == (), "whoever leaves with this file manages nobody in a ring"
    assert hr.posts("2")[-1][1] == "Matron"
    again = hr.look(*file).plan
    assert (again.lines, again.problems) == ((), ())
