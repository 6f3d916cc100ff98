"""A course is completed exactly where its edition's rule holds, once, and the level follows from it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import NotFoundError, RuleBrokenError
from app.learning import commands, queries
from app.learning.models import Enrolment, Outcome
from app.learning.rules import EnrolmentSource
from tests.client import document
from tests.learning.learner import INDUCTION, PARTNERS, POCKET, Learner, one_course
from tests.world import World


def audited(world: World, entity: str) -> list[str]:
    event = table(AuditEvent)
    with world.db.read() as session:
        return list(session.scalars(sa.select(event.c.action).where(event.c.entity == entity).order_by(event.c.id)))


def held(learner: Learner, on: date) -> dict[str, queries.Holding]:
    with learner.world.db.read() as session:
        return queries.holdings(session, [learner.person_id], on).get(learner.person_id, {})


def test_the_last_thing_that_a_course_requires_completes_it_and_nothing_before_does(learner: Learner) -> None:
    *but_one, last = learner.view.completion
    for key in but_one:
        learner.do(key)
        assert not learner.course.is_completed
    assert held(learner, learner.world.today) == {}
    learner.do(last)
    assert learner.course.is_completed
    assert not learner.course.is_open
    assert held(learner, learner.world.today)["induction"].granted_on == learner.world.today


@pytest.mark.parametrize("missing", ["read-why-everyone", "find-my-helpers", "my-idea", "check"])
def test_everything_but_one_does_not_complete_it_whatever_the_one_is(learner: Learner, missing: str) -> None:
    for key in learner.view.completion:
        if key != missing:
            learner.do(key)
    assert not learner.course.is_completed
    learner.do(missing)
    assert learner.course.is_completed


def test_each_thing_that_changed_is_written_down_once(learner: Learner) -> None:
    for key in learner.view.completion:
        learner.do(key)
    assert audited(learner.world, "enrolment") == ["enrol", "start course", "complete course"]
    assert audited(learner.world, "outcome") == ["record outcome"] * len(learner.view.completion)
    assert audited(learner.world, "award_event") == ["grant award"]


def test_the_same_outcome_sent_twice_is_one(learner: Learner) -> None:
    first, second = learner.do("check"), learner.do("check")
    assert first.id == second.id
    with learner.world.db.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(table(Outcome))) == 1
    assert audited(learner.world, "outcome") == ["record outcome"]


def test_nobody_completes_a_course_of_which_a_part_is_not_yet_open(unfinished: World) -> None:
    learner = Learner(unfinished, unfinished.hire().id, POCKET)
    learner.enrol()
    for activity in learner.view.activities:
        learner.do(activity.key)
    assert learner.course.is_open
    assert learner.course.to_do is None
    assert held(learner, unfinished.today) == {}


def test_what_was_done_before_joining_counts(taught: World) -> None:
    """Halves join across cohorts: an outcome does not belong to one enrolment."""
    learner = Learner(taught, taught.hire().id)
    for key in learner.view.completion:
        learner.do(key, ago=timedelta(days=30))
    learner.enrol()
    assert learner.course.is_completed
    assert held(learner, taught.today)["induction"].granted_on == taught.today - timedelta(days=30)


def test_a_completed_course_is_begun_again_only_when_asked_and_the_first_time_is_kept(learner: Learner) -> None:
    for key in learner.view.completion:
        learner.do(key)
    with pytest.raises(RuleBrokenError, match="Begin again"):
        learner.enrol()
    with pytest.raises(RuleBrokenError, match="24 November 2026"):
        learner.enrol(again=True)
    learner.world.later(days=400)
    again = learner.enrol(again=True)
    assert again.episode == 2
    assert learner.course.finished == {}
    learner.do("check")
    assert set(learner.course.finished) == {"check"}
    with learner.world.db.read() as session:
        episodes = queries.enrolments_of(session, learner.person_id)
    assert [(e.episode, e.completed_at is not None) for e in episodes] == [(2, False), (1, True)]


def test_completing_it_again_refreshes_the_level(learner: Learner) -> None:
    for key in learner.view.completion:
        learner.do(key)
    first = learner.world.today
    learner.world.later(days=400)
    learner.enrol(again=True)
    for key in learner.view.completion:
        learner.do(key)
    holding = held(learner, learner.world.today)["induction"]
    assert (holding.first_granted_on, holding.granted_on) == (first, learner.world.today)
    assert held(learner, first)["induction"].granted_on == first


def test_joining_twice_is_being_on_it_once(learner: Learner) -> None:
    assert learner.enrol().id == learner.enrol().id
    with learner.world.db.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(table(Enrolment))) == 1


def test_a_starter_finds_themselves_on_induction_once_even_after_moving(taught: World) -> None:
    person = taught.hire()
    learner = Learner(taught, person.id)
    with taught.db.write() as session:
        first = commands.enrol_starter(session, SYSTEM, person.id, taught.now)
    assert first is not None
    assert first.source is EnrolmentSource.STARTER
    for key in learner.view.completion:
        learner.do(key)
    taught.later(days=30)
    taught.move(person, taught.team("Ward 8"))
    with taught.db.write() as session:
        assert commands.enrol_starter(session, SYSTEM, person.id, taught.now) is None


def test_staff_cannot_join_the_partners_course_nor_partners_the_staffs(taught: World) -> None:
    staff = Learner(taught, taught.hire().id)
    partner = Learner(taught, taught.partner().id, PARTNERS)
    for learner, course_id in ((staff, partner.view.course_id), (partner, staff.view.course_id)):
        with taught.db.write() as session, pytest.raises(NotFoundError):
            commands.enrol(session, learner.actor, commands.Enrol(course_id=course_id), taught.now)


def test_nobody_puts_another_person_on_a_course_without_reaching_them(taught: World) -> None:
    learner, stranger = Learner(taught, taught.hire().id), taught.actor(taught.lead("Surgery"))
    lead = taught.actor(taught.lead("Medicine"))
    joining = commands.Enrol(course_id=learner.view.course_id, source=EnrolmentSource.ASSIGNED)
    with taught.db.write() as session, pytest.raises(NotFoundError):
        commands.enrol(session, stranger, joining, taught.now, learner.person_id)
    with taught.db.write() as session:
        commands.enrol(session, lead, joining, taught.now, learner.person_id)
    assert learner.course.is_open


def test_whoever_began_under_an_edition_completes_it_under_that_edition(learner: Learner, tmp_path: Path) -> None:
    """A new edition asks for less; the learner who began before still owes what they began with."""
    world = learner.world
    folder = tmp_path / "courses"
    one_course(world, INDUCTION, folder)
    file = folder / INDUCTION / "course.yaml"
    first = learner.course.view.edition_number
    changed = file.read_text().replace(f"edition: {first}\n", f"edition: {first + 1}\n")
    changed = changed.replace("my-idea, check]", "check]")
    file.write_text(changed.replace("required: true", "required: false"))
    world.load_courses(folder)
    newcomer = Learner(world, world.hire().id)
    newcomer.enrol()
    assert (learner.course.view.edition_number, newcomer.course.view.edition_number) == (first, first + 1)
    for one in (learner, newcomer):
        for key in newcomer.view.completion:
            one.do(key)
    assert newcomer.course.is_completed
    assert not learner.course.is_completed
    learner.do("my-idea")
    assert learner.course.is_completed


def test_a_level_that_was_taken_back_was_held_until_then(learner: Learner) -> None:
    world = learner.world
    for key in learner.view.completion:
        learner.do(key)
    first = world.today
    world.later(days=50)
    command = commands.WithdrawAward(
        person_id=learner.person_id, tier="induction", occurred_on=world.today, reason="Somebody else took the check"
    )
    with world.db.write() as session, pytest.raises(NotFoundError):
        commands.withdraw_award(session, learner.actor, command, world.now)
    with world.db.write() as session:
        commands.withdraw_award(session, SYSTEM, command, world.now)
    assert held(learner, world.today)["induction"].withdrawn_on == world.today
    assert not held(learner, first)["induction"].withdrawn
    with world.db.write() as session, pytest.raises(RuleBrokenError):
        commands.withdraw_award(session, SYSTEM, command, world.now)


def test_a_level_reached_elsewhere_is_said_beside_its_course(taught: World) -> None:
    """My skills said completed, and Courses said not begun."""
    learner = Learner(taught, taught.hire().id)
    command = commands.GrantAward(
        person_id=learner.person_id, tier="induction", occurred_on=taught.today, source="past record"
    )
    with taught.db.write() as session:
        commands.grant_award(session, learner.actor, command, taught.now)
    client = taught.client(learner.person_id)
    for path in ("/courses", "/courses/induction"):
        assert "Level held since 23 Nov 2026" in document(client.get(path)).text
