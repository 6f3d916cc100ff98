"""An attempt with an end: whose time it is, what comes too late, and what happens when nobody comes back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM_PERSON_ID
from app.assessment import queries
from app.assessment.commands import HandedInError, TimeUpError
from app.assessment.models import Attempt
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import RuleBrokenError
from app.learning.models import Award, Outcome
from app.worker import do_calendar, hand_in_what_is_overdue
from tests.assessment.adjusting import Granter
from tests.assessment.course import LIMIT, Learner, write_courses
from tests.assessment.questions import RIGHT, WRONG
from tests.world import NOW, World

TWENTY = timedelta(minutes=LIMIT)


def stored(world: World, attempt: Attempt) -> Attempt:
    with world.db.read() as session:
        return session.get_one(Attempt, attempt.id)


def answer(learner: Learner, attempt: Attempt, number: int, answers: dict[str, Any] = RIGHT, seen: int = 0) -> None:
    asked = learner.sitting(attempt).question(number)
    learner.save(attempt, asked.key, answers[asked.kind], seen)


def answer_all(learner: Learner, attempt: Attempt) -> None:
    for number in range(1, attempt.out_of + 1):
        answer(learner, attempt, number)


def events(world: World, action: str) -> list[Any]:
    event = table(AuditEvent)
    with world.db.read() as session:
        return list(session.execute(sa.select(event).where(event.c.action == action)))


def test_an_attempt_ends_when_the_course_says_and_one_without_a_limit_never(timed: Learner) -> None:
    assert timed.start().due_at == NOW + TWENTY
    assert timed.start("try-it").due_at is None


def test_pressing_begin_again_gives_no_new_time(world: World, timed: Learner) -> None:
    timed.start()
    world.later(minutes=5)
    assert timed.start().due_at == NOW + TWENTY


def test_extra_time_in_force_that_day_is_in_the_end(world: World, timed: Learner) -> None:
    granter = Granter(world)
    granter.grant(timed.person_id, 25)
    granter.grant(timed.person_id, 50, starts_on=world.today + timedelta(days=1))
    assert timed.start().due_at == NOW + timedelta(minutes=25)
    timed.hand_in(timed.start())
    world.later(days=1)
    assert timed.start(seed=3).due_at == world.now + timedelta(minutes=30)


def test_whoever_needs_no_limit_has_none(world: World, timed: Learner) -> None:
    Granter(world).grant(timed.person_id, no_limit=True)
    attempt = timed.start()
    assert attempt.due_at is None
    world.later(days=3)
    answer_all(timed, attempt)
    assert timed.hand_in(attempt).passed


def test_an_answer_is_taken_to_the_end_and_ten_seconds_more_then_refused(world: World, timed: Learner) -> None:
    attempt = timed.start()
    world.clock.at = NOW + TWENTY
    answer(timed, attempt, 1)
    world.later(seconds=10)
    answer(timed, attempt, 2)
    world.later(microseconds=1)
    for number, seen in ((1, 1), (3, 0)):
        with pytest.raises(TimeUpError):
            answer(timed, attempt, number, WRONG, seen)
    assert [a.version for a in timed.sitting(attempt).asked] == [1, 1, 0, 0, 0]


def test_handing_in_too_late_counts_as_of_the_end_whatever_the_page_had_seen(world: World, timed: Learner) -> None:
    attempt = timed.start()
    answer_all(timed, attempt)
    world.later(hours=2)
    done = timed.hand_in(attempt, seen=0)
    assert (done.submitted_at, done.passed, done.right) == (NOW + TWENTY, True, 5)
    assert timed.sitting(attempt).ended_by_the_clock


def test_handing_in_in_time_is_the_learners_own(world: World, timed: Learner) -> None:
    attempt = timed.start()
    world.later(minutes=19)
    assert timed.hand_in(attempt).submitted_at == world.now
    assert not timed.sitting(attempt).ended_by_the_clock


def test_nobody_comes_back_and_the_worker_hands_in_what_was_saved_once(world: World, timed: Learner) -> None:
    timed.take("try-it")
    attempt = timed.start()
    answer_all(timed, attempt)
    world.clock.at = NOW + TWENTY + timedelta(seconds=10)
    do_calendar(world.db, world.settings, world.now)
    assert stored(world, attempt).submitted_at is None
    world.clock.at = NOW + timedelta(days=2)
    for _ in range(2):
        do_calendar(world.db, world.settings, world.now)
    done = stored(world, attempt)
    assert (done.submitted_at, done.right, done.passed) == (NOW + TWENTY, 5, True)
    (handed_in,) = [e for e in events(world, "submit attempt") if e.entity_id == attempt.id]
    assert (handed_in.actor_id, handed_in.subject_id) == (SYSTEM_PERSON_ID, timed.person_id)
    outcome, award = table(Outcome), table(Award)
    with world.db.read() as session:
        days = set(session.scalars(sa.select(outcome.c.occurred_on)))
        assert session.scalar(sa.select(sa.func.count()).select_from(award)) == 1
    assert days == {NOW.date()}, "what somebody did counts on the day on which they did it"


def test_the_worker_leaves_alone_what_has_time_left_or_no_limit(world: World, timed: Learner) -> None:
    running, practice = timed.start(), timed.start("try-it")
    world.later(minutes=LIMIT)
    hand_in_what_is_overdue(world.db, world.now)
    assert stored(world, running).submitted_at is None
    world.later(days=30)
    hand_in_what_is_overdue(world.db, world.now)
    assert stored(world, running).submitted_at is not None
    assert stored(world, practice).submitted_at is None


def test_an_attempt_that_cannot_be_marked_holds_up_no_other(
    world: World, timed: Learner, caplog: pytest.LogCaptureFixture
) -> None:
    broken = timed.start()
    other = Learner(world, world.hire("Bea", "Lee").id)
    world.later(minutes=1)
    fine = other.start()
    with world.db.write() as session:
        session.get_one(Attempt, broken.id).questions = ["gone", *broken.questions[1:]]
    world.later(hours=1)
    hand_in_what_is_overdue(world.db, world.now)
    assert stored(world, fine).submitted_at is not None
    assert f"attempt {broken.id} could not be handed in" in caplog.text


def test_a_late_replay_of_an_old_autosave_changes_nothing(world: World, timed: Learner) -> None:
    attempt = timed.start()
    answer(timed, attempt, 1, WRONG)
    answer(timed, attempt, 1, RIGHT, seen=1)
    world.later(hours=1)
    before = timed.sitting(attempt)
    for refusal in (TimeUpError, HandedInError):
        for answers, seen in ((WRONG, 0), (WRONG, 2), (RIGHT, 0)):
            with pytest.raises(refusal):
                answer(timed, attempt, 1, answers, seen)
        assert timed.sitting(attempt).asked == before.asked
        timed.hand_in(attempt)


def test_a_servers_clock_put_back_loses_no_answer_and_gives_no_time(world: World, timed: Learner) -> None:
    attempt = timed.start()
    world.later(minutes=10)
    answer(timed, attempt, 1, WRONG)
    world.clock.at -= timedelta(hours=1)
    answer(timed, attempt, 1, RIGHT, seen=1)
    answer(timed, attempt, 2)
    sitting = timed.sitting(attempt)
    assert sitting.due_at == NOW + TWENTY
    assert sitting.time_left(world.now) == timedelta(minutes=10)
    assert sitting.question(1).answer == RIGHT[sitting.question(1).kind]
    assert sitting.question(1).saved_at == NOW + timedelta(minutes=10)
    assert sitting.question(2).saved_at == NOW
    done = timed.hand_in(attempt)
    assert (done.right, done.submitted_at) == (2, NOW)


def test_new_words_and_a_new_edition_leave_the_end_of_a_running_attempt_where_it_was(
    world: World, timed: Learner, tmp_path: Path
) -> None:
    attempt = timed.start()
    before = timed.sitting(attempt)
    world.later(minutes=3)
    world.load_courses(write_courses(tmp_path / "courses", words="Quite another", time_limit=LIMIT))
    world.load_courses(write_courses(tmp_path / "courses", words="A third", edition=2, time_limit=5))
    Granter(world).grant(timed.person_id, 50)
    during = timed.sitting(attempt)
    assert during.due_at == NOW + timedelta(minutes=30), "half of the twenty minutes that it began with"
    assert [a.shown for a in during.asked] == [a.shown for a in before.asked]
    world.load_courses(write_courses(tmp_path / "courses", words="A fourth", edition=3))
    world.later(hours=1)
    assert timed.sitting(attempt).too_late(world.now)
    answerless = timed.hand_in(attempt)
    assert answerless.submitted_at == during.due_at


def test_more_time_granted_during_an_attempt_counts_at_once_and_is_never_taken_back(
    world: World, timed: Learner
) -> None:
    granter, attempt = Granter(world), timed.start()
    world.later(minutes=15)
    quarter = granter.grant(timed.person_id, 25)
    assert stored(world, attempt).due_at == NOW + timedelta(minutes=25)
    granter.grant(timed.person_id, 10)
    granter.grant(timed.person_id, 100, starts_on=world.today + timedelta(days=1))
    granter.end(quarter)
    assert stored(world, attempt).due_at == NOW + timedelta(minutes=25)
    granter.grant(timed.person_id, no_limit=True)
    granter.grant(timed.person_id, 50)
    assert stored(world, attempt).due_at is None
    assert len(events(world, "extend attempt")) == 2


def test_more_time_granted_after_the_end_opens_an_attempt_again_until_it_is_handed_in(
    world: World, timed: Learner
) -> None:
    granter, attempt = Granter(world), timed.start()
    world.later(minutes=22)
    granter.grant(timed.person_id, 50)
    answer(timed, attempt, 1)
    world.later(minutes=10)
    hand_in_what_is_overdue(world.db, world.now)
    before = stored(world, attempt)
    granter.grant(timed.person_id, 100)
    after = stored(world, attempt)
    assert (after.due_at, after.submitted_at) == (before.due_at, before.submitted_at)


def test_extra_tries_can_be_begun_and_are_counted(world: World, timed: Learner) -> None:
    for _ in range(3):
        attempt = timed.take(right=0)
    with pytest.raises(RuleBrokenError, match="all 3 tries"):
        timed.start()
    granter = Granter(world)
    first = granter.grant(timed.person_id, tries=1)
    granter.grant(timed.person_id, tries=1)
    assert _left(timed, attempt) == 2
    assert timed.take(right=0).number == 4
    granter.end(first)
    assert _left(timed, attempt) == 0
    with pytest.raises(RuleBrokenError, match="all 4 tries"):
        timed.start()


def _left(learner: Learner, attempt: Attempt) -> int | None:
    with learner.world.db.read() as session:
        return queries.tries_left(session, learner.actor, learner.sitting(attempt), learner.world.now)


def test_a_save_beside_the_worker_is_either_marked_or_refused_and_nothing_twice(world: World, timed: Learner) -> None:
    granter = Granter(world)
    granter.grant(timed.person_id, tries=20)
    for _ in range(4):
        attempt = timed.start(seed=None)
        asked = timed.sitting(attempt).question(1)
        assert attempt.due_at is not None
        at_the_last, just_after = attempt.due_at + timedelta(seconds=10), attempt.due_at + timedelta(seconds=11)
        world.clock.at = at_the_last

        def save(attempt: Attempt = attempt, asked: queries.Asked = asked) -> bool:
            try:
                timed.save(attempt, asked.key, RIGHT[asked.kind])
            except HandedInError:
                return False
            return True

        with ThreadPoolExecutor(3) as pool:
            saved = pool.submit(save)
            workers = [pool.submit(hand_in_what_is_overdue, world.db, just_after) for _ in range(2)]
            [w.result() for w in workers]
            kept = saved.result()
        done = timed.sitting(attempt)
        assert done.submitted_at == attempt.due_at
        assert done.right == kept == (done.question(1).answer is not None)
        assert len([e for e in events(world, "submit attempt") if e.entity_id == attempt.id]) == 1


def test_more_time_granted_at_the_moment_of_beginning_is_in_the_end(world: World, timed: Learner) -> None:
    granter = Granter(world)
    for _ in range(3):
        person = Learner(world, world.hire().id)
        with ThreadPoolExecutor(2) as pool:
            begun, granted = pool.submit(person.start), pool.submit(granter.grant, person.person_id, 50)
            granted.result()
            assert stored(world, begun.result()).due_at == NOW + timedelta(minutes=30)
