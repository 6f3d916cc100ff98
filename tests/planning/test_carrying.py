"""What two directorates had apart, they have together: places, targets, roles; what cannot be carried is said."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM, ScopeKind
from app.access.permissions import Permission, Role
from app.accounts.models import RoleGrant
from app.kernel.db import table
from app.kernel.errors import BadInputError
from app.organisation.commands import CloseTeam, close_team
from app.organisation.models import Person
from app.planning.commands import NewTarget, SetTargets, set_targets
from app.planning.merging import places_together
from app.planning.rules import TargetKind
from tests.capability.conftest import Scene
from tests.planning.test_merging import look, merge, world_team

__all__ = ["admin"]


@pytest.fixture
def admin(scene: Scene) -> Person:
    return scene.world.with_role(Role.QI_ADMIN, team=scene.world.team("Office", "Corporate"))


@pytest.mark.parametrize(("gone", "into", "both"), [(3, 5, 8), (None, 5, None), (3, None, None), (None, None, None)])
def test_whoever_shared_places_goes_on_sharing_them(gone: int | None, into: int | None, both: int | None) -> None:
    assert places_together(gone, into) == both


def test_a_per_cent_of_the_directorate_that_stays_asks_for_as_many_of_more_people(scene: Scene, admin: Person) -> None:
    world = scene.world
    surgery = world.directorate("Surgery").id
    new = NewTarget(tier="pocket-qi", kind=TargetKind.PER_CENT, value=50)
    command = SetTargets(directorate_id=surgery, year=2026, targets=(new,), reason="The plan")
    with world.db.write() as session:
        set_targets(session, scene.actor(admin), command, world.now)
    [moved] = look(scene, admin).targets
    assert moved.before == (None, (TargetKind.PER_CENT, 50.0))
    assert moved.after is not None
    assert moved.after[1] < 50


def test_a_role_for_a_while_does_not_take_the_place_of_one_for_good(scene: Scene, admin: Person) -> None:
    world, larch = scene.world, scene.world.team("Larch", "Medicine")
    with world.db.write() as session:
        session.execute(sa.delete(table(RoleGrant)).where(table(RoleGrant).c.person_id == scene.lead.id))
    world.grant(scene.lead, "lead", "team", larch.id)
    with world.db.write() as session:
        mine = table(RoleGrant).c.person_id == scene.lead.id
        session.execute(sa.update(RoleGrant).where(mine).values(ends_on=world.today + timedelta(days=30)))
    world.grant(scene.lead, "lead", "directorate", scene.directorate_id)
    merge(scene, admin)
    world.later(days=60)
    after = world_team(scene, "Larch", "Surgery")
    assert scene.actor(scene.lead).reach(Permission.SET_NEED).covers(ScopeKind.TEAM, after)


def test_a_team_that_is_to_close_is_in_the_way_of_an_earlier_day(scene: Scene, admin: Person) -> None:
    world = scene.world
    empty = world.team("Willow", "Medicine")
    world.later(days=10)
    with world.db.write() as session:
        close_team(session, SYSTEM, CloseTeam(team_id=empty.id, on=world.today, successor_id=None), world.now)
    with pytest.raises(BadInputError) as refused:
        look(scene, admin, world.today - timedelta(days=5))
    assert "The team Willow closes on" in refused.value.errors["first"]
    assert look(scene, admin, world.today).on == world.today
