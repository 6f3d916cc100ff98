"""Who may confirm, and who no longer may: the peers' mistakes, one test each."""

from datetime import date, timedelta

import pytest

from app.access.actor import SYSTEM, ScopeKind
from app.access.permissions import Role
from app.accounts.commands import Suspend, suspend
from app.kernel.errors import NotFoundError
from app.learning.commands import WithdrawAward, withdraw_award
from app.learning.rules import COACH_TIER
from app.organisation.models import Person
from app.signing.queries import signers
from app.signing.rules import Signer, SignOffState, Tie
from tests.signing.course import COACHED, KEY, OTHER, Scene, make_coach
from tests.world import World


def may(scene: Scene, signer: Signer = Signer.EITHER, who: Person | None = None) -> list[tuple[str, Tie]]:
    learner = (who or scene.ben).id
    with scene.world.db.read() as session:
        found = signers(session, [learner], scene.world.today, among=(signer,))
    return [(one.name, one.tie) for one in found.of(learner, signer)]


MAYA, TERESA, CARL = ("Maya Osei", Tie.MANAGER), ("Teresa Hollis", Tie.LEAD), ("Carl Jung", Tie.COACH)


@pytest.mark.parametrize(
    ("signer", "expected"),
    [(Signer.SUPERVISOR, [MAYA, TERESA]), (Signer.COACH, [CARL]), (Signer.EITHER, [MAYA, TERESA, CARL])],
)
def test_the_course_says_who_may_confirm_and_the_nearest_stands_first(
    scene: Scene, signer: Signer, expected: list[tuple[str, Tie]]
) -> None:
    assert may(scene, signer) == expected


def test_the_nearest_coach_and_the_nearest_lead_stand_first(scene: Scene) -> None:
    world, medicine = scene.world, scene.world.directorate("Medicine")
    near = world.hire("Near", "Coach", team=world.team("Larch", "Medicine"))
    make_coach(world, near)
    world.grant(world.hire("Whole", "Trust"), Role.LEAD)
    world.grant(world.hire("Larch", "Lead"), Role.LEAD, ScopeKind.TEAM, world.team("Larch", medicine).id)
    assert [name for name, tie in may(scene) if tie is Tie.COACH] == ["Near Coach", "Carl Jung"]
    assert [name for name, tie in may(scene) if tie is Tie.LEAD] == ["Larch Lead", "Teresa Hollis", "Whole Trust"]


def test_a_second_post_brings_its_own_manager_and_lead(scene: Scene) -> None:
    from app.kernel.db import table
    from app.organisation.models import Employment

    world = scene.world
    other = world.hire("Ola", "Second", team=world.team("Theatres", "Surgery"))
    neighbour = world.lead("Surgery", given_name="Nia", family_name="Neighbour")
    with world.db.write() as session:
        mine = session.execute(table(Employment).select().where(table(Employment).c.person_id == scene.ben.id)).one()
        second = dict(mine._mapping) | {
            "is_primary": False,
            "manager_id": other.id,
            "team_id": world.team("Theatres", "Surgery").id,
        }
        second.pop("id")
        session.add(Employment(**second))
        session.flush()
        found = signers(session, [scene.ben.id], world.today, among=(Signer.SUPERVISOR,))
        names = {one.name for one in found.of(scene.ben.id, Signer.SUPERVISOR)}
        session.rollback()
    assert names == {"Maya Osei", "Ola Second", "Teresa Hollis", neighbour.name}


def test_nobody_signs_off_their_own_whatever_they_are(scene: Scene) -> None:
    world = scene.world
    lead = scene.lead
    world.grant(lead, Role.QI_ADMIN)
    make_coach(world, lead)
    world.move(lead, world.team("Larch", "Medicine"), on=world.today + timedelta(days=1), manager_id=scene.ben.id)
    world.later(days=1)
    assert lead.name not in {name for name, _ in may(scene, who=lead)}
    scene.join(lead)
    request = scene.ask(scene.ben, who=lead)
    for confirm in (lambda: scene.decide(request, lead), lambda: scene.confirm_several(request, by=lead)):
        with pytest.raises(NotFoundError):
            confirm()


def test_managers_of_each_other_confirm_each_other_and_not_themselves(scene: Scene) -> None:
    world = scene.world
    world.move(
        scene.manager, world.team("Larch", "Medicine"), on=world.today + timedelta(days=1), manager_id=scene.ben.id
    )
    world.later(days=1)
    assert may(scene, Signer.SUPERVISOR) == [MAYA, TERESA]
    assert may(scene, Signer.SUPERVISOR, scene.manager)[0] == ("Ben Nguyễn", Tie.MANAGER)


def test_whoever_is_not_asked_finds_nothing_to_decide_even_as_lead_or_administrator(scene: Scene) -> None:
    admin = scene.world.with_role(Role.QI_ADMIN)
    request = scene.ask()
    for other in (scene.lead, scene.coach, admin, scene.ben):
        assert scene.waits_for(other) == []
        with pytest.raises(NotFoundError):
            scene.decide(request, other)


def test_a_lead_of_another_directorate_cannot_be_asked_nor_decide(scene: Scene) -> None:
    neighbour = scene.world.lead("Surgery")
    assert neighbour.name not in {name for name, _ in may(scene)}
    request = scene.ask()
    with pytest.raises(NotFoundError):
        scene.decide(request, neighbour)


def _manager_moves(scene: Scene) -> Person:
    other = scene.world.hire("New", "Manager", team=scene.world.team("Larch", "Medicine"))
    on = scene.world.today
    scene.world.move(scene.ben, scene.world.team("Larch", "Medicine"), on=on, manager_id=other.id, job_role="Nurse")
    return scene.manager


def _manager_leaves(scene: Scene) -> Person:
    scene.world.leave(scene.manager)
    return scene.manager


def _learner_moves(scene: Scene) -> Person:
    scene.world.move(scene.ben, scene.world.team("Theatres", "Surgery"))
    return scene.manager


def _lead_ends(scene: Scene) -> Person:
    from app.accounts.commands import RevokeRole, revoke_role
    from app.accounts.queries import grants_of

    with scene.world.db.write() as session:
        [grant] = grants_of(session, scene.lead.id)
        revoke_role(session, SYSTEM, RevokeRole(grant_id=grant.id), scene.world.now)
    return scene.lead


def _coach_ends(scene: Scene) -> Person:
    command = WithdrawAward(person_id=scene.coach.id, tier=COACH_TIER, occurred_on=scene.world.today, reason="Stopped")
    with scene.world.db.write() as session:
        withdraw_award(session, SYSTEM, command, scene.world.now)
    return scene.coach


@pytest.mark.parametrize("change", [_manager_moves, _learner_moves, _lead_ends, _coach_ends])
def test_whoever_stops_being_somebodys_supervisor_or_coach_can_decide_nothing_from_their_next_request_on(
    scene: Scene, change: object
) -> None:
    assert callable(change)
    asked = {_lead_ends: scene.lead, _coach_ends: scene.coach}.get(change, scene.manager)
    request = scene.ask(asked, activity=OTHER)
    assert scene.waits_for(asked) == [request]
    scene.world.later(days=1)
    change(scene)
    assert scene.waits_for(asked) == []
    for confirm in (True, False):
        with pytest.raises(NotFoundError):
            scene.decide(request, asked, confirm=confirm, comment="Too late")
    with pytest.raises(NotFoundError):
        scene.confirm_several(request, by=asked)
    assert scene.states(OTHER) == [SignOffState.REQUESTED]


def test_a_suspended_account_is_nobody_to_ask(scene: Scene) -> None:
    world = scene.world
    world.open_account(scene.manager)
    with world.db.write() as session:
        suspend(session, SYSTEM, Suspend(person_id=scene.manager.id), world.now)
    assert may(scene, Signer.SUPERVISOR) == [TERESA]


def test_a_role_of_lead_does_not_outlive_a_break(scene: Scene) -> None:
    world = scene.world
    world.leave(scene.lead, world.today + timedelta(days=1))
    world.later(days=10)
    assert TERESA not in may(scene)
    _rejoin(world, scene.lead)
    assert TERESA not in may(scene), "whoever comes back is given their roles anew"


def _rejoin(world: World, person: Person) -> None:
    from app.organisation.commands import Rejoin, rejoin
    from app.organisation.rules import Basis

    command = Rejoin(
        person_id=person.id,
        basis=Basis.EMPLOYED,
        employee_number="77001",
        assignment_number=None,
        team_id=world.team("Management", "Medicine").id,
        manager_id=None,
        sponsor_id=None,
        staff_group="Nursing and Midwifery Registered",
        job_role="Matron",
        band="8a",
        starts_on=world.today,
        ends_on=None,
    )
    with world.db.write() as session:
        rejoin(session, SYSTEM, command, world.now)


def test_a_learner_who_leaves_is_on_nobodys_list_any_more(scene: Scene) -> None:
    request = scene.ask()
    scene.world.leave(scene.ben)
    assert scene.waits_for(scene.manager) == []
    with pytest.raises(NotFoundError):
        scene.decide(request)


def test_a_rejected_sign_off_is_verified_nowhere(scene: Scene) -> None:
    from app.evidence.queries import without_certificate
    from app.learning.queries import holdings, progress, transcript

    scene.read_it()
    scene.decide(scene.ask(), confirm=False, comment="Not yet")
    world, ben = scene.world, scene.ben.id
    with world.db.read() as session:
        assert [row.activity for row in transcript(session, ben, date(2020, 1, 1), world.today)] == ["read-it"]
        assert [p.activities_done for p in progress(session, [ben])] == [1]
        assert holdings(session, [ben], world.today) == {}
        assert not list(without_certificate(session, ben))
    assert KEY not in scene.course().finished
    assert COACHED not in scene.course().finished


def test_nobody_asks_or_decides_twice_over_in_one_statement_per_row(scene: Scene) -> None:
    """However many wait, their list takes the same statements."""
    world, counted = scene.world, []
    for _ in range(2):
        for _ in range(3):
            person = world.hire(team=world.team("Larch", "Medicine"), manager_id=scene.manager.id)
            scene.join(person)
            scene.ask(who=person)
        counted.append(_statements(scene))
    assert counted[0] == counted[1]


def _statements(scene: Scene) -> int:
    import sqlalchemy as sa

    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    scene.actor(scene.manager)
    engine = scene.world.db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    scene.waiting()
    sa.event.remove(engine, "before_cursor_execute", note)
    return len([s for s in seen if s.startswith("SELECT")])
