"""The demonstration's markers: they have judged the samples, differ now and then, and leave something to be done."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from app.access.permissions import Role
from app.demonstration.calendar import Calendar
from app.demonstration.marks import Left, Marking
from app.demonstration.shape import Post
from app.demonstration.trust import Member
from app.marking.queries.agreement import agreements
from app.marking.queries.desk import desk
from app.marking.queries.queue import Wanted, queue
from tests.marking.judged import TWO, Ward, write_tasks
from tests.world import World

FATES = (Left.NOTHING,) * 24 + (Left.DIFFERS,) * 3 + (Left.WAITS,) * 12


@pytest.fixture
def ward(world: World, tmp_path: Path) -> Ward:
    world.load_courses(write_tasks(tmp_path / "tasks"), shared=True)
    return Ward(world)


def _member(person_id: int) -> Member:
    return Member(person_id, f"Person {person_id}", "Larch ward", Post("", "", ""), date(2020, 1, 1))


def _tell(ward: Ward) -> Marking:
    world, now = ward.world, ward.world.now
    markers = [_member(world.with_role(Role.MARKER).id) for _ in range(3)]
    admin = _member(world.with_role(Role.QI_ADMIN).id)
    works = [(ward.handed_in(TWO, at=now - timedelta(days=60 - n)), fate) for n, fate in enumerate(FATES)]
    random = Random(7)
    calendar = Calendar(random, now - timedelta(days=90), now)
    marking = Marking(random, calendar, world.settings)
    with world.db.write() as session:
        marking.begin(session, markers, admin, now - timedelta(days=80))
        for n, (work, fate) in enumerate(works):
            marking.handed_in(session, work, now - timedelta(days=60 - n), left=fate)
        for _ in calendar.run(session):
            pass
    return marking


@pytest.mark.slow
def test_work_waits_differs_and_is_decided_and_markers_agree_well_enough(ward: Ward) -> None:
    marking = _tell(ward)
    assert marking.moderator is not None
    admin = ward.world.actor(marking.moderator.person_id)
    marker = ward.world.actor(marking.markers[0].person_id)
    with ward.world.db.read() as session:
        assert queue(session, marker, Wanted(), ward.world.now).counted.total == 12
        assert desk(session, admin, ward.world.now).moderations == 3
        [found] = agreements(session, admin)
    assert found.pieces == 27
    assert found.on_points is not None
    assert found.on_points.kappa is not None
    assert 0.6 <= found.on_points.kappa <= 0.85
