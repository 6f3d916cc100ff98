"""What the record shows: levels held, what was passed by competency, and how much was right, to the person alone."""

from pathlib import Path

import pytest

from app.learning.rules import OutcomeSource
from app.ratings.queries import record_of
from tests.assessment.course import Learner, write_courses
from tests.ratings.scene import Scene
from tests.world import World


@pytest.fixture
def taught(world: World, tmp_path: Path) -> Scene:
    world.load_courses(write_courses(tmp_path / "courses"), shared=True)
    return Scene.of(world)


def test_the_record_counts_the_last_try_by_competency_and_names_what_was_passed(taught: Scene) -> None:
    learner = Learner(taught.world, taught.ann.id)
    learner.take(right=2)
    learner.take(right=4)
    with taught.world.db.read() as session:
        record = record_of(session, taught.ann.id, taught.world.today, answers=True)
        without = record_of(session, taught.ann.id, taught.world.today, answers=False)
    assert record.answers == {"purpose": (4, 5)}
    assert record.passed[OutcomeSource.ASSESSMENT] == 1
    [shown] = record.shown["purpose"]
    assert (shown.on, shown.level, shown.course) == (taught.world.today, 1, "A course called induction")
    assert without.answers == {}
    assert without.shown == record.shown


def test_the_person_reads_their_score_and_their_lead_never_does(taught: Scene) -> None:
    Learner(taught.world, taught.ann.id).take(right=4)
    mine = taught.world.client(taught.ann).get("/ratings/mine").text
    assert "Right in your last assessments: 4 of 5 questions. Only you see this" in mine
    theirs = taught.world.client(taught.lead).get(f"/ratings/people/{taught.ann.id}").text
    assert "Assessment passed 23 November 2026" in theirs
    assert "4 of 5" not in theirs
    assert "Only you see this" not in theirs
