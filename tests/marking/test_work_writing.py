"""What somebody writes for a task is theirs, is kept version by version, and is handed in once."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.kernel.audit import AuditEvent, AuditValue
from app.kernel.db import table
from app.kernel.errors import NotFoundError, RuleBrokenError, StaleError
from app.learning.models import Enrolment
from app.marking.commands.writing import OtherWordsError, TakenError, UnfitError
from app.marking.models import PieceOfWork
from app.marking.rules import MarkPlace, markers_of
from tests.marking.work_course import TASK, write_course
from tests.marking.work_writer import WORDS, Writer, decide, mark, release
from tests.world import World


def on_a_course(world: World, folder: Path, **guide: object) -> Writer:
    world.load_courses(write_course(folder / "another", **guide))  # type: ignore[arg-type]
    return Writer(world, world.hire().id).enrol()


def actions(world: World) -> list[str]:
    event = table(AuditEvent)
    with world.db.read() as session:
        found = sa.select(event.c.action).where(event.c.entity == "piece_of_work").order_by(event.c.id)
        return list(session.scalars(found))


def test_each_save_is_a_version_and_the_same_words_again_are_none(writer: Writer) -> None:
    assert writer.save().version == 1
    assert writer.save(seen=1).version == 1
    assert writer.save({"aim": "Fewer", "idea": ""}, seen=1).version == 2
    assert writer.own.draft is not None
    assert writer.own.draft.content == {"aim": "Fewer", "idea": ""}
    assert actions(writer.world) == ["save work", "save work"]


def test_nothing_written_is_nothing_begun(writer: Writer) -> None:
    assert writer.save({"aim": "", "idea": ""}) is None
    assert writer.own.newest is None


def test_what_the_guide_does_not_ask_for_is_not_kept(writer: Writer) -> None:
    writer.save(WORDS | {"salary": "secret"})
    assert writer.own.draft is not None
    assert set(writer.own.draft.content) == {"aim", "idea"}


def test_an_older_window_overwrites_nothing(writer: Writer) -> None:
    writer.save()
    writer.save({"aim": "Newer", "idea": "Newer"}, seen=1)
    with pytest.raises(OtherWordsError):
        writer.save({"aim": "Older", "idea": "Older"}, seen=1)
    assert writer.own.draft is not None
    assert writer.own.draft.content["aim"] == "Newer"


def test_a_window_of_the_last_go_does_not_write_into_the_next(writer: Writer) -> None:
    work = writer.handed_in()
    release(writer.world, work, 0)
    writer.again()
    writer.save({"aim": "Second go", "idea": "Two"}, seen=0, number=2)
    with pytest.raises(OtherWordsError):
        writer.save({"aim": "First go, late", "idea": "One"}, seen=1, number=1)


def test_handing_in_twice_is_handing_in_once(writer: Writer) -> None:
    first = writer.handed_in()
    writer.world.later(minutes=5)
    assert writer.hand_in().handed_in_at == first.handed_in_at
    assert actions(writer.world) == ["save work", "hand in work"]


def test_words_that_changed_since_they_were_checked_are_not_handed_in(writer: Writer) -> None:
    writer.save()
    writer.save({"aim": "Other", "idea": "Other"}, seen=1)
    with pytest.raises(StaleError):
        writer.hand_in(seen=1)
    assert writer.hand_in(seen=2).handed_in_at is not None


def test_empty_and_endless_parts_are_refused_by_name_and_stay_as_they_are(writer: Writer) -> None:
    writer.save({"aim": "x" * 203, "idea": ""})
    with pytest.raises(UnfitError) as refused:
        writer.hand_in()
    assert refused.value.unfit == {"aim": 3, "idea": 0}
    assert writer.own.draft is not None
    assert len(writer.own.draft.content["aim"]) == 203
    with pytest.raises(UnfitError):
        writer.save({"aim": "x" * 50_000, "idea": ""}, seen=1)


def test_nothing_is_written_into_work_that_was_handed_in(writer: Writer) -> None:
    writer.handed_in()
    with pytest.raises(OtherWordsError):
        writer.save({"aim": "Later", "idea": "Later"}, seen=1)
    assert writer.own.waiting is not None
    assert writer.own.waiting.content == WORDS


def test_until_somebody_takes_it_it_can_be_taken_back_changed_and_handed_in_again(writer: Writer) -> None:
    writer.handed_in()
    writer.take_back()
    assert writer.take_back().handed_in_at is None
    writer.save({"aim": "Better", "idea": "Better"}, seen=1)
    writer.hand_in()
    assert writer.own.waiting is not None
    assert actions(writer.world) == ["save work", "hand in work", "take back work", "save work", "hand in work"]


def test_work_that_somebody_marks_cannot_be_taken_back_until_they_give_it_back(writer: Writer) -> None:
    work = writer.handed_in()
    mark(writer.world, work, MarkPlace.FIRST)
    with pytest.raises(TakenError):
        writer.take_back()
    with writer.world.db.write() as session:
        session.execute(sa.text("UPDATE mark SET given_back_at = taken_at"))
    assert writer.take_back().handed_in_at is None


def test_work_that_is_judged_cannot_be_taken_back(writer: Writer) -> None:
    work = writer.handed_in()
    decide(writer.world, work, 4)
    with pytest.raises(TakenError):
        writer.take_back()


def test_the_next_go_begins_with_the_words_of_the_last(writer: Writer) -> None:
    release(writer.world, writer.handed_in(), 1)
    again = writer.again()
    assert (again.number, again.content, again.handed_in_at) == (2, WORDS, None)
    assert writer.again().id == again.id
    assert writer.hand_in(2).number == 2


def test_there_is_no_next_go_while_one_waits_nor_after_passing(writer: Writer) -> None:
    work = writer.handed_in()
    with pytest.raises(RuleBrokenError, match="not been marked"):
        writer.again()
    decide(writer.world, work, 1)
    with pytest.raises(RuleBrokenError, match="not been marked"):
        writer.again()
    release(writer.world, work, 4)
    with pytest.raises(RuleBrokenError, match="passed this already"):
        writer.again()


def test_goes_run_out_where_the_guide_limits_them(world: World, tmp_path: Path) -> None:
    writer = on_a_course(world, tmp_path, resubmissions=1)
    release(world, writer.handed_in(), 0)
    writer.again()
    release(world, writer.hand_in(2), 0)
    assert writer.own.goes_left == 0
    with pytest.raises(RuleBrokenError, match="all your goes"):
        writer.again()


def test_nothing_is_handed_in_for_a_course_that_is_finished(writer: Writer) -> None:
    writer.save()
    enrolment = table(Enrolment)
    with writer.world.db.write() as session:
        session.execute(sa.update(enrolment).values(closed_at=writer.world.now))
    for deed in (writer.hand_in, lambda: writer.save({"aim": "Late", "idea": "Late"}, seen=1)):
        with pytest.raises(RuleBrokenError, match="finished this course"):
            deed()
    release(writer.world, _handed_in_before(writer), 0)
    with pytest.raises(RuleBrokenError, match="finished this course"):
        writer.again()


def test_the_first_words_begin_the_course_so_that_nobody_takes_its_place_back(writer: Writer) -> None:
    started = sa.select(table(Enrolment).c.started_at)
    with writer.world.db.read() as session:
        assert session.scalars(started).all() == [None]
    writer.save()
    with writer.world.db.read() as session:
        assert session.scalars(started).all() == [writer.world.now]


def _handed_in_before(writer: Writer) -> PieceOfWork:
    rows = table(PieceOfWork)
    with writer.world.db.write() as session:
        session.execute(sa.update(rows).values(handed_in_at=writer.world.now - timedelta(days=1)))
        return session.scalars(sa.select(PieceOfWork)).one()


def test_somebody_who_is_not_on_the_course_has_no_work(world: World, course: Path) -> None:
    stranger = Writer(world, world.hire().id)
    for deed in (lambda: stranger.save(WORDS), stranger.hand_in, stranger.take_back, stranger.again):
        with pytest.raises(NotFoundError):
            deed()


def test_a_text_is_no_task(writer: Writer) -> None:
    with pytest.raises(NotFoundError):
        Writer(writer.world, writer.person_id, task="read-it").save(WORDS)
    with pytest.raises(NotFoundError):
        Writer(writer.world, writer.person_id, task="nothing").save(WORDS)


def test_every_so_many_th_piece_falls_to_the_second_marks_by_the_order_of_handing_in(
    world: World, tmp_path: Path
) -> None:
    first = on_a_course(world, tmp_path, second_mark_every=3)
    others = [Writer(world, world.hire().id).enrol() for _ in range(5)]
    assert [w.handed_in().markers for w in (first, *others)] == [1, 1, 2, 1, 1, 2]
    others[-1].take_back()
    assert others[-1].hand_in().markers == 2
    assert (markers_of(2, None, 3), markers_of(1, None, 5)) == (2, 1)


def test_two_markers_are_asked_for_where_the_guide_says_so(world: World, tmp_path: Path) -> None:
    assert on_a_course(world, tmp_path, markers=2).handed_in().markers == 2


def test_a_draft_keeps_the_guide_with_which_it_began(writer: Writer, course: Path) -> None:
    writer.save()
    file = course / writer.slug / f"{TASK}.yaml"
    file.write_text(file.read_text().replace("A small task", "A mended task"))
    writer.world.later(days=1)
    writer.world.load_courses(course)
    own = writer.own
    assert own.draft is not None
    assert (own.guide.title, own.draft.guide.title) == ("A mended task", "A small task")


def test_the_words_are_not_in_the_audit_log(writer: Writer) -> None:
    writer.handed_in()
    writer.take_back()
    with writer.world.db.read() as session:
        kept = session.scalars(sa.select(table(AuditValue).c.after)).all()
    assert not any(words in (value or "") for words in WORDS.values() for value in kept)
