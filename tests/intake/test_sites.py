"""Where teams work, as a staff file says it: by majority, shown before it is done, and nobody's home."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.intake.rules.columns import Column, proposed
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.organisation.models import Team
from tests.intake.staff_file import Importing, row
from tests.world import World


@pytest.fixture
def hr(world: World, tmp_path: Path) -> Importing:
    return Importing(world, tmp_path)


def sites(world: World) -> dict[str, str]:
    with world.db.read() as session:
        return {team.name: team.site for team in session.scalars(sa.select(Team))}


@pytest.mark.parametrize("header", ["Location", "Site", "Work Location", "Base"])
def test_the_column_is_proposed_in_the_words_of_the_exports_in_use(header: str) -> None:
    assert proposed(["Employee Number", header]).says[Column.SITE] == header


def test_no_column_of_addresses_is_read_as_a_site() -> None:
    for header in ("Home Address", "Address Line 1", "Postcode", "Employee Address"):
        assert Column.SITE not in proposed(["Employee Number", header]).says


def test_a_team_works_where_more_than_half_of_its_rows_that_name_a_place_say_so(hr: Importing) -> None:
    shown = hr.do(
        row("1", site="Main site"),
        row("2", site="main  site"),
        row("3", site="Hilltop"),
        row("4", site=""),
        row("5", site="Hilltop", end="2025-01-31"),
        row("6", team="Ward 8", site="Hilltop"),
        row("7", team="Ward 8", site="Main site"),
    )
    assert sites(hr.world) == {"Ward 7": "Main site", "Ward 8": ""}
    assert any("Medicine / Ward 7: Main site" in remark for remark in shown.plan.remarks)
    assert any(
        "none of them more than half" in remark and "Medicine / Ward 8" in remark for remark in shown.plan.remarks
    )


def test_a_site_that_was_entered_by_hand_is_shown_beside_the_new_one_and_written_with_its_event(
    hr: Importing,
) -> None:
    hr.do(row("1"), row("2"))
    with hr.world.db.write() as session:
        session.scalars(sa.select(Team)).one().site = "Hilltop"
    shown = hr.look(row("1", site="Main site"), row("2", site="Main site"))
    [change] = shown.plan.sites
    assert (change.before, change.after) == ("Hilltop", "Main site")
    assert "Medicine / Ward 7: Main site, where it said Hilltop" in " ".join(shown.plan.remarks)
    assert shown.plan.lines == ()
    hr.apply(shown)
    assert sites(hr.world) == {"Ward 7": "Main site"}
    e = table(AuditEvent).c
    with hr.world.db.read() as session:
        said = session.execute(sa.select(e.action, e.fields).where(e.action == "set site")).all()
    assert [tuple(event) for event in said] == [("set site", "site")]
    assert hr.look(row("1", site="MAIN SITE"), row("2", site="Main site")).plan.sites == ()
    assert hr.look(row("1"), row("2")).plan.sites == (), "a file without places takes none away"


def test_what_one_person_alone_names_is_never_taken_for_a_site(hr: Importing) -> None:
    shown = hr.do(row("1", site="12 Acacia Avenue"), row("2", team="Ward 8"))
    assert shown.plan.sites == ()
    assert "Acacia" not in " ".join(shown.plan.remarks)
    assert sites(hr.world) == {"Ward 7": "", "Ward 8": ""}
    hr.do(row("1", site="Main site"), row("2", team="Ward 8", site="Main site"))
    assert sites(hr.world) == {"Ward 7": "Main site", "Ward 8": "Main site"}
