"""A directorate becomes part of another: what hangs on it goes there, and the past stays where it was."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.access.actor import SYSTEM, ScopeKind
from app.access.permissions import Permission, Role
from app.accounts.models import RoleGrant
from app.capability.commands import BeginRule, SaveView, begin_rule, previewed, save_view
from app.capability.models import NeedRule, Requirement, SavedView
from app.capability.need_rules import By, Conditions, DueFrom
from app.cohorts.commands import PlanCohorts, Wanted, plan_cohorts
from app.cohorts.models import CohortDirectorate
from app.kernel import audit
from app.kernel.db import table
from app.kernel.errors import BadInputError, NotFoundError, StaleError
from app.organisation.models import Directorate, Employment, Person, Team
from app.planning.commands import MergeDirectorates, NewTarget, SetTargets, merge_directorates, set_targets
from app.planning.merging import Aimed, aimed_together, name_for, view_after
from app.planning.queries.merging import Merger, merger
from app.planning.queries.targets import open_targets
from app.planning.rules import TargetKind, people_wanted
from tests.capability.conftest import SPRING, Scene
from tests.invariants import check_invariants

AIMED = st.builds(Aimed, st.just(TargetKind.PER_CENT), st.integers(1, 100).map(float), st.integers(0, 500)) | st.builds(
    Aimed, st.just(TargetKind.ABSOLUTE), st.integers(1, 50).map(float), st.integers(0, 500)
)


@pytest.fixture
def admin(scene: Scene) -> Person:
    return scene.world.with_role(Role.QI_ADMIN, team=scene.world.team("Office", "Corporate"))


def look(scene: Scene, admin: Person, on: date | None = None) -> Merger:
    world = scene.world
    with world.db.read() as session:
        into = world.directorate("Surgery").id
        return merger(session, scene.actor(admin), scene.directorate_id, into, on or world.today, world.today)


def merge(scene: Scene, admin: Person, on: date | None = None) -> Merger:
    world, shown = scene.world, look(scene, admin, on)
    command = MergeDirectorates(directorate_id=shown.gone.id, into_id=shown.into.id, on=shown.on, mark=shown.mark)
    with world.db.write() as session:
        return merge_directorates(session, scene.actor(admin), command, world.now)


def posts(scene: Scene, person: Person) -> list[tuple[str, str, date, date | None, int | None]]:
    sql = sa.text(
        "SELECT d.name, t.name, e.starts_on, e.ends_on, e.manager_id FROM employment e JOIN team t ON t.id = e.team_id "
        "JOIN directorate d ON d.id = t.directorate_id WHERE e.person_id = :who ORDER BY e.starts_on, e.id"
    ).columns(starts_on=sa.Date, ends_on=sa.Date)
    with scene.world.db.read() as session:
        return [tuple(row) for row in session.execute(sql, {"who": person.id})]


def test_teams_and_people_go_with_their_managers_and_every_day_counts_where_it_then_was(
    scene: Scene, admin: Person
) -> None:
    world, today = scene.world, scene.world.today
    managed = world.hire("May", "Managed", team=world.team("Larch", "Medicine"), manager_id=scene.anna.id)
    same = world.hire("Una", "Under", team=world.team("Rowan", "Surgery"))
    before = len(scene.board(today - timedelta(days=1)).members)
    shown = merge(scene, admin)
    assert [(t.name, t.into_id > 0) for t in shown.teams] == [("Larch", False), ("Management", True), ("Rowan", True)]
    ended = posts(scene, managed)[0][2]
    assert posts(scene, managed) == [
        ("Medicine", "Larch", ended, today, scene.anna.id),
        ("Surgery", "Larch", today, None, scene.anna.id),
    ]
    assert posts(scene, scene.ben)[-1][:2] == posts(scene, same)[-1][:2] == ("Surgery", "Rowan")
    assert len(scene.board(today - timedelta(days=1)).members) == before, "the days before stay where they were"
    assert len(scene.board(today).members) == 0
    with world.db.read() as session:
        gone = session.get(Directorate, shown.gone.id)
        assert gone is not None
        assert (gone.ends_on, gone.successor_id) == (today, shown.into.id)
    check_invariants(world.db)


def test_a_lead_goes_on_leading_the_teams_that_they_led_and_no_more(scene: Scene, admin: Person) -> None:
    world = scene.world
    theirs = world.team("Theatre", "Surgery")
    merge(scene, admin)
    larch = world_team(scene, "Larch", "Surgery")
    reach = scene.actor(scene.lead).reach
    assert reach(Permission.SET_NEED).covers(ScopeKind.TEAM, larch)
    assert not reach(Permission.SET_NEED).covers(ScopeKind.TEAM, theirs.id, world.directorate("Surgery").id)
    with world.db.read() as session:
        g = table(RoleGrant).c
        granted = session.execute(sa.select(g.scope_kind, g.scope_id).where(g.person_id == scene.lead.id)).all()
    kept = [row.scope_id for row in granted if row.scope_kind is ScopeKind.DIRECTORATE]
    assert kept == [scene.directorate_id], "for the days before"
    assert len(granted) == 4
    page = world.client(scene.lead).get("/teams?team=all")
    assert page.status_code == 200
    assert "Nguyễn, Ben" in page.text
    assert "Kim" not in page.text


def world_team(scene: Scene, name: str, directorate: str) -> int:
    sql = sa.text(
        "SELECT t.id FROM team t JOIN directorate d ON d.id = t.directorate_id WHERE t.name = :team AND d.name = :home"
    )
    with scene.world.db.read() as session:
        return int(session.scalar(sql, {"team": name, "home": directorate}))


def test_a_rule_goes_on_asking_the_same_people_by_the_same_days(scene: Scene, admin: Person) -> None:
    world = scene.world
    matron = world.hire("Mary", "Matron", team=world.team("Larch", "Medicine"), band="8a")
    other = world.hire("Olga", "Other", team=world.team("Theatre", "Surgery"), band="8a")
    command = BeginRule(
        name="Seniors", tier="pocket-qi", directorate_id=scene.directorate_id, team_id=None,
        conditions=Conditions(band_from="8a"), by=By(DueFrom.DATE, SPRING), why="Because", starts_on=world.today,
    )  # fmt: skip
    with world.db.write() as session:
        _, shown = previewed(session, scene.actor(), command, world.now)
        begin_rule(session, scene.actor(), replace(command, mark=shown.mark), world.now)
    world.later(days=30)
    merge(scene, admin)
    r, n = table(Requirement).c, table(NeedRule).c
    with world.db.read() as session:
        needs = session.execute(sa.select(r.person_id, r.due, r.rule_id).where(r.superseded_at.is_(None))).all()
        rules = session.execute(sa.select(n.id, n.team_id).where(n.ended_at.is_(None))).all()
    assert [(need.person_id, need.due) for need in needs] == [(matron.id, SPRING)], f"and not {other.name}"
    assert {need.rule_id for need in needs} <= {rule.id for rule in rules}
    assert all(rule.team_id for rule in rules)
    check_invariants(world.db)


def test_targets_become_one_cohorts_keep_their_places_and_views_show_the_same_people(
    scene: Scene, admin: Person
) -> None:
    world, (medicine, surgery) = scene.world, (scene.directorate_id, scene.world.directorate("Surgery").id)
    world.hire("Una", "Under", team=world.team("Theatre", "Surgery"))
    actor = scene.actor(admin)
    with world.db.write() as session:
        for home, kind, value in ((medicine, TargetKind.PER_CENT, 50.0), (surgery, TargetKind.ABSOLUTE, 2.0)):
            new = NewTarget(tier="pocket-qi", kind=kind, value=value)
            set_targets(
                session, actor, SetTargets(directorate_id=home, year=2026, targets=(new,), reason="So"), world.now
            )
        days = (date(2027, 2, 1), date(2027, 2, 28))
        wanted = Wanted(starts_on=days[0], ends_on=days[1], places=20, kept=((medicine, 5), (surgery, 3)))
        [cohort] = plan_cohorts(session, actor, PlanCohorts(tier="pocket-qi", wanted=wanted), world.now)
        larch = world.team("Larch", "Medicine").id
        query = {"directorate": str(medicine), "team": str(larch)}
        view = save_view(session, scene.actor(), SaveView("Mine", query), world.now)
        cohort_id, view_id = cohort.id, view.id
    staff = len(scene.board().members)
    merge(scene, admin)
    with world.db.read() as session:
        [target] = open_targets(session, [medicine, surgery], 2026)
        assert (target.directorate_id, target.kind) == (surgery, TargetKind.ABSOLUTE)
        assert target.value == people_wanted(TargetKind.PER_CENT, 50, staff) + 2
        f = table(CohortDirectorate).c
        kept = session.execute(sa.select(f.directorate_id, f.places).where(f.cohort_id == cohort_id)).all()
        assert [tuple(row) for row in kept] == [(surgery, 8)]
        after = session.get(SavedView, view_id)
        assert after is not None
        assert after.query == {"directorate": str(surgery), "team": str(world_team(scene, "Larch", "Surgery"))}


def test_what_has_changed_since_the_preview_is_shown_again_and_nothing_is_done(scene: Scene, admin: Person) -> None:
    world = scene.world
    client = world.client(admin)
    page = client.get(f"/structure/directorates/{scene.directorate_id}/merge")
    assert "Today or an earlier day. For example, 23 November 2026" in page.text
    assert client.submit(page, into="", first="soon").status_code == 422
    tomorrow = client.submit(page, into=str(world.directorate("Surgery").id), first="24 November 2026")
    assert "The day must be today or earlier" in tomorrow.text
    shown = client.submit(page, into=str(world.directorate("Surgery").id), first="23 November 2026")
    assert "3 teams and 4 people" in shown.text
    assert "Teresa Hollis: Directorate lead, from today on in 3 teams that were theirs." in shown.text
    world.hire("New", "Comer", team=world.team("Larch", "Medicine"), starts_on=world.today - timedelta(days=1))
    stale = client.submit(shown)
    assert stale.status_code == 409
    assert "Something has changed since this preview" in stale.text
    assert "3 teams and 5 people" in stale.text
    done = client.submit(stale)
    assert done.status_code == 303
    structure = client.follow(done)
    assert "Medicine is part of Surgery now." in structure.text
    assert "Part of Surgery since 23 November 2026" in structure.text
    assert client.get(f"/structure/directorates/{scene.directorate_id}/merge").status_code == 404


def test_a_day_on_which_it_cannot_be_is_refused_with_the_remedy(scene: Scene, admin: Person) -> None:
    world = scene.world
    world.team("Late", "Medicine")
    with world.db.write() as session:
        session.scalars(sa.select(Team).where(table(Team).c.name == "Late")).one().starts_on = world.today
    with pytest.raises(BadInputError) as wrong:
        look(scene, admin)
    assert "close that team first" in wrong.value.errors["first"]
    with pytest.raises(NotFoundError), world.db.read() as session:
        merger(session, scene.actor(), scene.directorate_id, world.directorate("Surgery").id, world.today, world.today)


def test_whoever_begins_later_begins_in_the_other_directorate(scene: Scene, admin: Person) -> None:
    world = scene.world
    soon = world.today + timedelta(days=5)
    later = world.hire("Late", "Comer", team=world.team("Larch", "Medicine"), starts_on=soon)
    today = world.hire("Today", "Comer", team=world.team("Larch", "Medicine"), starts_on=world.today)
    merge(scene, admin)
    assert [post[:3] for post in posts(scene, later)] == [("Surgery", "Larch", soon)]
    assert [post[:3] for post in posts(scene, today)] == [("Surgery", "Larch", world.today)]
    check_invariants(world.db)


def test_two_who_merge_at_once_merge_once(scene: Scene, admin: Person) -> None:
    world, shown = scene.world, look(scene, admin)
    command = MergeDirectorates(directorate_id=shown.gone.id, into_id=shown.into.id, on=shown.on, mark=shown.mark)
    start, said = threading.Barrier(2), []
    actor = scene.actor(admin)

    def run() -> None:
        start.wait()
        try:
            with world.db.write() as session:
                merge_directorates(session, actor, command, world.now)
            said.append("merged")
        except (StaleError, NotFoundError) as refused:
            said.append(type(refused).__name__)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["NotFoundError", "merged"]
    check_invariants(world.db)


def test_a_second_post_goes_along_as_the_second(scene: Scene, admin: Person) -> None:
    world = scene.world
    e = table(Employment)
    with world.db.write() as session:
        own = session.execute(sa.select(e).where(e.c.person_id == scene.stranger.id)).one()
        values = dict(own._mapping) | {
            "id": None, "is_primary": False, "team_id": world.team("Larch", "Medicine").id, "assignment_number": "2",
        }  # fmt: skip
        second = Employment(**{k: v for k, v in values.items() if k != "id"})
        session.add(second)
        session.flush()
        audit.record(session, SYSTEM, "hire", "employment", second.id, now=world.now)
    merge(scene, admin)
    with world.db.read() as session:
        rows: Any = session.execute(
            sa.select(e.c.is_primary, e.c.ends_on).where(e.c.person_id == scene.stranger.id).order_by(e.c.id)
        ).all()
    assert [(row.is_primary, row.ends_on) for row in rows] == [(True, None), (False, world.today), (False, None)]
    check_invariants(world.db)


@given(AIMED, st.none() | AIMED)
def test_one_target_asks_for_as_many_as_two_did(gone: Aimed, into: Aimed | None) -> None:
    both = sum(people_wanted(one.kind, one.value, one.staff) for one in (gone, into) if one)
    after = aimed_together(gone, into)
    if after is None:
        assert both == 0
        return
    kind, value = after
    staff = gone.staff + (into.staff if into else 0)
    assert abs(people_wanted(kind, value, staff) - both) <= 2 + staff // 1000
    assert value > 0


def test_a_name_that_is_taken_is_told_apart_and_a_view_of_elsewhere_stays() -> None:
    assert name_for("Larch", "Medicine", {"Rowan"}) == "Larch"
    assert name_for("Larch", "Medicine", {"Larch"}) == "Larch (Medicine)"
    assert name_for("Larch", "Medicine", {"Larch", "Larch (Medicine)"}) == "Larch (2)"
    assert len(name_for("L" * 120, "Medicine", {"L" * 120})) <= 120
    elsewhere = {"directorate": "3", "team": "9", "band": "5"}
    assert view_after(elsewhere, 1, 2, {7: 8}) == elsewhere
    assert view_after({"team": "7", "directorate": "1"}, 1, 2, {7: 8}) == {"team": "8", "directorate": "2"}


def test_whatever_else_is_known_of_a_post_goes_along(scene: Scene, admin: Person) -> None:
    own = {"id", "team_id", "starts_on", "ends_on"}
    e, other = table(Employment).c, [c for c in table(Employment).c if c.name not in own]
    with scene.world.db.write() as session:
        session.execute(sa.update(Employment).where(e.person_id == scene.anna.id).values(pattern="Part time"))
    merge(scene, admin)
    with scene.world.db.read() as session:
        before, after = session.execute(sa.select(*other).where(e.person_id == scene.anna.id).order_by(e.id)).all()
    assert after == before
    assert after.pattern == "Part time"
