"""What a learner relies on from the first question to the result, whatever they or their network do."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.assessment import queries
from app.assessment.commands import HandedInError, OtherVersionError, SaveAnswer, save_answer
from app.assessment.models import Attempt, AttemptAnswer
from app.kernel.audit import AuditEvent, AuditValue
from app.kernel.db import table
from app.kernel.errors import NotFoundError, RuleBrokenError, StaleError
from app.learning.models import Award, Enrolment, Outcome
from tests.assessment.course import PARTNER_SLUG, Learner, write_courses
from tests.assessment.questions import RIGHT, WRONG
from tests.world import World


def _count(world: World, model: type) -> int:
    with world.db.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table(model))) or 0


def test_pressing_start_again_goes_on_with_the_attempt_that_is_open(learner: Learner) -> None:
    first = learner.start()
    assert learner.start(seed=99).id == first.id
    assert len(first.questions) == first.out_of == 5


def test_the_first_attempt_begins_the_course_so_that_nobody_takes_its_place_back(
    world: World, learner: Learner
) -> None:
    learner.start()
    with world.db.read() as session:
        assert session.scalars(sa.select(table(Enrolment).c.started_at)).all() == [world.now]


def test_the_next_try_asks_what_has_not_been_met(learner: Learner) -> None:
    first = learner.take(right=0)
    second = learner.start(seed=11)
    assert not set(first.questions) & set(second.questions)


def test_an_answer_is_kept_under_a_version_that_counts_its_saves(learner: Learner) -> None:
    attempt = learner.start()
    asked = learner.sitting(attempt).asked[0]
    assert learner.save(attempt, asked.key, RIGHT[asked.kind]).version == 1
    assert learner.save(attempt, asked.key, WRONG[asked.kind], seen=1).version == 2
    kept = learner.sitting(attempt).asked[0]
    assert (kept.answer, kept.version) == (WRONG[asked.kind], 2)


def test_an_answer_sent_twice_is_kept_once(world: World, learner: Learner) -> None:
    attempt = learner.start()
    asked = learner.sitting(attempt).asked[0]
    first = learner.save(attempt, asked.key, RIGHT[asked.kind])
    events = _count(world, AuditEvent)
    world.later(minutes=5)
    assert learner.save(attempt, asked.key, RIGHT[asked.kind]) == first
    assert _count(world, AuditEvent) == events


def test_an_answer_can_be_taken_back(learner: Learner) -> None:
    attempt = learner.start()
    asked = learner.sitting(attempt).asked[0]
    assert learner.save(attempt, asked.key, None).version == 0
    learner.save(attempt, asked.key, RIGHT[asked.kind])
    learner.save(attempt, asked.key, None, seen=1)
    assert learner.sitting(attempt).asked[0].answer is None


def test_an_older_window_cannot_overwrite_a_newer_answer_and_both_are_told(learner: Learner) -> None:
    attempt = learner.start()
    asked = learner.sitting(attempt).asked[0]
    learner.save(attempt, asked.key, RIGHT[asked.kind])
    with pytest.raises(OtherVersionError) as both:
        learner.save(attempt, asked.key, WRONG[asked.kind])
    assert (both.value.mine, both.value.theirs) == (WRONG[asked.kind], RIGHT[asked.kind])
    assert both.value.version == 1
    assert learner.save(attempt, asked.key, WRONG[asked.kind], seen=both.value.version).version == 2


def test_passing_is_marked_once_and_recorded(world: World, learner: Learner) -> None:
    done = learner.take(right=4)
    assert (done.right, done.passed) == (4, True)
    assert _count(world, Outcome) == 1
    world.later(days=1)
    assert learner.hand_in(done).submitted_at == done.submitted_at
    assert _count(world, Outcome) == 1


def test_not_passing_leaves_no_trace_in_what_others_see(world: World, learner: Learner) -> None:
    done = learner.take(right=3)
    assert (done.right, done.passed) == (3, False)
    assert _count(world, Outcome) == 0


def test_practice_has_nothing_to_pass_and_counts_when_it_is_finished(world: World, learner: Learner) -> None:
    done = learner.take("try-it", right=0)
    assert (done.passed, done.pass_mark) == (None, None)
    assert _count(world, Outcome) == 1
    learner.take("try-it")


def test_the_last_activity_completes_the_course_and_practice_stays_open(world: World, learner: Learner) -> None:
    learner.take("try-it")
    done = learner.take()
    assert learner.sitting(done).course_completed
    assert _count(world, Award) == 1
    world.later(days=1)
    assert learner.take("try-it").number == 2
    with pytest.raises(RuleBrokenError, match="already passed"):
        learner.start()


def test_tries_run_out_and_say_whom_to_ask(learner: Learner) -> None:
    for used in range(3):
        attempt = learner.take(right=0)
        with learner.world.db.read() as session:
            assert queries.tries_left(session, learner.actor, learner.sitting(attempt), learner.world.now) == 2 - used
    with pytest.raises(RuleBrokenError, match="used all 3 tries"):
        learner.start()


def test_an_unanswered_question_is_not_right_and_hinders_nobody(learner: Learner) -> None:
    done = learner.hand_in(learner.start())
    assert (done.right, done.passed) == (0, False)


def test_after_handing_in_nothing_can_be_changed(learner: Learner) -> None:
    done = learner.take(right=2)
    before = learner.sitting(done)
    for asked in before.asked:
        for value in (RIGHT[asked.kind], WRONG[asked.kind], None):
            for seen in (0, 1, 2):
                with pytest.raises(HandedInError):
                    learner.save(done, asked.key, value, seen)
    assert learner.sitting(done) == before


def test_answers_that_changed_since_they_were_checked_are_checked_again(learner: Learner) -> None:
    attempt = learner.start()
    checked = learner.sitting(attempt)
    learner.save(attempt, checked.asked[0].key, RIGHT[checked.asked[0].kind])
    with pytest.raises(StaleError):
        learner.hand_in(attempt, seen=checked.seen)
    assert learner.sitting(attempt).submitted_at is None
    learner.hand_in(attempt, seen=learner.sitting(attempt).seen)


def test_somebody_elses_attempt_is_not_there(world: World, learner: Learner) -> None:
    attempt = learner.start()
    for person in (world.hire(), world.lead(), world.with_role("hr"), world.with_role("qi_admin")):
        actor = world.actor(person)
        with world.db.write() as session:
            for ask in (
                lambda: queries.sitting(session, actor, attempt.id),  # noqa: B023  asked at once
                lambda: save_answer(session, actor, _save(attempt), world.now),  # noqa: B023
            ):
                with pytest.raises(NotFoundError):
                    ask()
        with pytest.raises(NotFoundError):
            _as(learner, person.id).hand_in(attempt)


def _save(attempt: Attempt) -> SaveAnswer:
    return SaveAnswer(attempt_id=attempt.id, question=attempt.questions[0], value=None, seen=0)


def _as(learner: Learner, person_id: int) -> Learner:
    other = object.__new__(Learner)
    other.world, other.person_id, other.slug = learner.world, person_id, learner.slug
    return other


def test_a_question_that_was_not_drawn_takes_no_answer(learner: Learner) -> None:
    attempt = learner.start()
    with pytest.raises(NotFoundError):
        learner.save(attempt, "no-such-question", "x")


def test_nobody_starts_on_a_course_that_they_are_not_on(world: World, learner: Learner) -> None:
    for other, activity in ((world.hire().id, "check"), (world.partner().id, "check"), (learner.person_id, "none")):
        with pytest.raises(NotFoundError):
            _as(learner, other).start(activity)


def test_the_key_is_not_out_before_the_attempt_is_handed_in(world: World, learner: Learner) -> None:
    sitting = learner.sitting(learner.start())
    with world.db.read() as session, pytest.raises(NotFoundError):
        queries.explained(session, sitting)
    assert "why-" not in repr(sitting)


def test_new_words_during_an_attempt_change_nothing_in_it(world: World, learner: Learner, courses: Path) -> None:
    attempt = learner.start()
    before = learner.sitting(attempt)
    learner.save(attempt, before.asked[0].key, RIGHT[before.asked[0].kind])
    world.later(hours=1)
    world.load_courses(write_courses(courses, words="Quite another"))
    during = learner.sitting(attempt)
    assert [a.shown for a in during.asked] == [a.shown for a in before.asked]
    for asked in during.asked[1:]:
        learner.save(attempt, asked.key, RIGHT[asked.kind])
    assert learner.hand_in(attempt).passed
    practice = learner.start("try-it")
    assert "Quite another" in learner.sitting(practice).asked[0].shown["stem"]


def test_a_clock_that_is_put_back_changes_neither_order_nor_marks(world: World, learner: Learner) -> None:
    attempt = learner.start()
    asked = learner.sitting(attempt).asked[0]
    learner.save(attempt, asked.key, WRONG[asked.kind])
    world.clock.at -= timedelta(hours=1)
    learner.save(attempt, asked.key, RIGHT[asked.kind], seen=1)
    assert learner.sitting(attempt).asked[0].answer == RIGHT[asked.kind]
    assert learner.hand_in(attempt).right == 1


def test_every_deed_is_written_down_and_no_answer_with_it(world: World, learner: Learner) -> None:
    learner.take(right=0)
    with world.db.read() as session:
        actions = list(session.scalars(sa.select(table(AuditEvent).c.action).order_by(table(AuditEvent).c.id)))
        assert session.scalar(sa.select(sa.func.count()).where(table(AuditValue).c.field == "value")) == 0
    assert actions.count("start attempt") == actions.count("submit attempt") == 1
    assert actions.count("save answer") == 5


def test_a_partner_practises_without_passing_or_failing(world: World, courses: Path) -> None:
    partner = Learner(world, world.partner("Rosie").id, PARTNER_SLUG)
    done = partner.take("try-it", right=1)
    assert done.passed is None
    with world.db.read() as session:
        assert session.scalar(sa.select(table(Enrolment).c.completed_at)) is not None


def test_marks_are_kept_beside_their_answers(world: World, learner: Learner) -> None:
    done = learner.take(right=3)
    answer = table(AttemptAnswer)
    with world.db.read() as session:
        marks = list(session.scalars(sa.select(answer.c.right).where(answer.c.attempt_id == done.id)))
    assert sorted(marks) == [False, False, True, True, True]
