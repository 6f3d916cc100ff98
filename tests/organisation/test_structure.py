"""Teams open and close with dates, and nobody is left without one."""

from datetime import date

import pytest

from app.access.actor import SYSTEM
from app.access.permissions import Permission
from app.kernel.errors import BadInputError, RuleBrokenError
from app.organisation.commands import CloseTeam, OpenTeam, close_team, open_team
from app.organisation.queries import posts_of, teams
from tests.world import World


def test_a_team_that_closes_carries_its_people_into_its_successor(world: World) -> None:
    larch, rowan = world.team("Larch"), world.team("Rowan")
    sam = world.hire("Sam", "Lee", team=larch)
    left = world.hire("Jo", "Left", team=larch, ends_on=date(2025, 1, 1))
    with world.db.write() as session:
        command = CloseTeam(team_id=larch.id, on=date(2026, 11, 1), successor_id=rowan.id)
        close_team(session, SYSTEM, command, world.now)
    with world.db.read() as session:
        newest = posts_of(session, sam.id)[0]
        assert (newest.team, newest.starts_on) == ("Rowan", date(2026, 11, 1))
        assert [p.team for p in posts_of(session, left.id)] == ["Larch"]
        assert [t.name for t in teams(session, SYSTEM, Permission.SEE_PEOPLE, on=world.today)] == ["Rowan"]


def test_a_team_with_people_does_not_close_without_a_successor(world: World) -> None:
    sam = world.hire("Sam", "Lee")
    ward = world.team().id
    for successor in (None, ward):
        command = CloseTeam(team_id=ward, on=world.today, successor_id=successor)
        with pytest.raises(RuleBrokenError), world.db.write() as session:
            close_team(session, SYSTEM, command, world.now)
    with world.db.read() as session:
        assert len(posts_of(session, sam.id)) == 1


def test_two_teams_of_a_directorate_do_not_share_a_name(world: World) -> None:
    world.team("Larch")
    command = OpenTeam(directorate_id=world.directorate().id, name=" Larch ", starts_on=world.today)
    with pytest.raises(BadInputError), world.db.write() as session:
        open_team(session, SYSTEM, command, world.now)
    world.team("Larch", "Surgery")


def test_an_administrator_opens_a_directorate_a_team_and_closes_it_on_the_pages(world: World) -> None:
    client = world.client(world.with_role("qi_admin"))
    page = client.get("/structure/directorates/new")
    assert client.submit(page, name="", first="soon").status_code == 422
    assert client.submit(page, name="Estates", first="1 April 2026").status_code == 303
    page = client.get("/structure/teams/new")
    made = client.submit(page, name="Gardens", directorate_id="2", first="1/4/2026")
    assert "Gardens" in client.follow(made).text
    page = client.get("/structure/teams/2/close")
    assert "Gardens" in page.text
    assert client.submit(page, last="31 March 2026").status_code == 422
    assert client.submit(page, last="31 December 2026").status_code == 303


def test_a_team_has_a_site_where_a_trust_names_any(world: World) -> None:
    client = world.client(world.with_role("qi_admin"))
    team = world.team()
    page = client.get(f"/structure/teams/{team.id}/site")
    too_long = client.submit(page, site="x" * 121)
    assert too_long.status_code == 422
    assert "120 characters or fewer" in too_long.text
    shown = client.follow(client.submit(page, site="  Main   site "))
    assert "Main site" in shown.text
    assert "Main site" in client.get(f"/structure/teams/{world.team('Larch').id}/site").text
    opened = client.submit(
        client.get("/structure/teams/new"), name="Elm", directorate_id=str(team.directorate_id), first="1/4/2026",
        site="Hilltop",
    )  # fmt: skip
    assert "Hilltop" in client.follow(opened).text
    with world.db.read() as session:
        sites = {t.name: t.site for t in teams(session, SYSTEM, Permission.SEE_PEOPLE)}
    assert sites == {"Ward 7": "Main site", "Larch": "", "Elm": "Hilltop"}
