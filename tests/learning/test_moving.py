"""An administrator moves learners to the newest edition: they see first what it means, and nobody loses anything."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import StaleError
from app.learning import commands, queries
from app.learning.commands import MoveLearners
from app.learning.commands.editions import Gone
from app.learning.models import EditionMove, Enrolment
from tests.client import HouseClient, document
from tests.learning.learner import Learner
from tests.learning.moving_course import SLUG, load_edition
from tests.marking.work_course import TASK
from tests.marking.work_writer import Writer
from tests.world import World

PREVIEW = f"/courses/{SLUG}/editions/1"


@pytest.fixture
def admin(world: World) -> HouseClient:
    return world.client(world.with_role(Role.QI_ADMIN))


def joined(world: World, *done: str) -> Learner:
    learner = Learner(world, world.hire().id, SLUG)
    learner.enrol()
    for key in done:
        learner.do(key)
    return learner


def edition_of(learner: Learner) -> int:
    return learner.course.view.edition_number


def press(admin: HouseClient, page: str = PREVIEW) -> str:
    """Look at the preview and move them. What the next page says."""
    return document(admin.follow(admin.submit(admin.get(page), "/move"))).text


def move(world: World, actor_id: int, *, most: int = 500) -> Gone:
    """All of it by commands, as the page does it."""
    actor = world.actor(actor_id)
    with world.db.read() as session:
        command = MoveLearners(course=SLUG, number=1, seen=queries.outlook(session, SLUG, 1).seen)
    moving, moved, completed = None, 0, 0
    while True:
        with world.db.write() as session:
            moving = moving or commands.confirm_move(session, actor, command)
            some = commands.move_learners(session, actor, moving, world.now, most=most)
        if not some.moved:
            return Gone(moved, completed)
        moved, completed = moved + some.moved, completed + some.completed


def test_an_administrator_sees_each_edition_and_how_many_are_on_it_and_through_it(
    world: World, tmp_path: Path, admin: HouseClient
) -> None:
    load_edition(world, tmp_path, 1, "one")
    joined(world)
    joined(world, "read-one")
    load_edition(world, tmp_path, 2, "one", "two")
    joined(world)
    text = document(admin.get(f"/courses/{SLUG}/editions")).text
    assert "1 person is on an older edition than 2, the newest." in text
    assert "Edition 2 The newest" in text
    assert "Move them… from edition 1" in text
    assert "Move them… from edition 2" not in text
    assert "On older ones 1" in document(admin.get("/editions")).text or "A course with a task" in text


def test_the_preview_says_what_changes_and_for_how_many(world: World, tmp_path: Path, admin: HouseClient) -> None:
    load_edition(world, tmp_path, 1, "one", "two", "three")
    joined(world)
    joined(world, "read-one", "read-two")
    joined(world, "read-one")
    load_edition(world, tmp_path, 2, "one", "three", "four", required=("one",))
    text = document(admin.get(PREVIEW)).text
    for said in (
        "3 people are on edition 1 and would go on in edition 2. All that they have done counts on.",
        "2 of them have done something in the course",
        "Nobody would have anything more to do.",
        "1 person has done something that edition 2 no longer has",
        "2 people would complete the course at once",
        "Read the text of Text two",
        "Gone 1 have done it; it stays on their record",
        "New, if one likes",
        "No longer required",
    ):
        assert said in text, said


def test_what_is_marked_in_another_way_is_said_point_by_point(world: World, tmp_path: Path, admin: HouseClient) -> None:
    load_edition(world, tmp_path, 1, "one", task=True)
    joined(world)
    load_edition(world, tmp_path, 2, "one", task=True, pass_mark=3)
    text = document(admin.get(PREVIEW)).text
    assert "Other marking Points to pass: 2 before, 3 now" in text


def test_they_go_on_with_all_they_did_and_are_told_on_their_page(
    world: World, tmp_path: Path, admin: HouseClient
) -> None:
    load_edition(world, tmp_path, 1, "one", "two")
    learner = joined(world, "read-one")
    load_edition(world, tmp_path, 2, "one", "two", "three")
    assert "1 person went on from edition 1." in press(admin)
    assert edition_of(learner) == 2
    assert set(learner.course.finished) == {"read-one"}
    told = document(world.client(learner.person_id).get(f"/courses/{SLUG}")).text
    assert "You went on in edition 2 on 23 November 2026. All that you had done counts on." in told
    assert "Read the text of Text three" in told


def test_nobody_who_has_completed_is_touched_and_one_event_is_written_for_each_who_moved(
    world: World, tmp_path: Path
) -> None:
    load_edition(world, tmp_path, 1, "one")
    through = joined(world, "read-one")
    moving = [joined(world).person_id for _ in range(5)]
    load_edition(world, tmp_path, 2, "one", "two")
    assert move(world, world.with_role(Role.QI_ADMIN).id, most=2) == Gone(5, 0)
    assert edition_of(through) == 1
    event = table(AuditEvent)
    with world.db.read() as session:
        said = session.scalars(sa.select(event.c.subject_id).where(event.c.action == "move to edition")).all()
    assert sorted(said) == moving


def test_whoever_has_done_all_that_the_newer_one_asks_completes_with_it(
    world: World, tmp_path: Path, admin: HouseClient
) -> None:
    load_edition(world, tmp_path, 1, "one", "two")
    learner = joined(world, "read-one")
    load_edition(world, tmp_path, 2, "one", "two", required=("one",))
    assert "1 person completed the course with it." in press(admin)
    assert learner.course.is_completed
    assert edition_of(learner) == 2


def test_a_preview_that_no_longer_holds_is_shown_anew_instead_of_applied(
    world: World, tmp_path: Path, admin: HouseClient
) -> None:
    load_edition(world, tmp_path, 1, "one", "two")
    stays, goes = joined(world), joined(world, "read-one")
    load_edition(world, tmp_path, 2, "one", "two", "three")
    page = admin.get(PREVIEW)
    goes.do("read-two")
    shown = admin.submit(page, "/move")
    assert shown.status_code == 409
    assert "Nothing was changed" in document(shown).text
    assert "1 person is on edition 1" in document(shown).text
    load_edition(world, tmp_path, 3, "one", "two", "four")
    again = admin.submit(shown, "/move")
    assert again.status_code == 409
    assert "would go on in edition 3" in document(again).text
    assert edition_of(stays) == 1
    done = admin.submit(again, "/move")
    assert done.status_code == 303
    assert edition_of(stays) == 3


def test_pressed_twice_they_move_once(world: World, tmp_path: Path, admin: HouseClient) -> None:
    load_edition(world, tmp_path, 1, "one")
    joined(world)
    load_edition(world, tmp_path, 2, "one", "two")
    page = admin.get(PREVIEW)
    assert admin.submit(page, "/move").status_code == 303
    second = admin.submit(page, "/move")
    assert second.status_code == 409
    assert "Nobody is on edition 1 any more" in document(second).text
    assert not [f for f in document(second).forms if f.action.endswith("/move")]


def test_the_newest_edition_and_one_that_never_was_lead_nowhere(
    world: World, tmp_path: Path, admin: HouseClient
) -> None:
    load_edition(world, tmp_path, 1, "one")
    for missing in (PREVIEW, f"/courses/{SLUG}/editions/7", f"/courses/{SLUG}/editions/two", "/courses/no/editions"):
        assert admin.get(missing).status_code == 404, missing


def test_a_piece_of_work_keeps_the_guide_with_which_it_began(world: World, tmp_path: Path, admin: HouseClient) -> None:
    load_edition(world, tmp_path, 1, task=True)
    learner = joined(world)
    writer = Writer(world, learner.person_id, SLUG, TASK)
    writer.save()
    load_edition(world, tmp_path, 2, "one", task=True, pass_mark=3)
    press(admin)
    assert edition_of(learner) == 2
    assert writer.hand_in().pass_mark == 2


def test_work_on_a_task_that_is_gone_can_still_be_handed_in_and_none_begun_there(
    world: World, tmp_path: Path, admin: HouseClient
) -> None:
    load_edition(world, tmp_path, 1, "one", task=True)
    writing, reading = joined(world), joined(world)
    writer = Writer(world, writing.person_id, SLUG, TASK)
    writer.save()
    load_edition(world, tmp_path, 2, "one", "two")
    press(admin)
    assert world.client(writing.person_id).get(writer.path).status_code == 200
    assert writer.hand_in().pass_mark == 2
    assert world.client(reading.person_id).get(writer.path).status_code == 404
    told = document(world.client(writing.person_id).get(f"/courses/{SLUG}")).text
    assert "A small task" in told


def test_what_somebody_has_done_already_is_not_called_new(world: World, tmp_path: Path, admin: HouseClient) -> None:
    load_edition(world, tmp_path, 1, "one", "two", required=("one",))
    learner = joined(world, "read-two")
    load_edition(world, tmp_path, 2, "one", "two")
    press(admin)
    assert "New for you to do" not in document(world.client(learner.person_id).get(f"/courses/{SLUG}")).text


def test_many_move_beside_those_who_finish_and_nobody_is_moved_twice(world: World, tmp_path: Path) -> None:
    """Two administrators press at the same moment, while learners do the last thing that the old edition asked."""
    load_edition(world, tmp_path, 1, "one")
    learners = [joined(world) for _ in range(12)]
    for learner in learners:
        assert learner.view.edition_number == 1
        assert learner.actor
    admins = [world.with_role(Role.QI_ADMIN).id for _ in range(2)]
    load_edition(world, tmp_path, 2, "one", "two")

    def press_button(actor_id: int) -> None:
        try:
            move(world, actor_id, most=4)
        except StaleError:
            return

    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(press_button, actor_id) for actor_id in admins]
        futures += [pool.submit(learner.do, "read-one") for learner in learners[:8]]
        for future in futures:
            future.result()
    press_button(admins[0])
    enrolment, moved = table(Enrolment), table(EditionMove)
    with world.db.read() as session:
        moves = session.scalars(sa.select(moved.c.enrolment_id)).all()
        rows = session.execute(sa.select(enrolment.c.id, enrolment.c.completed_at)).all()
    assert len(moves) == len(set(moves))
    for learner in learners:
        course = learner.course
        assert course.is_completed == (course.view.edition_number == 1), "completed on the old one, or gone on"
    assert {row.id for row in rows if row.completed_at is None} == set(moves)
