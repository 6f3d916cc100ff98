"""Everything twice at the same moment: two windows, two presses, a marker beside the learner."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import RuleBrokenError, StaleError
from app.marking.models import Mark, PieceOfWork
from app.marking.rules import MarkPlace
from tests.marking.work_course import write_course
from tests.marking.work_writer import Writer, release
from tests.world import World


def at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """What each returned, or the refusal that it met."""

    def outcome(deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        except (RuleBrokenError, StaleError) as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(outcome, deeds))


def count(world: World, model: Any) -> int:
    with world.db.read() as session:
        return int(session.scalar(sa.select(sa.func.count()).select_from(table(model))) or 0)


def test_two_windows_that_begin_make_one_go(writer: Writer) -> None:
    met = at_once([lambda n=n: writer.save({"aim": f"Window {n}", "idea": "x"}) for n in range(4)])  # type: ignore[misc]
    assert count(writer.world, PieceOfWork) == 1
    assert sum(isinstance(m, StaleError) for m in met) == 3


def test_two_presses_of_write_it_again_make_one_go(writer: Writer) -> None:
    release(writer.world, writer.handed_in(), 0)
    begun = at_once([writer.again] * 4)
    assert {b.number for b in begun} == {2}
    assert count(writer.world, PieceOfWork) == 2


def test_handing_in_many_times_at_once_hands_in_once(writer: Writer) -> None:
    writer.save()
    done = at_once([writer.hand_in] * 4)
    assert len({d.handed_in_at for d in done}) == 1
    event = table(AuditEvent)
    with writer.world.db.read() as session:
        said = sa.select(sa.func.count()).where(event.c.action == "hand in work")
        assert session.scalar(said) == 1


@pytest.mark.parametrize("go", range(3))
def test_a_marker_who_takes_it_and_a_learner_who_takes_it_back_do_not_both_win(writer: Writer, go: int) -> None:
    work = writer.handed_in()
    marker_id = writer.world.hire().id
    writer.actor  # noqa: B018  found before the race

    def take() -> bool:
        """As a marker's command does: the row of the work is locked, then looked at."""
        rows = table(PieceOfWork)
        with writer.world.db.write() as session:
            found = session.scalars(sa.select(PieceOfWork).where(rows.c.id == work.id).with_for_update()).one()
            if found.handed_in_at is None:
                return False
            session.add(
                Mark(
                    work_id=work.id,
                    marker_id=marker_id,
                    place=MarkPlace.FIRST,
                    taken_at=writer.world.now,
                    marks={},
                    comments={},
                )
            )
            return True

    met = at_once([writer.take_back, take] if go % 2 else [take, writer.take_back])
    taken = next(m for m in met if isinstance(m, bool))
    refused = any(isinstance(m, RuleBrokenError) for m in met)
    assert taken is refused
    assert (writer.own.draft is None) is taken
    assert count(writer.world, Mark) == int(taken)


def test_pieces_handed_in_at_the_same_moment_are_counted_one_by_one(world: World, tmp_path: Path) -> None:
    world.load_courses(write_course(tmp_path / "counted", second_mark_every=2))
    writers = [Writer(world, world.hire().id).enrol() for _ in range(4)]
    for one in writers:
        one.save()
    done = at_once([one.hand_in for one in writers])
    assert sorted(d.markers for d in done) == [1, 1, 2, 2]
