"""What was recorded can be taken back, as long as no completed course rests on it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import NotFoundError, RuleBrokenError
from app.learning.commands import TakeBackOutcome, take_back_outcome
from app.learning.rules import OutcomeSource
from tests.learning.learner import Learner


def take_back(learner: Learner, key: str, *, ago: timedelta = timedelta(0)) -> None:
    activity = learner.view.activity(key)
    assert activity
    command = TakeBackOutcome(
        person_id=learner.person_id,
        activity_id=activity.id,
        occurred_on=learner.world.today - ago,
        source=OutcomeSource(activity.kind.value),
    )
    with learner.world.db.write() as session:
        take_back_outcome(session, learner.actor, command, learner.world.now)


def test_it_no_longer_counts_and_the_taking_back_is_written_down(learner: Learner) -> None:
    learner.do("check")
    learner.do("check", ago=timedelta(days=3))
    take_back(learner, "check")
    assert learner.course.finished["check"] == learner.world.today - timedelta(days=3)
    event = table(AuditEvent)
    with learner.world.db.read() as session:
        said = session.scalars(sa.select(event.c.action).where(event.c.entity == "outcome").order_by(event.c.id)).all()
    assert said == ["record outcome", "record outcome", "take back outcome"]


def test_what_was_not_recorded_on_that_day_cannot_be_taken_back(learner: Learner) -> None:
    learner.do("check")
    with pytest.raises(NotFoundError):
        take_back(learner, "check", ago=timedelta(days=1))


def test_what_a_completed_course_rests_on_stays_also_when_it_is_begun_again(learner: Learner) -> None:
    for key in learner.view.completion:
        learner.do(key)
    with pytest.raises(RuleBrokenError, match="completed"):
        take_back(learner, "check")
    learner.world.later(days=2)
    learner.enrol(again=True)
    with pytest.raises(RuleBrokenError, match="completed"):
        take_back(learner, "check", ago=timedelta(days=2))
    learner.do("check")
    take_back(learner, "check")
    assert "check" not in learner.course.finished
