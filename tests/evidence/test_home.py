"""HR's first screen: how fresh staff data is, and what is unresolved in it, each number with its list."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.access.actor import ScopeKind
from app.access.permissions import Role
from app.evidence.queries import matters, people_with
from app.evidence.rules import Matter
from app.kernel.db import table
from app.organisation.models import Employment, Team
from tests.client import document
from tests.world import World


def furnish_matters(world: World) -> None:
    """One person for each matter, besides people about whom there is nothing to say."""
    soon = world.today + timedelta(days=10)
    sponsor, manager = world.hire("Sue", "Sponsor"), world.hire("Max", "Manager")
    world.hire("Nell", "Nomail", email=None)
    world.hire("Eve", "Ending", ends_on=soon)
    later = world.today + timedelta(days=200)
    world.hire("Stu", "Dent", basis="student", sponsor_id=sponsor.id, ends_on=later)
    world.hire("Mo", "Managed", manager_id=manager.id)
    closed = world.team("Old team", "Surgery")
    world.hire("Tess", "Stranded", team=closed)
    nobody = world.hire("Nora", "Nomain")
    world.leave(sponsor)
    world.leave(manager)
    posts, teams = table(Employment), table(Team)
    with world.db.write() as session:
        session.execute(sa.update(posts).where(posts.c.person_id == nobody.id).values(is_primary=False))
        session.execute(sa.update(teams).where(teams.c.id == closed.id).values(ends_on=world.today))


def test_each_number_is_the_length_of_its_list(world: World) -> None:
    furnish_matters(world)
    person = world.with_role(Role.HR)
    actor = world.actor(person)
    browser = world.client(person)
    home = document(browser.get("/evidence")).text
    with world.db.read() as session:
        counted = matters(session, actor, world.today)
        for matter, number in counted.items():
            assert len(people_with(session, actor, matter, world.today)) == number
            listed = document(browser.get(f"/evidence/matters/{matter.value}"))
            assert listed.h1.startswith(f"{number} {'person' if number == 1 else 'people'} ")
            if number:
                assert listed.h1.partition(" ")[2] in home
    assert counted[Matter.NO_WAY_IN] == counted[Matter.ENDING] == counted[Matter.SPONSOR_LEFT] == 1
    assert counted[Matter.MANAGER_LEFT] == counted[Matter.NO_MAIN_POST] == 1


def test_hr_of_a_directorate_is_told_of_its_own_people_only(world: World) -> None:
    furnish_matters(world)
    local = world.hire("Lou", "Local", team=world.team("Theatres", "Surgery"))
    world.grant(local, Role.HR, ScopeKind.DIRECTORATE, world.directorate("Surgery").id)
    with world.db.read() as session:
        counted = matters(session, world.actor(local), world.today)
    assert sum(counted.values()) == counted[Matter.TEAM_CLOSED]


def test_staff_data_says_how_old_it_is_and_where_it_came_from(world: World) -> None:
    person = world.with_role(Role.HR)
    browser = world.client(person)
    assert (
        "last updated today, on 23 November 2026, 09:00: entered on this site"
        in document(browser.get("/evidence")).text
    )
    world.later(days=20)
    browser = world.client(person)
    shown = document(browser.get("/evidence")).text
    assert "20 days ago" in shown
    assert "more than two weeks ago" in shown


def test_hr_arrives_here_and_nobody_else_does(world: World) -> None:
    hr = world.client(world.with_role(Role.HR))
    assert hr.get("/").headers["location"] == "/evidence"
    staff = world.client(world.hire())
    assert staff.get("/evidence").status_code == 403


@pytest.mark.parametrize("matter", ["nonsense", "", "no_way_in"])
def test_an_unknown_matter_is_missing(world: World, matter: str) -> None:
    assert world.client(world.with_role(Role.HR)).get(f"/evidence/matters/{matter}").status_code == 404


def test_a_post_that_is_followed_by_another_is_not_ending(world: World) -> None:
    person = world.hire("Ada", "Mover")
    world.move(person, world.team("Theatres", "Surgery"), on=date(2026, 12, 1))
    hr = world.actor(world.with_role(Role.HR))
    with world.db.read() as session:
        assert matters(session, hr, world.today)[Matter.ENDING] == 0
