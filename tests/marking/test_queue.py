"""What waits for a marker, taking it, and giving it back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.accounts.models import RoleGrant
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import NotFoundError, RuleBrokenError
from app.marking.commands.taking import FreeWork, GiveBack, free_work, give_back, give_up_late
from app.marking.models import Mark, PieceOfWork
from app.marking.queries.queue import PAGE, Wanted, queue
from app.marking.rules import MarkPlace
from tests.client import document
from tests.marking.judged import BEST, ONE, TWO, WORST, Ward
from tests.organisation.away import go_on_leave


def _waiting(ward: Ward, person: int, **wanted: Any) -> list[int]:
    with ward.world.db.read() as session:
        found = queue(session, ward.world.actor(person), Wanted(**wanted), ward.world.now)
    return [line.work_id for line in found.waiting]


def _give_back(ward: Ward, person: int, mark: int) -> None:
    with ward.world.db.write() as session:
        give_back(session, ward.world.actor(person), GiveBack(mark_id=mark), ward.world.now)


def _sweep(ward: Ward) -> int:
    with ward.world.db.write() as session:
        return give_up_late(session, SYSTEM, ward.world.now)


def test_the_next_one_is_the_oldest_that_waits(ward: Ward) -> None:
    now = ward.world.now
    newer, older = (ward.handed_in(at=now - timedelta(days=days)) for days in (2, 9))
    marker = ward.marker()
    assert _waiting(ward, marker) == [older, newer]
    ward.take(marker)
    assert [mark.work_id for mark in ward.marks(marker_id=marker)] == [older]
    assert _waiting(ward, marker) == [newer]


@pytest.mark.parametrize("role", [Role.MARKER, Role.QI_ADMIN])
def test_nobody_marks_their_own_work(ward: Ward, role: Role) -> None:
    marker = ward.marker(role)
    own = ward.handed_in(by=marker)
    assert _waiting(ward, marker) == []
    assert ward.take(marker) is None
    with pytest.raises(NotFoundError):
        ward.take(marker, own)


def test_nobody_marks_the_same_work_twice(ward: Ward) -> None:
    work, marker = ward.handed_in(TWO), ward.marker()
    ward.mark(marker, work, BEST)
    assert ward.take(marker) is None
    with pytest.raises(NotFoundError):
        ward.take(marker, work)


def test_two_markers_get_two_looks_and_a_third_gets_none(ward: Ward) -> None:
    work = ward.handed_in(TWO)
    first, second, third = ward.marker(), ward.marker(), ward.marker()
    assert ward.take(first) is not None
    assert ward.take(second) is not None
    assert {mark.place for mark in ward.marks(work_id=work)} == {MarkPlace.FIRST, MarkPlace.SECOND}
    assert ward.take(third) is None
    with pytest.raises(RuleBrokenError, match="a moment ago"):
        ward.take(third, work)


def test_pressing_twice_takes_it_once(ward: Ward) -> None:
    work, marker = ward.handed_in(TWO), ward.marker()
    assert ward.take(marker, work) == ward.take(marker, work)
    assert len(ward.marks(work_id=work)) == 1


def test_what_one_gave_back_does_not_come_again_by_itself_but_can_be_taken(ward: Ward) -> None:
    work, marker = ward.handed_in(), ward.marker()
    mark = ward.take(marker)
    assert mark is not None
    _give_back(ward, marker, mark)
    assert ward.take(marker) is None
    assert _waiting(ward, marker) == [work]
    assert ward.take(marker, work) not in {None, mark}


def test_work_of_a_task_whose_samples_one_has_not_judged_is_not_offered(ward: Ward) -> None:
    work = ward.handed_in(ONE)
    marker = ward.marker(Role.MARKER, TWO)
    assert _waiting(ward, marker) == []
    assert ward.take(marker) is None
    with pytest.raises(RuleBrokenError, match="samples"):
        ward.take(marker, work)


def test_nobody_gives_back_what_another_holds(ward: Ward) -> None:
    ward.handed_in()
    mark, other = ward.take(ward.marker()), ward.marker()
    assert mark is not None
    with pytest.raises(NotFoundError):
        _give_back(ward, other, mark)
    with ward.world.db.write() as session, pytest.raises(NotFoundError):
        free_work(session, ward.world.actor(other), FreeWork(mark_id=mark), ward.world.now)


def test_a_moderator_frees_what_somebody_is_stuck_with(ward: Ward) -> None:
    work, stuck = ward.handed_in(), ward.marker()
    mark = ward.take(stuck)
    assert mark is not None
    admin = ward.marker(Role.QI_ADMIN)
    with ward.world.db.write() as session:
        free_work(session, ward.world.actor(admin), FreeWork(mark_id=mark), ward.world.now)
    assert ward.take(ward.marker()) is not None
    assert len(ward.marks(work_id=work, given_back_at=None)) == 1


def test_what_somebody_on_long_leave_holds_goes_back_to_the_queue(ward: Ward) -> None:
    work, marker = ward.handed_in(), ward.marker()
    ward.take(marker)
    go_on_leave(ward.world, marker)
    assert [_sweep(ward), _sweep(ward)] == [1, 0]
    assert _waiting(ward, ward.marker()) == [work]


def test_what_is_not_finished_in_seven_days_goes_back_by_itself_and_that_is_written_down(ward: Ward) -> None:
    marker = ward.marker()
    ward.handed_in()
    mark = ward.take(marker)
    ward.world.later(days=6, hours=23)
    assert _sweep(ward) == 0
    ward.world.later(hours=2)
    assert _sweep(ward) == 1
    assert _sweep(ward) == 0
    with ward.world.db.read() as session:
        events = table(AuditEvent)
        freed = session.scalars(sa.select(events.c.entity_id).where(events.c.action == "free work")).all()
    assert freed == [mark]


def test_what_is_finished_stays_finished_however_long_ago(ward: Ward) -> None:
    marker = ward.marker()
    ward.mark(marker, ward.handed_in(TWO), BEST)
    ward.world.later(days=30)
    assert _sweep(ward) == 0


def test_what_a_leaver_holds_goes_back_at_once(ward: Ward) -> None:
    marker = ward.marker()
    ward.handed_in()
    ward.take(marker)
    ward.world.leave(marker)
    assert _sweep(ward) == 1


def test_what_somebody_holds_who_may_no_longer_mark_goes_back_at_once(ward: Ward) -> None:
    marker = ward.marker()
    ward.handed_in()
    ward.take(marker)
    grants = table(RoleGrant)
    with ward.world.db.write() as session:
        ended = sa.update(grants).where(grants.c.person_id == marker)
        session.execute(ended.values(starts_on=ward.world.today - timedelta(days=9), ends_on=ward.world.today))
    assert _sweep(ward) == 1


# at the same moment


def _at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """What each returned, or the refusal that it met."""

    def outcome(deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        except (NotFoundError, RuleBrokenError) as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(outcome, deeds))


def test_of_markers_who_want_the_same_one_at_the_same_moment_one_gets_it(ward: Ward) -> None:
    markers = [ward.marker() for _ in range(4)]
    for _ in range(3):
        work = ward.handed_in()
        met = _at_once([lambda m=m, w=work: ward.take(m, w) for m in markers])  # type: ignore[misc]
        assert sum(isinstance(one, int) for one in met) == 1
        assert len(ward.marks(work_id=work, given_back_at=None)) == 1


def test_markers_who_ask_for_the_next_at_the_same_moment_get_one_each(ward: Ward) -> None:
    markers = [ward.marker() for _ in range(4)]
    works = [ward.handed_in() for _ in range(3)]
    met = _at_once([lambda m=m: ward.take(m) for m in markers])  # type: ignore[misc]
    assert met.count(None) == 1
    assert sorted(mark.work_id for mark in ward.marks()) == works


def test_two_presses_of_the_next_at_the_same_moment_take_different_work(ward: Ward) -> None:
    marker = ward.marker()
    ward.handed_in(TWO)
    met = _at_once([lambda: ward.take(marker)] * 2)
    assert sorted(one is None for one in met) == [False, True]


def _take_back(ward: Ward, work: int) -> str:
    """As a learner does who changes their mind: only what nobody has begun to mark, under the lock of its row."""
    works = table(PieceOfWork)
    with ward.world.db.write() as session:
        there = session.scalars(sa.select(PieceOfWork).where(works.c.id == work).with_for_update()).one()
        if _is_held(session, work):
            return "taken"
        there.handed_in_at = None
        session.flush()
        return "back"


def _is_held(session: Any, work: int) -> bool:
    marks = table(Mark)
    return session.scalar(sa.select(marks.c.id).where(marks.c.work_id == work)) is not None


def test_a_learner_who_takes_it_back_and_a_marker_who_takes_it_cannot_both_win(ward: Ward) -> None:
    marker = ward.marker()
    for _ in range(6):
        work = ward.handed_in()
        taken, back = _at_once(
            [lambda w=work: ward.take(marker, w), lambda w=work: _take_back(ward, w)]  # type: ignore[misc]
        )
        assert isinstance(taken, int) == (back == "taken")


# the page


def test_a_marker_sees_what_waits_with_its_age_and_takes_the_next_with_one_button(ward: Ward) -> None:
    now = ward.world.now
    for days in (1, 9, 20):
        ward.handed_in(at=now - timedelta(days=days, hours=1))
    client = ward.world.client(ward.marker())
    page = client.get("/marking")
    text = document(page).text
    assert "3 pieces of work wait to be marked" in text
    assert "Over 7 days" in text
    assert "Over 14 days" in text
    taken = client.follow(client.submit(page, "/marking/next"))
    assert "The aim" in document(taken).text
    assert "You hold 1" in document(client.get("/marking")).text


def test_every_count_opens_the_list_that_it_counts(ward: Ward) -> None:
    now, learner = ward.world.now, ward.world.hire().id
    ward.handed_in(TWO, at=now - timedelta(days=3))
    ward.mark(ward.marker(), ward.handed_in(ONE, by=learner, at=now - timedelta(days=30)), WORST)
    ward.handed_in(ONE, by=learner, at=now - timedelta(days=8))
    ward.handed_in(ONE, at=now - timedelta(days=10))
    client = ward.world.client(ward.marker())
    page = document(client.get("/marking"))
    links = {words: href for words, href in page.links.items() if href.startswith("/marking")}
    for words, count in (("Older than 7 days: 2", 2), ("Resubmissions: 1", 1), ("All 3", 3)):
        listed = document(client.get(links[words].partition("#")[0]))
        assert sum(form.action.startswith("/marking/take/") for form in listed.forms) == count


def test_what_makes_no_sense_in_the_address_asks_for_nothing(ward: Ward) -> None:
    ward.handed_in()
    client = ward.world.client(ward.marker())
    for query in ("days=²", "days=-1", "page=0", "page=9999999999", "task=%00", "again=yes", "page=x"):
        assert client.get(f"/marking?{query}").status_code == 200


def test_fifty_stand_on_a_page_and_the_rest_on_the_next(ward: Ward) -> None:
    for _ in range(PAGE + 3):
        ward.handed_in()
    marker = ward.marker()
    assert len(_waiting(ward, marker)) == PAGE
    assert len(_waiting(ward, marker, page=2)) == 3
    client = ward.world.client(marker)
    assert "page 2 of 2" in document(client.get("/marking?page=2")).text


def test_no_learner_sees_the_queue(ward: Ward) -> None:
    assert ward.world.client(ward.world.hire()).get("/marking").status_code == 403
