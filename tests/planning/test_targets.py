"""The QI team sets targets; leads see what is wanted, there and to come, with the list behind each number."""

import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.access.actor import ScopeKind
from app.access.permissions import Role
from app.capability.commands import AskForLevel, ask_for_level
from app.cohorts.commands import PlanCohorts, Wanted, plan_cohorts
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import BadInputError, DomainError, NotFoundError, StaleError
from app.organisation.models import Person
from app.planning.commands import NewTarget, SetTargets, set_targets
from app.planning.models import Target
from app.planning.queries.plans import Line, Plan, plan
from app.planning.rules import TargetKind
from tests.planning.conftest import Planning

NURSES = "Nursing and Midwifery Registered"
_event = table(AuditEvent)
PEOPLE = TargetKind.ABSOLUTE


def seen(planning: Planning, by: Person | None = None, directorate: int = 0, year: int = 0) -> Plan:
    scene = planning.scene
    with scene.world.db.read() as session:
        found = plan(session, scene.actor(by), directorate, year, scene.world.now)
    assert found is not None
    return found


def line(planning: Planning, tier: str = "pocket-qi", group: str = "") -> Line:
    return next(x for x in seen(planning).lines if (x.tier.slug, x.staff_group) == (tier, group))


def places(planning: Planning, ends_on: date, number: int, *kept: tuple[int, int | None]) -> None:
    world = planning.scene.world
    wanted = Wanted(starts_on=ends_on, ends_on=ends_on, places=number, kept=kept)
    with world.db.write() as session:
        plan_cohorts(
            session, planning.scene.actor(planning.admin), PlanCohorts(tier="pocket-qi", wanted=wanted), world.now
        )


def test_the_plan_counts_each_person_once(planning: Planning) -> None:
    """In Medicine work Anna, Ben, Mina and Lou, and two leads have their post elsewhere."""
    scene = planning.scene
    staff = line(planning).counted.staff
    scene.complete(scene.anna, "pocket-qi", date(2026, 10, 1))
    scene.decide(scene.anna, scene.ben)
    with scene.world.db.write() as session:
        ask_for_level(session, scene.actor(planning.learner), AskForLevel(tier="pocket-qi"), scene.world.now)
    planning.target(NewTarget(tier="pocket-qi", kind=PEOPLE, value=3))
    counted = line(planning).counted
    assert (counted.held, counted.learning, counted.needed, counted.requested, counted.demand) == (1, 0, 1, 1, 2)
    assert (line(planning).wanted, line(planning).gap, staff) == (3, 2, counted.staff)
    scene.decide(planning.learner)
    counted = line(planning).counted
    assert (counted.needed, counted.requested) == (2, 0), "a need takes the place of the request"


def test_a_level_that_lapsed_is_not_held(planning: Planning) -> None:
    planning.scene.complete(planning.scene.anna, "pocket-qi", date(2020, 6, 1))
    assert line(planning).counted.held == 0


def test_a_per_cent_of_a_staff_group_is_of_that_group(planning: Planning) -> None:
    scene = planning.scene
    scene.complete(scene.ben, "pocket-qi", date(2026, 10, 1))
    planning.target(
        NewTarget(tier="pocket-qi", value=50),
        NewTarget(tier="pocket-qi", staff_group="Medical and Dental", value=100),
    )
    doctors = line(planning, group="Medical and Dental")
    assert (doctors.counted.staff, doctors.counted.held, doctors.wanted, doctors.gap) == (1, 1, 1, 0)
    everybody = line(planning)
    assert everybody.wanted == -(-everybody.counted.staff // 2)


def test_a_new_target_supersedes_the_old_one_and_the_same_one_changes_nothing(planning: Planning) -> None:
    world = planning.scene.world
    assert planning.target(NewTarget(tier="pocket-qi", value=20)) == 1
    first = line(planning).target
    assert first is not None
    assert planning.target(NewTarget(tier="pocket-qi", value=20, seen=first.id)) == 0
    assert planning.target(NewTarget(tier="pocket-qi", value=25, seen=first.id)) == 1
    second = line(planning).target
    assert second is not None
    assert planning.target(NewTarget(tier="pocket-qi", value=None, seen=second.id)) == 1
    assert line(planning).target is None
    with world.db.read() as session:
        kept = session.scalars(sa.select(Target).order_by(table(Target).c.id)).all()
        deeds = list(session.scalars(sa.select(_event.c.action).where(_event.c.entity == "target")))
    assert [(t.value, t.superseded_at is not None) for t in kept] == [(20, True), (25, True)]
    assert deeds == ["set target", "set target", "end target"]


def test_whoever_saves_over_a_target_they_have_not_seen_gets_both(planning: Planning) -> None:
    scene = planning.scene
    planning.target(NewTarget(tier="pocket-qi", value=20))
    with pytest.raises(StaleError):
        planning.target(NewTarget(tier="pocket-qi", value=30))
    client = scene.world.client(planning.admin)
    form = {
        "directorate": scene.directorate_id, "year": "2026", "line": "a", "tier-a": "pocket-qi", "group-a": "",
        "kind-a": "per_cent", "value-a": "30", "seen-a": "0", "reason": "Agreed",
    }  # fmt: skip
    answer = client.post("/teams/plan/targets", data=form)
    assert answer.status_code == 409
    assert "20 % of staff, set by" in answer.text
    assert "30 per cent" in answer.text
    target = line(planning).target
    assert target is not None
    client.post("/teams/plan/targets", data=form | {"seen-a": str(target.id)})
    found = line(planning).target
    assert found is not None
    assert found.value == 30


def test_two_who_set_one_target_at_once_do_not_both_win(planning: Planning) -> None:
    line(planning)
    done: list[str] = []

    def give(value: float) -> None:
        try:
            planning.target(NewTarget(tier="pocket-qi", value=value))
            done.append("set")
        except DomainError as error:
            done.append(type(error).__name__)

    threads = [threading.Thread(target=give, args=(value,)) for value in (20.0, 30.0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["StaleError", "set"]


def test_targets_need_a_reason_a_known_level_and_a_year_that_is_offered(planning: Planning) -> None:
    with pytest.raises(BadInputError) as wrong:
        planning.target(NewTarget(tier="pocket-qi", value=20), reason=" ")
    assert set(wrong.value.errors) == {"reason"}
    for bad in (NewTarget(tier="none", value=2), NewTarget(tier="pocket-qi", staff_group="Cooks", value=2)):
        with pytest.raises(BadInputError) as wrong:
            planning.target(bad)
        assert set(wrong.value.errors) == {"tier"}
    with pytest.raises(BadInputError) as wrong:
        planning.target(NewTarget(tier="pocket-qi", value=200, field="value-a"))
    assert set(wrong.value.errors) == {"value-a"}
    for year in (2025, 2029):
        with pytest.raises(NotFoundError):
            planning.target(NewTarget(tier="pocket-qi", value=20), year=year)


def test_a_lead_sets_no_targets(planning: Planning) -> None:
    scene = planning.scene
    command = SetTargets(
        directorate_id=scene.directorate_id, year=2026, targets=(NewTarget(tier="pocket-qi", value=9),), reason="Mine"
    )
    with scene.world.db.write() as session, pytest.raises(NotFoundError):
        set_targets(session, scene.actor(), command, scene.world.now)


def test_what_the_pyramid_offers_is_filled_in_and_not_saved_before_somebody_confirms(planning: Planning) -> None:
    scene = planning.scene
    client = scene.world.client(planning.admin)
    address = f"/teams/plan/targets?directorate={scene.directorate_id}&year=2026"
    plain, offered = client.get(address).text, client.get(f"{address}&offered=yes").text
    assert 'name="value-pocket-qi" value="20"' not in plain
    assert 'name="value-pocket-qi" value="20"' in offered
    assert "offered and not saved" in offered
    assert line(planning).target is None
    planning.target(NewTarget(tier="pocket-qi", value=35))
    assert 'name="value-pocket-qi" value="35"' in client.get(f"{address}&offered=yes").text


def test_a_form_with_a_wrong_number_keeps_every_word(planning: Planning) -> None:
    scene = planning.scene
    form = {
        "directorate": scene.directorate_id, "year": "2026", "line": ["pocket-qi"], "tier-pocket-qi": "pocket-qi",
        "value-pocket-qi": "a few", "kind-pocket-qi": "absolute", "seen-pocket-qi": "0", "reason": "Kept words",
    }  # fmt: skip
    answer = scene.world.client(planning.admin).post("/teams/plan/targets", data=form)
    assert answer.status_code == 422
    for words in ("Enter a number, such as 20 or 0.9", "a few", "Kept words"):
        assert words in answer.text


def test_planned_places_are_kept_shared_or_later(planning: Planning) -> None:
    scene = planning.scene
    surgery = scene.world.directorate("Surgery").id
    places(planning, date(2027, 2, 1), 30, (scene.directorate_id, 12), (surgery, None))
    places(planning, date(2027, 2, 8), 20)
    places(planning, date(2027, 2, 9), 25, (surgery, None))
    places(planning, date(2027, 5, 1), 10)
    found = line(planning)
    assert (found.places.own, found.places.shared) == (12, 20)
    assert (found.later.own, found.later.shared) == (0, 10)
    assert "12, and 20 shared" in scene.world.client(scene.lead).get("/teams/plan").text


def test_each_number_opens_the_list_behind_it(planning: Planning) -> None:
    scene = planning.scene
    scene.complete(scene.anna, "pocket-qi", date(2026, 10, 1))
    scene.decide(scene.ben)
    client = scene.world.client(scene.lead)
    address = f"/teams/plan/list?directorate={scene.directorate_id}&level=pocket-qi&what="
    held, needed = client.get(f"{address}held").text, client.get(f"{address}needed").text
    assert ("O&#39;Neill" in held, "Nguyễn" in held) == (True, False)
    assert ("O&#39;Neill" in needed, "Nguyễn" in needed) == (False, True)
    assert client.get(f"{address}nothing").status_code == 404


def test_a_lead_sees_their_own_directorate_and_the_qi_team_all_of_them(planning: Planning) -> None:
    scene = planning.scene
    world = scene.world
    assert [d.name for d in seen(planning).chosen] == ["Medicine"]
    with pytest.raises(NotFoundError):
        seen(planning, scene.neighbour, scene.directorate_id)
    everywhere = seen(planning, planning.admin)
    assert {d.name for d in everywhere.chosen} >= {"Medicine", "Surgery"}
    assert "Plan: every directorate" in world.client(planning.admin).get("/teams/plan").text
    team_lead = world.hire("Tim", "Lead")
    world.grant(team_lead, Role.LEAD, ScopeKind.TEAM, world.team("Larch", "Medicine").id)
    assert "you lead no directorate as a whole" in world.client(team_lead).get("/teams/plan").text


def test_the_file_says_what_the_screen_says(planning: Planning) -> None:
    scene = planning.scene
    scene.complete(scene.anna, "pocket-qi", date(2026, 10, 1))
    planning.target(NewTarget(tier="pocket-qi", kind=PEOPLE, value=3))
    places(planning, scene.world.today + timedelta(days=30), 7)
    client = scene.world.client(scene.lead)
    answer = client.post("/teams/plan/download", data={"directorate": scene.directorate_id, "year": "2026"})
    text = client.get(answer.headers["location"]).text
    row = next(one for one in text.splitlines() if one.startswith("Medicine,Pocket QI,"))
    found = line(planning)
    assert row == (f"Medicine,Pocket QI,,2027-03-31,{found.counted.staff},3 people,3,1,0,0,0,0,0,7,0,2")
