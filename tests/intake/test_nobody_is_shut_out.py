"""A staff file never ends the post of whoever applies it, nor of the last administrator."""

from pathlib import Path

import pytest

from app.access.permissions import Role
from app.intake.importing import apply
from app.intake.queries import last_import
from app.kernel.errors import RuleBrokenError
from tests.intake.bringing import Bringing
from tests.intake.staff_file import Importing, row
from tests.world import World


@pytest.fixture
def hr(world: World, tmp_path: Path) -> Importing:
    return Importing(world, tmp_path)


def test_whoever_applies_a_file_that_leaves_them_out_is_told_to_mend_their_number(hr: Importing) -> None:
    hannah = hr.world.with_role(Role.HR, family_name="Reid", employee_number="20000001")
    shown = hr.look(row("20000002"), row("20000003"))
    with pytest.raises(RuleBrokenError, match="would end your own post here"):
        apply(hr.world.db, hr.world.actor(hannah), shown, hr.world.clock, good_rows=True, leavers_expected=True)
    assert hr.headcount(hr.world.today) == {"Medicine": 1}


def test_the_last_administrator_is_not_ended_by_being_left_out(hr: Importing) -> None:
    hr.world.with_role(Role.QI_ADMIN, family_name="Adler", employee_number="20000001")
    shown = hr.look(row("20000002"))
    with pytest.raises(RuleBrokenError, match=r"last QI team administrator \(.*Adler\)"):
        hr.apply(shown)
    with hr.world.db.read() as session:
        assert last_import(session, shown.hash) is None


def test_one_of_two_administrators_may_leave(hr: Importing) -> None:
    hr.world.with_role(Role.QI_ADMIN, given_name="Max", family_name="Adler", employee_number="20000001")
    hr.world.with_role(Role.QI_ADMIN, given_name="Ira", family_name="Stone", employee_number="20000002")
    hr.do(row("20000002", "Stone", given="Ira"))
    assert hr.headcount(hr.world.today) == {"Medicine": 1}


def test_the_preview_says_so_before_anybody_applies_it(bringing: Bringing) -> None:
    page = bringing.bring(row("20000002"), whole="trust")
    assert "The file would end your own post here" in page.text
    bringing.go(page, "/aside")
    assert "would end your own post" not in bringing.bring(row("20000002"), bringing.own, whole="trust").text
