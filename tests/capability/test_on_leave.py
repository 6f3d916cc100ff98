"""While somebody is on long leave no clock runs against them, and when they are back each goes on where it stopped."""

from datetime import date, timedelta

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.accounts import weekly
from app.capability.board import Which
from app.capability.commands import remind
from app.capability.queries.waiting import waiting
from app.capability.rules import Need, PauseReason, State
from app.evidence.queries import own_evidence
from app.evidence.rules import Period
from app.kernel import outbox
from app.kernel.db import table
from app.kernel.outbox import Mail
from app.learning.queries import holdings
from app.organisation.models import Person
from app.organisation.rules import LeaveKind
from tests.capability.conftest import Count, Scene
from tests.capability.test_deciding import notices
from tests.client import document
from tests.organisation.away import come_back, go_on_leave


def reminded(scene: Scene) -> int:
    with scene.world.db.write() as session:
        return remind(session, SYSTEM, scene.world.now)


def overdue(scene: Scene, on: date | None = None) -> list[str]:
    return [entry.member.name for entry in scene.board(on).entries(Which.OVERDUE)]


def mailed(scene: Scene, person: Person) -> int:
    with scene.world.db.write() as session:
        weekly.gather(session, scene.world.settings, scene.world.now)
    with scene.world.db.read() as session:
        wanted = sa.select(sa.func.count()).where(table(Mail).c.person_id == person.id)
        return session.scalars(wanted).one()


def test_a_need_is_not_overdue_during_a_leave_and_its_date_moves_by_the_leaves_days(scene: Scene) -> None:
    world, due = scene.world, scene.world.today + timedelta(days=20)
    scene.decide(scene.anna, scene.ben, due=due)
    world.later(days=10)
    leave = go_on_leave(world, scene.anna)
    world.later(days=60)
    assert overdue(scene) == [scene.ben.name]
    assert scene.standing(scene.anna).away
    come_back(world, leave)
    standing = scene.standing(scene.anna)
    assert (standing.due, standing.moved, standing.away) == (due + timedelta(days=60), 60, False)
    world.later(days=10)
    assert overdue(scene) == [scene.ben.name], "it is due today"
    world.later(days=1)
    assert overdue(scene) == [scene.ben.name, scene.anna.name]


def test_what_was_late_before_a_leave_waits_until_they_are_back(scene: Scene) -> None:
    scene.decide(scene.anna, due=scene.world.today + timedelta(days=1))
    scene.world.later(days=5)
    assert overdue(scene) == [scene.anna.name]
    leave = go_on_leave(scene.world, scene.anna)
    assert overdue(scene) == []
    scene.world.later(days=100)
    come_back(scene.world, leave)
    assert overdue(scene) == [scene.anna.name]
    assert scene.standing(scene.anna).moved == 0


def test_the_board_of_an_earlier_day_says_who_was_on_leave_then(scene: Scene) -> None:
    world, due = scene.world, scene.world.today + timedelta(days=5)
    scene.decide(scene.anna, due=due)
    world.later(days=2)
    leave = go_on_leave(world, scene.anna)
    then = world.today + timedelta(days=10)
    world.later(days=100)
    come_back(world, leave)
    assert [m.name for m in scene.board(then).members if m.away] == [scene.anna.name]
    assert overdue(scene, then) == []
    assert not any(m.away for m in scene.board().members)


def test_a_level_is_to_be_refreshed_later_and_says_so_the_same_everywhere(scene: Scene) -> None:
    world, earned = scene.world, date(2024, 3, 4)
    scene.complete(scene.anna, "pocket-qi", earned)
    go_on_leave(world, scene.anna, date(2025, 1, 6), date(2025, 7, 7))
    moved = (date(2025, 7, 7) - date(2025, 1, 6)).days
    until = date(2027, 3, 4) + timedelta(days=moved)
    with world.db.read() as session:
        held = holdings(session, [scene.anna.id], world.today)[scene.anna.id]["pocket-qi"]
        own = own_evidence(session, world.actor(scene.anna), Period(earned, world.today), world.today)
    assert (held.valid_until, held.moved) == (until, moved)
    assert [(line.held_until, line.moved) for line in own.levels] == [(until, moved)]
    world.later(days=150)
    progress = scene.standing(scene.anna).progress
    assert (progress.state, progress.on) == (State.REFRESH_BY, until)
    page = document(world.client(scene.anna).get("/my-skills")).text
    assert f"Refresh by {until:%-d %B %Y}, moved by {moved} days of leave" in page
    lead = document(world.client(scene.lead).get(f"/teams/people/{scene.anna.id}")).text
    assert f"moved by {moved} days of leave" in lead
    assert "Parental" not in lead


def test_a_level_that_lapsed_before_the_leave_is_not_called_overdue_during_it(scene: Scene) -> None:
    scene.complete(scene.anna, "pocket-qi", scene.world.today - timedelta(days=3 * 366))
    assert scene.standing(scene.anna).progress.state is State.REFRESH_OVERDUE
    leave = go_on_leave(scene.world, scene.anna)
    assert scene.standing(scene.anna).progress.state is State.REFRESH_AFTER_LEAVE
    scene.world.later(days=9)
    come_back(scene.world, leave)
    assert scene.standing(scene.anna).progress.state is State.REFRESH_OVERDUE


def test_evidence_counts_a_level_that_a_leave_has_kept_from_lapsing(scene: Scene) -> None:
    world = scene.world
    scene.complete(scene.anna, "pocket-qi", date(2023, 6, 5))
    period = Period(world.today - timedelta(days=365), world.today)
    with world.db.read() as session:
        assert own_evidence(session, world.actor(scene.anna), period, world.today).levels == ()
    go_on_leave(world, scene.anna, date(2025, 6, 2), date(2026, 6, 1))
    with world.db.read() as session:
        [line] = own_evidence(session, world.actor(scene.anna), period, world.today).levels
    assert line.held_until == date(2026, 6, 5) + timedelta(days=364)
    assert scene.standing(scene.anna).progress.state is State.COMPLETED
    world.later(days=60)
    assert scene.standing(scene.anna).progress.on == line.held_until


def test_nobody_on_leave_is_reminded_and_the_moved_date_gets_words_of_its_own(scene: Scene) -> None:
    world, due = scene.world, scene.world.today + timedelta(days=10)
    scene.decide(scene.anna, tier="induction", due=due)
    requirement = scene.standing(scene.anna, "induction").seen
    assert reminded(scene) == 1
    leave = go_on_leave(world, scene.anna)
    world.later(days=1)
    assert reminded(scene) == 0
    assert not notices(scene)[f"due-soon:{requirement}"], "it names a date that is no longer true"
    assert mailed(scene, scene.anna) == 0
    assert notices(scene)[f"assigned:{requirement}"], "what a lead asked waits until they are back"
    world.later(days=99)
    assert [reminded(scene), mailed(scene, scene.anna)] == [0, 0]
    come_back(world, leave)
    assert [reminded(scene), reminded(scene)] == [1, 0]
    assert notices(scene)[f"due-soon:moved 100:{requirement}"]
    world.later(days=11)
    assert [reminded(scene), reminded(scene)] == [1, 0]
    assert notices(scene)[f"overdue:moved 100:{requirement}"]
    assert mailed(scene, scene.anna) == 1


def test_mails_that_open_an_account_reach_somebody_on_leave(scene: Scene) -> None:
    from app.worker import may_receive

    go_on_leave(scene.world, scene.anna)
    with scene.world.db.write() as session:
        outbox.tell(session, key="k", person_id=scene.anna.id, kind="assigned", line="Do it.", now=scene.world.now)
        assert may_receive(session, {scene.anna.id}, scene.world.now) == {scene.anna.id}
    scene.world.later(days=1)
    assert mailed(scene, scene.anna) == 0


def test_a_pause_that_ends_during_a_leave_asks_nobody_to_decide_before_it_is_over(scene: Scene) -> None:
    until = scene.world.today + timedelta(days=5)
    scene.decide(scene.anna, need=Need.PAUSED, due=until, pause_reason=PauseReason.OTHER)
    leave = go_on_leave(scene.world, scene.anna)
    scene.world.later(days=9)

    def asks() -> tuple[int, int]:
        with scene.world.db.read() as session:
            rows = waiting(session, scene.actor(), scene.world.now).pauses
        return len(rows), len(scene.board().entries(Which.PAUSE_OVER))

    assert asks() == (0, 0)
    come_back(scene.world, leave)
    assert asks() == (1, 1)


def test_leads_see_that_somebody_is_on_leave_and_never_what_kind(scene: Scene) -> None:
    scene.decide(scene.anna)
    go_on_leave(scene.world, scene.anna, kind=LeaveKind.CAREER_BREAK)
    client = scene.world.client(scene.lead)
    for address in (f"/teams?directorate={scene.directorate_id}&team=0", f"/teams/people/{scene.anna.id}"):
        page = document(client.get(address)).text
        assert "on leave" in page
        assert "areer" not in page
    assert client.get(f"/people/{scene.anna.id}").status_code == 403
    hr = scene.world.client(scene.world.with_role(Role.HR))
    assert "Career break" in document(hr.get(f"/people/{scene.anna.id}")).text


def test_leave_costs_the_matrix_no_statement_a_person(scene: Scene, statements: Count) -> None:
    client = scene.world.client(scene.lead)
    address = f"/teams?directorate={scene.directorate_id}&team=0"
    client.get(address)
    before = statements(lambda: client.get(address))
    for _ in range(5):
        person = scene.world.hire(team=scene.world.team("Larch", "Medicine"))
        scene.decide(person)
        go_on_leave(scene.world, person)
    assert statements(lambda: client.get(address)) == before
