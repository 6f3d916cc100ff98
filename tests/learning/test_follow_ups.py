"""Six weeks after a course people are asked what came of it: once, when it is due, and never before."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.kernel.db import table
from app.kernel.outbox import Notice
from app.learning.commands import ask_again
from app.learning.queries import follow_ups
from app.worker import do_calendar
from tests.client import document
from tests.curriculum.guide import HOME, guide_course
from tests.learning.learner import Learner
from tests.organisation.away import come_back, go_on_leave
from tests.world import World

LATER = """
      - id: later
        kind: note
        title: Six weeks on
        minutes: 5
        participatory_minutes: 0
        prompt: What came of the counting?
        readers: Only you.
        sharing: never
        required: false
        after_days: 42
completion:
"""
PAGE = f"/courses/{HOME}/cold-tea/later"
ASKS = "What came of it?"


@pytest.fixture
def counted(world: World, tmp_path_factory: pytest.TempPathFactory) -> Learner:
    folder = guide_course(tmp_path_factory.mktemp("asked") / "courses")
    folder.swap(f"{HOME}/course.yaml", "\ncompletion:\n", LATER)
    assert folder.problems() == []
    world.load_courses(folder.path)
    learner = Learner(world, world.hire().id, HOME)
    learner.complete()
    return learner


def _notices(world: World) -> int:
    with world.db.write() as session:
        ask_again(session, SYSTEM, world.now)
    with world.db.read() as session:
        return len(session.scalars(sa.select(table(Notice).c.id).where(table(Notice).c.kind == "asked-again")).all())


def test_it_is_asked_on_its_day_and_not_before(counted: Learner) -> None:
    world, client = counted.world, counted.world.client(counted.person_id)
    assert "You are asked this on 4 January 2027, 6 weeks after" in document(client.get(PAGE)).text
    assert "Asked 6 weeks after the course" in document(client.get(f"/courses/{HOME}/cold-tea")).text
    for days, asked in ((41, False), (1, True)):
        world.later(days=days)
        assert (ASKS in document(world.client(counted.person_id).get("/my-skills")).text) is asked


def test_whoever_answered_is_not_asked_again(counted: Learner) -> None:
    counted.world.later(days=42)
    client = counted.world.client(counted.person_id)
    assert client.submit(client.get(PAGE), "/note", text="Four of five cups are hot now.").status_code == 303
    assert ASKS not in document(client.get("/my-skills")).text
    assert _notices(counted.world) == 0


def test_an_answer_before_its_day_is_refused(counted: Learner) -> None:
    counted.world.later(days=42)
    client = counted.world.client(counted.person_id)
    form = client.get(PAGE)
    counted.world.later(days=-2)
    refused = client.submit(form, "/note", text="Too early.")
    assert refused.status_code == 409


def test_one_notice_is_left_however_often_the_calendar_comes_round(counted: Learner) -> None:
    assert _notices(counted.world) == 0
    counted.world.later(days=42)
    assert _notices(counted.world) == 1
    do_calendar(counted.world.db, counted.world.settings, counted.world.now)
    assert _notices(counted.world) == 1


def test_what_was_due_long_ago_is_left_alone(counted: Learner) -> None:
    counted.world.later(days=80)
    assert _notices(counted.world) == 0
    counted.world.later(days=60)
    with counted.world.db.read() as session:
        assert follow_ups(session, counted.person_id, counted.world.today) == []


def test_a_question_that_comes_afterwards_is_not_part_of_completing(tmp_path: Path) -> None:
    folder = guide_course(tmp_path / "courses")
    folder.swap(f"{HOME}/course.yaml", "\ncompletion:\n", LATER.replace("required: false", "required: true"))
    folder.swap(f"{HOME}/course.yaml", "[read-cold-tea, check]", "[read-cold-tea, check, later]")
    assert "it is asked afterwards" in folder.only().message


def test_long_leave_puts_the_question_off_by_its_days(counted: Learner) -> None:
    world = counted.world
    world.later(days=20)
    leave = go_on_leave(world, counted.person_id)
    world.later(days=200)

    def asked() -> int:
        with world.db.read() as session:
            return len(follow_ups(session, counted.person_id, world.today))

    assert (asked(), _notices(world)) == (0, 0)
    come_back(world, leave)
    world.later(days=21)
    assert (asked(), _notices(world)) == (0, 0)
    world.later(days=1)
    assert (asked(), _notices(world)) == (1, 1)
    world.later(days=100)
    assert asked() == 0
