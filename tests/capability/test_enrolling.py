"""Whoever a rule asks for a level whose course people begin by themselves is put on it, once, and never in the way."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.access.actor import SYSTEM
from app.capability.commands import (
    EndRule,
    UndoDecision,
    end_rule,
    previewed,
    previewed_end,
    run_rules,
    undo_decision,
    welcome_starter,
)
from app.capability.enrolling import NOTHING_ASKED, RULE_ASKS, Asked, Move, Taken, move
from app.capability.need_rules import By, Conditions, DueFrom
from app.capability.queries.enrolling import placing
from app.capability.queries.reaching import staff_between
from app.capability.rules import Need, NeedSource, PauseReason
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import StaleError
from app.learning.rules import EnrolmentSource
from app.organisation.commands import RecordLeave, record_leave
from app.organisation.models import Person
from app.organisation.rules import LeaveKind
from tests.capability.conftest import Scene
from tests.capability.ruled import Ruled, begin, places
from tests.client import document
from tests.learning.learner import Learner

OPEN, BACK = ("pocket-qi", "rule", "open"), ("pocket-qi", "rule", "taken back")
TAKEN = st.builds(
    Taken,
    enrolment_id=st.integers(1, 9),
    source=st.sampled_from(EnrolmentSource),
    is_open=st.booleans(),
    begun=st.booleans(),
    completed=st.booleans(),
).map(lambda t: t._replace(completed=t.completed and not t.is_open))
ASKED = st.sampled_from((RULE_ASKS, Asked(by_rule=False, at_all=True), NOTHING_ASKED))


@pytest.fixture(scope="session")
def levels() -> None:
    """The real courses instead of levels alone."""


@pytest.fixture
def ruled(scene: Scene) -> Ruled:
    return begin(scene)


def events(ruled: Ruled, person: Person) -> list[str]:
    e = table(AuditEvent)
    with ruled.scene.world.db.read() as session:
        about = sa.and_(e.c.entity == "enrolment", e.c.subject_id == person.id)
        return list(session.scalars(sa.select(e.c.action).where(about).order_by(e.c.id)))


def on_leave(ruled: Ruled, person: Person, ends_on: date) -> None:
    command = RecordLeave(person_id=person.id, kind=LeaveKind.SICK, starts_on=date(2026, 11, 1), ends_on=ends_on)
    with ruled.scene.world.db.write() as session:
        record_leave(session, SYSTEM, command, ruled.scene.world.now)


@given(st.none() | TAKEN, ASKED, st.booleans(), st.booleans(), st.booleans())
def test_a_move_makes_it_so_a_second_finds_nothing_and_nothing_that_anybody_did_is_touched(
    taken: Taken | None, asked: Asked, held: bool, lapsed: bool, away: bool
) -> None:
    lapsed = lapsed and not held
    what = move(taken, asked, held=held, lapsed=lapsed, away=away)
    if what is Move.ON:
        assert asked.by_rule, "only a rule puts people on courses"
        assert not held, "never somebody who holds the level"
        assert not away, "never somebody on long leave"
        assert taken is None or not taken.is_open, "never a second place that is open"
        assert taken is None or not taken.completed or lapsed, "completed, and not over: it stays"
        after: Taken | None = Taken(10, EnrolmentSource.RULE, is_open=True, begun=False, completed=False)
    elif what is Move.OFF:
        assert taken is not None
        assert (taken.source, taken.is_open, taken.begun) == (EnrolmentSource.RULE, True, False)
        assert held or not asked.at_all
        after = taken._replace(is_open=False)
    else:
        after = taken
    assert move(after, asked, held=held, lapsed=lapsed, away=away) is None


def test_a_rule_puts_whom_it_asks_on_the_course_at_once_with_one_event_each_and_twice_nothing(ruled: Ruled) -> None:
    world = ruled.scene.world
    holder, waived, away, again = (ruled.hire(name) for name in ("Holder", "Waived", "Away", "Refresh"))
    learner = Learner(world, ruled.hire("Learner").id, "pocket-qi")
    learner.enrol()
    ruled.scene.complete(holder, "pocket-qi", date(2026, 5, 1))
    ruled.scene.complete(again, "pocket-qi", date(2022, 5, 1))
    ruled.scene.decide(waived, need=Need.WAIVED, due=date(2027, 1, 31), reason="Leads a project already")
    on_leave(ruled, away, date(2026, 12, 20))
    with world.db.read() as session:
        _, shown = previewed(session, ruled.scene.actor(), ruled.command(), world.now)
    assert {(p.person_id, p.move) for p in shown.places} == {(p.id, Move.ON) for p in (ruled.matron, again)}
    ruled.begin()
    for person in (ruled.matron, again):
        assert places(world, person.id) == [OPEN]
        assert events(ruled, person) == ["enrol"]
    again_words = "On the course again, to be begun at any time"
    assert again_words in document(world.client(again).get("/my-skills")).text
    assert again_words in document(world.client(ruled.scene.lead).get(f"/teams/people/{again.id}")).text
    assert [places(world, p.id) for p in (holder, waived, away)] == [[], [], []]
    assert places(world, learner.person_id) == [("pocket-qi", "self", "open")], "their own place stays theirs"
    assert ruled.keep() == 0
    world.later(days=27)
    assert ruled.keep() == 1, "back from leave"
    assert places(world, away.id) == [OPEN]
    assert ruled.keep() == 0
    with world.db.write() as session:
        assert run_rules(session, SYSTEM, {ruled.matron.id, away.id, holder.id}, world.now) == 0


def test_a_level_whose_cohorts_give_places_is_asked_and_nobody_is_put_on_its_course(ruled: Ruled) -> None:
    ruled.begin(tier="senior-clinical-leaders")
    assert ruled.standing(ruled.matron, "senior-clinical-leaders").need is Need.REQUIRED
    assert places(ruled.scene.world, ruled.matron.id) == []
    mine = ruled.scene.world.client(ruled.matron).get("/my-skills")
    assert "Not started: on the plan, until a cohort offers a place" in mine.text


def test_what_nobody_began_is_taken_back_with_the_rule_and_what_somebody_began_stays(ruled: Ruled) -> None:
    world, other = ruled.scene.world, ruled.hire("Other")
    rule_id = ruled.begin()
    began = Learner(world, other.id, "pocket-qi")
    began.do(began.view.completion[0])
    with world.db.read() as session:
        _, shown = previewed_end(session, ruled.scene.actor(), rule_id, world.now)
    assert [(p.person_id, p.move) for p in shown.places] == [(ruled.matron.id, Move.OFF)]
    ruled.end(rule_id)
    assert places(world, ruled.matron.id) == [BACK]
    assert events(ruled, ruled.matron) == ["enrol", "take off course"]
    assert places(world, other.id) == [OPEN]
    page = world.client(ruled.matron).get("/courses/pocket-qi")
    assert "Begin this course" in page.text, "as if they had never been on it"
    assert ruled.keep() == 0
    ruled.begin(name="Again")
    assert places(world, ruled.matron.id) == [BACK, OPEN]


@pytest.mark.parametrize("need", [Need.WAIVED, Need.NOT_REQUIRED])
def test_a_waiver_or_not_needed_takes_an_unbegun_place_back_and_undo_gives_it_again(ruled: Ruled, need: Need) -> None:
    world = ruled.scene.world
    ruled.begin()
    world.later(minutes=1)
    due = date(2027, 1, 31) if need is Need.WAIVED else None
    decision = ruled.scene.decide(ruled.matron, need=need, due=due, reason="Runs the winter plan")
    assert decision is not None
    assert places(world, ruled.matron.id) == [BACK]
    world.later(minutes=1)
    with world.db.write() as session:
        undo_decision(session, ruled.scene.actor(), UndoDecision(decision.id), world.now)
    assert places(world, ruled.matron.id) == [BACK, OPEN]
    assert ruled.keep() == 0


def test_a_lead_who_asks_for_it_or_pauses_it_leaves_the_place(ruled: Ruled) -> None:
    ruled.begin()
    ruled.scene.decide(ruled.matron, due=date(2027, 1, 31), reason="Her own")
    assert places(ruled.scene.world, ruled.matron.id) == [OPEN]
    later, why = date(2027, 1, 31), PauseReason.OTHER
    ruled.scene.decide(ruled.matron, need=Need.PAUSED, due=later, pause_reason=why)
    assert places(ruled.scene.world, ruled.matron.id) == [OPEN]


def test_who_leaves_or_moves_out_before_they_began_is_taken_off_and_who_comes_is_put_on(ruled: Ruled) -> None:
    world = ruled.scene.world
    ruled.begin()
    joiner = ruled.hire("Joiner", starts_on=world.today)
    with world.db.write() as session:
        welcome_starter(session, SYSTEM, joiner.id, world.now)
    assert OPEN in places(world, joiner.id)
    assert ("induction", "starter", "open") in places(world, joiner.id)
    world.later(days=1)
    world.leave(ruled.matron)
    world.move(joiner, world.team("Theatre", "Surgery"))
    assert ruled.keep() == 4, "two needs, and two places"
    assert places(world, ruled.matron.id) == [BACK]
    assert BACK in places(world, joiner.id)
    assert ruled.keep() == 0


def test_a_rule_for_joiners_and_the_starters_own_deed_never_both_act(ruled: Ruled) -> None:
    world = ruled.scene.world
    ruled.begin(tier="induction", conditions=Conditions(joined_within=30), by=By(DueFrom.JOINED, many=2))
    joiner = ruled.hire("Joiner", starts_on=world.today)
    with world.db.write() as session:
        welcome_starter(session, SYSTEM, joiner.id, world.now)
    assert places(world, joiner.id) == [("induction", "starter", "open")]
    assert [n.source for n in ruled.open_needs(joiner, "induction")] == [NeedSource.STARTER]
    assert ruled.keep() == 0


def test_what_is_completed_stays_and_is_begun_again_only_when_the_level_is_over(ruled: Ruled) -> None:
    world = ruled.scene.world
    learner = Learner(world, ruled.matron.id, "pocket-qi")
    learner.complete()
    ruled.begin()
    assert places(world, ruled.matron.id) == [("pocket-qi", "self", "completed")]
    world.later(days=3 * 366)
    assert ruled.keep() == 2, "the level is to be refreshed: it is asked, and its course begun anew"
    assert places(world, ruled.matron.id) == [("pocket-qi", "self", "completed"), OPEN]
    assert learner.course.finished == {}, "what was done then counts for what was completed then"
    assert ruled.keep() == 0


def test_somebody_who_begins_while_rules_run_has_one_place(ruled: Ruled) -> None:
    """On either database: whoever is second finds the place of the first."""
    world = ruled.scene.world
    joiners = [ruled.hire(f"Joiner{n}") for n in range(3)]
    with world.db.read() as session:
        _, shown = previewed(session, ruled.scene.actor(), ruled.command(), world.now)
    assert len(shown.places) == 4
    ruled.begin(starts_on=world.today + timedelta(days=1))
    world.later(days=1)
    start, errors = threading.Barrier(3), []

    def run(what: Any) -> None:
        start.wait()
        try:
            what()
        except Exception as error:  # noqa: BLE001  a thread's fault is looked at below
            errors.append(repr(error))

    learner = Learner(world, joiners[0].id, "pocket-qi")
    assert learner.view, "read before the others begin"
    threads = [threading.Thread(target=run, args=(what,)) for what in (ruled.keep, ruled.keep, learner.enrol)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert all(len(places(world, p.id)) == 1 for p in (*joiners, ruled.matron))
    assert ruled.keep() == 0


def test_a_save_whose_places_are_others_by_now_shows_the_preview_again(ruled: Ruled) -> None:
    world = ruled.scene.world
    rule_id = ruled.begin()
    with world.db.read() as session:
        _, shown = previewed_end(session, ruled.scene.actor(), rule_id, world.now)
    learner = Learner(world, ruled.matron.id, "pocket-qi")
    learner.do(learner.view.completion[0])
    with world.db.write() as session, pytest.raises(StaleError):
        end_rule(session, ruled.scene.actor(), EndRule(rule_id=rule_id, mark=shown.mark), world.now)


def test_the_preview_says_how_many_are_put_on_which_course_and_their_own_page_leads_there(ruled: Ruled) -> None:
    client = ruled.scene.world.client(ruled.scene.lead)
    rule_id = ruled.begin()
    end = client.get(f"/teams/rules/{rule_id}/end")
    assert "1 person who has not begun it is taken off the course." in end.text
    mine = ruled.scene.world.client(ruled.matron).get("/my-skills")
    assert "Not started: on the course, to be begun at any time" in mine.text
    theirs = client.get(f"/teams/people/{ruled.matron.id}")
    assert "Not started: on the course, to be begun at any time" in theirs.text


def test_working_out_places_asks_the_database_as_often_for_many_as_for_one(ruled: Ruled) -> None:
    ruled.begin()
    db, today = ruled.scene.world.db, ruled.scene.world.today
    asked: list[int] = []
    for _ in range(2):
        seen: list[str] = []

        def note(*about: Any, seen: list[str] = seen) -> None:
            seen.append(about[2])

        sa.event.listen(db.engine, "before_cursor_execute", note)
        with db.read() as session:
            placing(session, staff_between(0, 1_000), today)
        sa.event.remove(db.engine, "before_cursor_execute", note)
        asked.append(len(seen))
        for number in range(6):
            ruled.hire(f"More{number}")
            ruled.keep()
    assert asked[0] == asked[1] <= 10
