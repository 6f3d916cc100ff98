"""A course that opens part by part takes its learners along; one that can be completed keeps its word."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.cli.courses import check_and_load
from app.kernel.audit import AuditEvent
from app.kernel.config import Settings
from app.kernel.db import table
from app.learning.commands import follow_editions
from app.learning.models import Enrolment
from tests.learning.learner import Learner
from tests.marking.work_course import GALLERY, SLUG, TASK, write_course
from tests.world import World


def follow(world: World, most: int = 500) -> int:
    with world.db.write() as session:
        return follow_editions(session, SYSTEM, world.now, most=most)


def joined(world: World) -> Learner:
    learner = Learner(world, world.hire().id, SLUG)
    learner.enrol()
    return learner


def load(world: World, folder: Path, **course: Any) -> None:
    world.later(days=1)
    world.load_courses(write_course(folder / "courses", **course))


def test_whoever_is_on_a_partly_open_edition_goes_on_in_the_next_with_all_they_did(
    world: World, tmp_path: Path
) -> None:
    load(world, tmp_path, later=True)
    learner = joined(world)
    learner.do("read-it")
    load(world, tmp_path, later=True, edition=2, pass_mark=1)
    assert (follow(world), follow(world)) == (1, 0)
    course = Learner(world, learner.person_id, SLUG).course
    assert course.view.edition_number == 2
    assert set(course.finished) == {"read-it"}
    event = table(AuditEvent)
    with world.db.read() as session:
        assert session.scalars(sa.select(event.c.fields).where(event.c.action == "follow edition")).all() == [
            "edition_id"
        ]


def test_whoever_has_done_everything_when_the_rest_opens_completes(world: World, tmp_path: Path) -> None:
    load(world, tmp_path, later=True)
    learner = joined(world)
    learner.do(TASK)
    load(world, tmp_path, edition=2)
    follow(world)
    assert Learner(world, learner.person_id, SLUG).course.is_completed


def test_an_edition_that_can_be_completed_is_kept_by_whoever_began_it(world: World, tmp_path: Path) -> None:
    load(world, tmp_path)
    learner = joined(world)
    load(world, tmp_path, edition=2, pass_mark=1)
    assert follow(world) == 0
    assert learner.course.view.edition_number == 1


def test_many_go_on_in_short_transactions(world: World, tmp_path: Path) -> None:
    load(world, tmp_path, later=True)
    for _ in range(3):
        joined(world)
    load(world, tmp_path, later=True, edition=2, pass_mark=1)
    assert [follow(world, 2), follow(world, 2), follow(world, 2)] == [2, 1, 0]


def test_loading_takes_them_along_and_says_so(
    world: World, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(world, tmp_path, later=True)
    joined(world)
    write_course(tmp_path / "courses", later=True, edition=2, pass_mark=1)
    given = settings.model_copy(update={"courses_dir": tmp_path / "courses"})
    check_and_load(given, world.later(days=1))
    assert "1 people went on in a newer edition" in capsys.readouterr().out
    check_and_load(given, world.later(days=1))
    assert "went on" not in capsys.readouterr().out
    with world.db.read() as session:
        assert len(set(session.scalars(sa.select(table(Enrolment).c.edition_id)))) == 1


def test_an_author_sees_what_was_added_to_the_gallery(world: World, tmp_path: Path) -> None:
    load(world, tmp_path, slug=GALLERY)
    learner = Learner(world, world.with_role(Role.QI_ADMIN).id, GALLERY)
    learner.enrol()
    load(world, tmp_path, slug=GALLERY, edition=2, pass_mark=1)
    assert follow(world) == 1
    assert learner.course.view.edition_number == 2
