"""Long leave: what HR can enter, who may know of it, and by how much it moves a date."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.access.actor import SYSTEM, ScopeKind
from app.access.permissions import Role
from app.kernel.audit import AuditEvent, AuditValue
from app.kernel.db import table
from app.kernel.errors import BadInputError, NotFoundError
from app.organisation.commands import EndLeave, RecordLeave, RemoveLeave, end_leave, record_leave, remove_leave
from app.organisation.models import LongLeave
from app.organisation.queries import leaves_of
from app.organisation.rules import LEAVE_NAMES, LeaveKind, Spell, away_on, moved_by, overlap
from tests.organisation.away import come_back, go_on_leave
from tests.world import World

MAR, SEP = date(2026, 3, 2), date(2026, 9, 7)
DAYS = st.integers(0, 400).map(lambda n: date(2026, 1, 1) + timedelta(days=n))


def refused(world: World, person_id: int, starts_on: date, ends_on: date | None = None) -> dict[str, str]:
    command = RecordLeave(person_id=person_id, kind=LeaveKind.SICK, starts_on=starts_on, ends_on=ends_on)
    with pytest.raises(BadInputError) as caught, world.db.write() as session:
        record_leave(session, SYSTEM, command, world.now)
    return caught.value.errors


def spells(world: World, person_id: int) -> list[Spell]:
    with world.db.read() as session:
        return list(leaves_of(session, [person_id], world.today).get(person_id, ()))


# the rule


def test_a_date_in_a_leave_or_after_it_moves_by_its_days() -> None:
    began, leave = date(2026, 1, 1), [(MAR, SEP)]
    days = (SEP - MAR).days
    assert moved_by(leave, began, date(2026, 6, 1), SEP) == days
    assert moved_by(leave, began, date(2026, 12, 1), SEP) == days
    assert moved_by(leave, began, MAR, SEP) == days, "the leave begins on the very day"
    assert moved_by(leave, began, MAR - timedelta(days=1), SEP) == 0, "it was due before they went"


def test_only_days_since_the_clock_began_count() -> None:
    assert moved_by([(MAR, SEP)], date(2026, 9, 1), date(2026, 12, 1), SEP) == 6
    assert moved_by([(MAR, SEP)], SEP, date(2026, 12, 1), SEP) == 0


def test_a_leave_without_an_end_counts_up_to_today_and_one_to_come_not_at_all() -> None:
    began, due = date(2026, 1, 1), date(2026, 3, 10)
    assert moved_by([(MAR, None)], began, due, date(2026, 5, 1)) == 61
    assert due + timedelta(days=61) > date(2026, 5, 1), "so nothing is late meanwhile"
    assert moved_by([(MAR, SEP)], began, due, date(2026, 2, 1)) == 0


def test_a_second_leave_counts_once_the_first_has_moved_the_date_into_it() -> None:
    leaves = [(date(2026, 5, 1), date(2026, 6, 1)), (date(2026, 3, 1), date(2026, 4, 1))]
    assert moved_by(leaves, date(2026, 1, 1), date(2026, 4, 5), SEP) == 31 + 31
    assert moved_by(leaves, date(2026, 1, 1), date(2026, 3, 20), SEP) == 31


@given(st.lists(st.tuples(DAYS, st.integers(1, 120)), max_size=3), DAYS, st.integers(0, 200), DAYS, st.booleans())
def test_the_clock_has_run_for_as_long_as_it_should_when_the_moved_date_comes(
    found: list[tuple[date, int]], began: date, runs: int, today: date, last_is_open: bool
) -> None:
    """Against a clock that ticks day by day and stands still on each day of leave."""
    leaves: list[Spell] = []
    for start, length in sorted(found):
        spell: Spell = (start, start + timedelta(days=length))
        if not any(overlap(spell, other) for other in leaves):
            leaves.append(spell)
    if leaves and last_is_open:
        leaves[-1] = (leaves[-1][0], None)
    begun = [(s, e or today + timedelta(days=1)) for s, e in leaves if s <= today]
    day, ticks = began, 0
    while ticks < runs or away_on(begun, day):
        ticks += not away_on(begun, day)
        day += timedelta(days=1)
    until = began + timedelta(days=runs)
    moved = until + timedelta(days=moved_by(leaves, began, until, today))
    assert moved == day
    assert not (away_on(begun, today) and until >= began and moved <= today and moved > until)


# what HR enters


def test_a_leave_is_recorded_ended_and_removed_with_one_event_each(world: World) -> None:
    sam = world.hire("Sam", "Lee")
    leave_id = go_on_leave(world, sam)
    assert spells(world, sam.id) == [(world.today, None)]
    world.later(days=30)
    come_back(world, leave_id)
    assert spells(world, sam.id) == [(world.today - timedelta(days=30), world.today)]
    come_back(world, leave_id)
    with world.db.write() as session:
        assert remove_leave(session, SYSTEM, RemoveLeave(leave_id=leave_id), world.now) == sam.id
    assert spells(world, sam.id) == []
    event, value = table(AuditEvent), table(AuditValue)
    with world.db.read() as session:
        mine = sa.select(event.c.action, event.c.subject_id).where(event.c.entity == "long_leave")
        deeds = session.execute(mine.order_by(event.c.id)).all()
        kept = session.scalars(sa.select(value.c.field).where(value.c.field == "kind")).all()
    assert deeds == [("record leave", sam.id), ("end leave", sam.id), ("remove leave", sam.id)]
    assert kept == [], "the log's readers need not manage people"


def test_what_cannot_be_is_refused_beside_its_field(world: World) -> None:
    sam, today = world.hire("Sam", "Lee"), world.today
    assert "after the first day of leave" in refused(world, sam.id, today, today)["ends_on"]
    assert "two years ahead" in refused(world, sam.id, today + timedelta(days=900))["starts_on"]
    assert "Check the year" in refused(world, sam.id, today, today + timedelta(days=3000))["ends_on"]
    first = go_on_leave(world, sam, today, today + timedelta(days=100))
    assert "another leave on record" in refused(world, sam.id, today + timedelta(days=99))["starts_on"]
    assert "another leave on record" in refused(world, sam.id, today - timedelta(days=9))["starts_on"]
    second = go_on_leave(world, sam, today + timedelta(days=100))
    command = EndLeave(leave_id=first, on=today + timedelta(days=101))
    with pytest.raises(BadInputError) as caught, world.db.write() as session:
        end_leave(session, SYSTEM, command, world.now)
    assert "another leave on record" in caught.value.errors["ends_on"]
    come_back(world, second, today + timedelta(days=130))


def test_whoever_leaves_is_on_leave_no_longer(world: World) -> None:
    sam = world.hire("Sam", "Lee")
    go_on_leave(world, sam)
    world.later(days=10)
    world.leave(sam)
    assert spells(world, sam.id) == [(world.today - timedelta(days=10), world.today)]


def test_two_who_record_a_leave_at_once_leave_one(world: World) -> None:
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    sam, line = world.hire("Sam", "Lee"), Barrier(2)
    command = RecordLeave(person_id=sam.id, kind=LeaveKind.SICK, starts_on=world.today, ends_on=SEP.replace(year=2027))

    def record() -> bool:
        line.wait()
        try:
            with world.db.write() as session:
                record_leave(session, SYSTEM, command, world.now)
        except BadInputError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(record) for _ in range(2)]
        assert sorted(one.result() for one in done) == [False, True]


# on the pages


def test_hr_records_a_leave_and_its_end_without_scripts(world: World) -> None:
    sam = world.hire("Sam", "Lee")
    hr = world.client(world.with_role(Role.HR))
    page = hr.get(f"/people/{sam.id}")
    assert "They go on long leave" in page.text
    wrong = hr.post(f"/people/{sam.id}/leave", data={"kind": "", "first": "soon", "back": "31 March 2027"})
    assert wrong.status_code == 422
    assert "Choose what kind of leave it is" in wrong.text
    assert "Enter the first day of leave, such as 31 March 2027" in wrong.text
    assert 'value="31 March 2027"' in wrong.text, "nothing typed is lost"
    hr.post(f"/people/{sam.id}/leave", data={"kind": "carer", "first": "23 November 2026", "back": ""})
    page = hr.get(f"/people/{sam.id}")
    assert "Carer&#39;s leave" in page.text
    assert "From 23 November 2026, no first day back yet" in page.text
    assert "On leave." in page.text
    assert "They are back from leave" in page.text
    assert "They go on long leave" not in page.text
    with world.db.read() as session:
        leave_id = session.scalar(sa.select(table(LongLeave).c.id))
    assert "after the first day of leave" in hr.post(f"/leave/{leave_id}/back", data={"back": "1 May 2026"}).text
    hr.post(f"/leave/{leave_id}/back", data={"back": "1 May 2027"})
    assert "23 November 2026 to 30 April 2027" in hr.get(f"/people/{sam.id}").text
    hr.post(f"/leave/{leave_id}/remove")
    assert "Carer&#39;s leave" not in hr.get(f"/people/{sam.id}").text


def test_a_leave_out_of_reach_looks_like_none(world: World) -> None:
    sam = world.hire("Sam", "Lee", team=world.team("Theatre", "Surgery"))
    leave_id = go_on_leave(world, sam)
    near = world.hire()
    world.grant(near, Role.HR, ScopeKind.DIRECTORATE, world.directorate().id)
    hr = world.client(near)
    for address in (f"/leave/{leave_id}/back", f"/leave/{leave_id}/remove", f"/people/{sam.id}/leave"):
        assert hr.get(address).status_code == hr.get("/leave/999/back").status_code == 404
    with pytest.raises(NotFoundError), world.db.write() as session:
        remove_leave(session, world.actor(near), RemoveLeave(leave_id=leave_id), world.now)


def test_each_kind_has_its_words() -> None:
    assert set(LEAVE_NAMES) == set(LeaveKind)
