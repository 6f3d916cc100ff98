"""Nobody gives more than they hold, nor for longer, nor to themselves; and a role does not outlive a break."""

from datetime import date, timedelta

import pytest

from app.access.actor import SYSTEM, Actor, Held, PersonKind, ScopeKind
from app.access.permissions import GRANTED, TRUST_WIDE_ONLY, Permission, Role
from app.accounts.commands import GrantRole, RevokeRole, grant_role, revoke_role, take_back
from app.accounts.models import RoleGrant
from app.kernel.errors import BadInputError, DomainError, NotAllowedError, NotFoundError, RuleBrokenError
from app.organisation.commands import EndEmployment, Move, Rejoin, end_employment, move
from tests.world import World


def give(world: World, actor: Actor, person_id: int, role: Role, **more: object) -> RoleGrant:
    values: dict[str, object] = {"scope_kind": ScopeKind.TRUST, "scope_id": None, "starts_on": world.today} | more
    with world.db.write() as session:
        command = GrantRole(person_id=person_id, role=role, **values)  # type: ignore[arg-type]
        return grant_role(session, actor, command, world.now)


def test_an_administrator_gives_a_role_and_it_works_at_the_next_request(world: World) -> None:
    admin, sam = world.with_role(Role.QI_ADMIN), world.hire("Sam", "Lee")
    client = world.client(sam)
    assert client.get("/people").status_code == 403
    given = give(world, world.actor(admin), sam.id, Role.HR)
    assert client.get("/people").status_code == 200
    with world.db.write() as session:
        revoke_role(session, world.actor(admin), RevokeRole(grant_id=given.id), world.now)
    assert client.get("/people").status_code == 403


def test_nobody_gives_a_role_to_themselves_or_ends_their_own(world: World) -> None:
    admin = world.with_role(Role.QI_ADMIN)
    with pytest.raises(RuleBrokenError):
        give(world, world.actor(admin), admin.id, Role.HR)
    with pytest.raises(RuleBrokenError), world.db.write() as session:
        revoke_role(session, world.actor(admin), RevokeRole(grant_id=1), world.now)


@pytest.mark.parametrize("role", GRANTED)
def test_those_without_the_right_to_give_roles_give_none(world: World, role: Role) -> None:
    sam = world.hire("Sam", "Lee")
    for holder in (Role.HR, Role.LEAD, Role.INVOLVEMENT):
        person = world.with_role(holder)
        with pytest.raises(DomainError):
            give(world, world.actor(person), sam.id, role)


def test_more_than_one_holds_cannot_be_given_even_with_the_right_to_give(world: World, monkeypatch: object) -> None:
    """No role of today has that shape, so the rule is tried with an actor made for it."""
    from app.access import permissions

    sam = world.hire("Sam", "Lee")
    here = world.directorate("Medicine").id
    giver = permissions.ROLE_PERMISSIONS[Role.LEAD] | {Permission.GRANT_ROLES}
    patched = permissions.ROLE_PERMISSIONS | {Role.LEAD: giver}
    monkeypatch.setattr("app.access.actor.ROLE_PERMISSIONS", patched)  # type: ignore[attr-defined]
    lead = Actor(1, PersonKind.STAFF, "Lead", (Held(Role.LEAD, ScopeKind.DIRECTORATE, here),))
    elsewhere = world.directorate("Surgery").id
    for role, kind, scope_id in (
        (Role.HR, ScopeKind.DIRECTORATE, here),
        (Role.LEAD, ScopeKind.TRUST, None),
        (Role.LEAD, ScopeKind.DIRECTORATE, elsewhere),
    ):
        with pytest.raises(NotAllowedError):
            give(world, lead, sam.id, role, scope_kind=kind, scope_id=scope_id)
    assert give(world, lead, sam.id, Role.LEAD, scope_kind=ScopeKind.TEAM, scope_id=world.team().id).id


def test_a_role_given_does_not_outlast_the_givers_own(world: World) -> None:
    ends = world.today + timedelta(days=60)
    admin, sam = world.hire("Short", "Lived"), world.hire("Sam", "Lee")
    world.grant(admin, Role.QI_ADMIN, ends_on=ends)
    for too_long in (None, ends + timedelta(days=1)):
        with pytest.raises(BadInputError) as caught:
            give(world, world.actor(admin), sam.id, Role.HR, ends_on=too_long)
        assert set(caught.value.errors) == {"ends_on"}
    assert give(world, world.actor(admin), sam.id, Role.HR, ends_on=ends).ends_on == ends


@pytest.mark.parametrize("role", sorted(TRUST_WIDE_ONLY))
def test_some_roles_make_sense_for_the_whole_trust_only(world: World, role: Role) -> None:
    sam = world.hire("Sam", "Lee")
    with pytest.raises(BadInputError):
        give(world, SYSTEM, sam.id, role, scope_kind=ScopeKind.DIRECTORATE, scope_id=world.directorate().id)


def test_partners_and_the_system_are_given_no_role(world: World) -> None:
    for person_id in (world.partner("Rosie").id, SYSTEM.person_id + 500):
        with pytest.raises(NotFoundError):
            give(world, SYSTEM, person_id, Role.LEAD)
    with pytest.raises(BadInputError):
        give(world, SYSTEM, world.hire().id, Role.STAFF)


def test_the_same_role_is_not_given_twice_at_once(world: World) -> None:
    sam = world.hire("Sam", "Lee")
    give(world, SYSTEM, sam.id, Role.HR, ends_on=world.today + timedelta(days=10))
    with pytest.raises(RuleBrokenError):
        give(world, SYSTEM, sam.id, Role.HR)
    give(world, SYSTEM, sam.id, Role.HR, starts_on=world.today + timedelta(days=10))


def test_a_role_that_is_over_is_not_given(world: World) -> None:
    sam = world.hire("Sam", "Lee")
    with pytest.raises(BadInputError) as caught:
        give(world, SYSTEM, sam.id, Role.HR, starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 2))
    assert caught.value.errors == {"ends_on": "The last day is over. Choose today or a later day"}


def test_a_role_is_held_from_its_first_to_its_last_day(world: World) -> None:
    sam = world.hire("Sam", "Lee")
    give(world, SYSTEM, sam.id, Role.HR, starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 26))
    held = []
    for _ in range(4):
        held.append(world.actor(sam).may(Permission.SEE_EVIDENCE))
        world.later(days=1)
    assert held == [False, True, True, False]


def test_a_move_keeps_a_role_and_a_break_ends_it(world: World) -> None:
    """Whoever led a directorate three years ago does not lead it again by coming back as a volunteer."""
    sam, rowan = world.hire("Sam", "Lee"), world.team("Rowan", "Surgery")
    give(world, SYSTEM, sam.id, Role.HR)
    world.later(days=10)
    with world.db.write() as session:
        move(session, SYSTEM, Move(person_id=sam.id, team_id=rowan.id, on=world.today), world.now)
    assert world.actor(sam).may(Permission.SEE_EVIDENCE)
    world.later(days=10)
    with world.db.write() as session:
        end_employment(session, SYSTEM, EndEmployment(person_id=sam.id, on=world.today), world.now)
    world.later(days=1)
    back = Rejoin(
        person_id=sam.id,
        employee_number="9",
        team_id=rowan.id,
        staff_group="Healthcare Scientists",
        job_role="Scientist",
        starts_on=world.today,
        username="sam.lee",
    )
    with world.db.write() as session:
        take_back(session, SYSTEM, back, world.now)
    assert not world.actor(sam).may(Permission.SEE_EVIDENCE)
    give(world, SYSTEM, sam.id, Role.LEAD)
    assert world.actor(sam).may(Permission.SET_NEED)
