"""The QI team plans cohorts, one or a series, changes them and drops them, and nothing of it is lost."""

import threading
from datetime import date

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.cohorts.commands import (
    ChangeCohort,
    DropCohort,
    PlanCohorts,
    Wanted,
    change_cohort,
    drop_cohort,
    plan_cohorts,
)
from app.cohorts.queries import CohortRow, cohort_by_id, cohorts, cohorts_between, offered
from app.cohorts.rules import CohortState, Share, series, share_of
from app.kernel.audit import AuditEvent, AuditValue
from app.kernel.db import table
from app.kernel.errors import BadInputError, DomainError, NotAllowedError, RuleBrokenError, StaleError
from app.organisation.models import Directorate, Person
from tests.capability.conftest import Scene
from tests.client import document

_event = table(AuditEvent)
FIRST, LAST = date(2027, 1, 14), date(2027, 1, 15)


@pytest.fixture
def admin(scene: Scene) -> Person:
    return scene.world.with_role(Role.QI_ADMIN)


def wanted(**more: object) -> Wanted:
    return Wanted(**({"starts_on": FIRST, "ends_on": LAST, "places": 30} | more))  # type: ignore[arg-type]


def planned(scene: Scene, admin: Person, command: PlanCohorts | None = None) -> list[CohortRow]:
    world = scene.world
    with world.db.write() as session:
        made = plan_cohorts(
            session, world.actor(admin), command or PlanCohorts(tier="pocket-qi", wanted=wanted()), world.now
        )
        return [cohort_by_id(session, one.id) for one in made]


def change(scene: Scene, admin: Person, cohort: CohortRow, **more: object) -> bool:
    command = ChangeCohort(cohort_id=cohort.id, seen=cohort.seen, wanted=wanted(**more))
    with scene.world.db.write() as session:
        return change_cohort(session, scene.world.actor(admin), command, scene.world.now)


def test_a_series_keeps_its_day_of_the_month_and_ends_in_time() -> None:
    assert list(series(date(2027, 1, 31), date(2027, 4, 30), 1)) == [
        date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30),
    ]  # fmt: skip


def test_places_are_kept_shared_or_for_somebody_else() -> None:
    assert share_of(30, {}, 1) == Share(0, 30)
    assert share_of(30, {1: None}, 1) == Share(30, 0), "for one directorate alone it is all its own"
    assert share_of(30, {1: 12, 2: None}, 1) == Share(12, 0)
    assert share_of(30, {1: 12, 2: None, 3: None}, 2) == Share(0, 18)
    assert share_of(30, {1: 12}, 2) == Share()
    assert share_of(30, {1: 12}, 1) == Share(30, 0), "nobody else may take the rest"
    assert [share_of(24, {1: 6, 2: 4}, one) for one in (1, 2)] == [Share(6, 14), Share(4, 14)], "none is for nobody"


def test_a_series_of_cohorts_is_planned_with_one_deed_each(scene: Scene, admin: Person) -> None:
    command = PlanCohorts(tier="pocket-qi", wanted=wanted(), until=date(2027, 4, 14), every_months=1)
    made = planned(scene, admin, command)
    assert [(c.starts_on, c.ends_on, c.places) for c in made] == [
        (date(2027, m, 14), date(2027, m, 15), 30) for m in (1, 2, 3, 4)
    ]
    assert made[1].title == "Pocket QI, February 2027"
    with scene.world.db.read() as session:
        deeds = session.scalars(sa.select(_event.c.action).where(_event.c.entity == "cohort")).all()
        assert list(deeds) == ["plan cohort"] * 4
        found = cohorts_between(session, date(2027, 2, 1), date(2027, 3, 31))
    assert offered(found, scene.directorate_id) == {"pocket-qi": Share(0, 60)}


def test_what_was_before_a_change_stays_in_the_log(scene: Scene, admin: Person) -> None:
    [cohort] = planned(scene, admin)
    assert change(scene, admin, cohort, places=24, kept=((scene.directorate_id, 10),))
    with scene.world.db.read() as session:
        now = cohort_by_id(session, cohort.id)
        kept = {v.field: (v.before, v.after) for v in session.scalars(sa.select(AuditValue))}
    assert (now.places, now.by_directorate) == (24, {scene.directorate_id: 10})
    assert kept["places"] == ("30", "24")
    assert not change(scene, admin, now, places=24, kept=((scene.directorate_id, 10),)), "the same again is no change"


def test_a_dropped_cohort_counts_no_more_and_says_why(scene: Scene, admin: Person) -> None:
    [cohort] = planned(scene, admin)
    for reason, right in ((" ", False), ("No room", True), ("Once more", True)):
        command = DropCohort(cohort_id=cohort.id, reason=reason)
        with scene.world.db.write() as session:
            if right:
                drop_cohort(session, scene.world.actor(admin), command, scene.world.now)
                continue
            with pytest.raises(BadInputError):
                drop_cohort(session, scene.world.actor(admin), command, scene.world.now)
    with scene.world.db.read() as session:
        assert cohorts_between(session, FIRST, LAST) == []
        [row] = cohorts(session, scene.world.today)
    assert (row.state, row.why_dropped) == (CohortState.DROPPED, "No room")
    with pytest.raises(RuleBrokenError):
        change(scene, admin, row, places=12)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"places": 0}, "places"), ({"places": 501}, "places"), ({"starts_on": date(2026, 11, 22)}, "starts_on"),
     ({"ends_on": date(2027, 1, 13)}, "ends_on"), ({"kept": ((999, None),)}, "kept"), ({"title": "x" * 121}, "title")],
)  # fmt: skip
def test_what_cannot_be_planned_is_said_beside_its_field(
    scene: Scene, admin: Person, more: dict[str, object], field: str
) -> None:
    with pytest.raises(BadInputError) as wrong:
        planned(scene, admin, PlanCohorts(tier="pocket-qi", wanted=wanted(**more)))
    assert field in wrong.value.errors


def test_no_more_places_are_kept_than_there_are(scene: Scene, admin: Person) -> None:
    with pytest.raises(BadInputError) as wrong:
        planned(scene, admin, PlanCohorts(tier="pocket-qi", wanted=wanted(kept=((scene.directorate_id, 31),))))
    assert set(wrong.value.errors) == {"kept"}


def test_a_series_without_end_is_refused(scene: Scene, admin: Person) -> None:
    with pytest.raises(BadInputError) as wrong:
        planned(scene, admin, PlanCohorts(tier="pocket-qi", wanted=wanted(), until=date(2090, 1, 1)))
    assert set(wrong.value.errors) == {"until"}


def test_only_the_qi_team_plans_cohorts(scene: Scene) -> None:
    with pytest.raises(NotAllowedError):
        planned(scene, scene.lead)


def test_two_who_change_one_cohort_at_once_do_not_both_win(scene: Scene, admin: Person) -> None:
    [cohort] = planned(scene, admin)
    done: list[str] = []

    def give(places: int) -> None:
        try:
            change(scene, admin, cohort, places=places)
            done.append("changed")
        except DomainError as error:
            done.append(type(error).__name__)

    threads = [threading.Thread(target=give, args=(places,)) for places in (20, 25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["StaleError", "changed"]


def test_the_pages_plan_change_and_drop(scene: Scene, admin: Person) -> None:
    client = scene.world.client(admin)
    form = {"tier": "pocket-qi", "starts_on": "14 January 2027", "ends_on": "15 January 2027", "places": "30"}
    bad = client.post("/cohorts/plan", data=form | {"places": "many", "note": "Kept words"})
    assert (bad.status_code, "Enter how many places" in bad.text, "Kept words" in bad.text) == (422, True, True)
    place = {"for": str(scene.directorate_id), f"kept-{scene.directorate_id}": "12"}
    client.post("/cohorts/plan", data=form | place | {"until": "14 March 2027", "every_months": "1"})
    said = document(client.get("/cohorts")).text
    assert "3 cohorts are planned, with 90 places in all." in said
    assert "14 to 15 Jan 2027" in said
    assert "Medicine (12 places)" in said
    with scene.world.db.read() as session:
        cohort, *_ = cohorts(session, scene.world.today)
    address = f"/cohorts/{cohort.id}"
    opened = client.get(f"{address}/change").text
    assert f'value="{cohort.seen}"' in opened
    assert change(scene, admin, cohort, places=20)
    stale = client.post(f"{address}/change", data=form | {"seen": cohort.seen, "places": "25"})
    assert (stale.status_code, "20 places" in stale.text, "25 places" in stale.text) == (409, True, True)
    with scene.world.db.read() as session:
        now = cohort_by_id(session, cohort.id)
    client.post(f"{address}/change", data=form | {"seen": now.seen, "places": "25"})
    client.post(f"{address}/drop", data={"reason": "No room"})
    assert "No room" in client.get("/cohorts").text
    assert "Dropped on" in client.get(address).text


def test_a_stale_change_is_refused_in_the_command(scene: Scene, admin: Person) -> None:
    [cohort] = planned(scene, admin)
    change(scene, admin, cohort, places=20)
    with pytest.raises(StaleError):
        change(scene, admin, cohort, places=25)


def test_a_directorate_that_was_closed_since_stays_until_somebody_takes_it_off(scene: Scene, admin: Person) -> None:
    surgery = scene.world.directorate("Surgery").id
    kept = ((scene.directorate_id, None), (surgery, 9))
    [cohort] = planned(scene, admin, PlanCohorts(tier="pocket-qi", wanted=wanted(kept=kept)))
    with scene.world.db.write() as session:
        place = table(Directorate)
        session.execute(sa.update(place).where(place.c.id == surgery).values(ends_on=scene.world.today))
    client, address = scene.world.client(admin), f"/cohorts/{cohort.id}/change"
    assert "Surgery (closed)" in document(client.get(address)).text
    form = {
        "starts_on": "14 January 2027", "ends_on": "15 January 2027", "places": "24", "seen": cohort.seen,
        "for": [str(scene.directorate_id), str(surgery)], f"kept-{surgery}": "9",
    }  # fmt: skip
    client.post(address, data=form)
    with scene.world.db.read() as session:
        now = cohort_by_id(session, cohort.id)
    assert (now.places, now.by_directorate) == (24, dict(kept))
    with pytest.raises(BadInputError) as wrong:
        planned(scene, admin, PlanCohorts(tier="pocket-qi", wanted=wanted(kept=kept)))
    assert set(wrong.value.errors) == {"kept"}


def test_an_empty_form_says_all_at_once_what_it_needs(scene: Scene, admin: Person) -> None:
    empty = {"tier": "", "starts_on": "", "ends_on": "", "places": ""}
    answer = scene.world.client(admin).post("/cohorts/plan", data=empty)
    assert answer.status_code == 422
    for said in (
        "Choose the level",
        "Enter the first day, such as 31 March 2027",
        "Enter the last day, such as 31 March 2027: the first day again, if it lasts one day",
        "Enter how many places, from 1 to 500",
    ):
        assert said in document(answer).text
