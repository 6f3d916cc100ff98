"""Needs stay as the rules say through joiners, movers, leavers, waivers and time, whoever does what meanwhile."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.capability.commands import begin_rule, previewed, run_rules, welcome_starter
from app.capability.models import RuleRun
from app.capability.need_rules import Conditions
from app.capability.queries.reaching import staff_between, worked_out
from app.capability.queries.ruling import asked_by, counts_by_rule, rule_seen, rules_in_force
from app.capability.rules import Need, NeedSource
from app.kernel.db import table
from app.kernel.errors import BadInputError, DomainError, StaleError
from app.organisation.models import Person
from tests.capability.conftest import SPRING, Scene
from tests.capability.ruled import Ruled, begin


@pytest.fixture
def ruled(scene: Scene) -> Ruled:
    return begin(scene)


def test_running_twice_changes_nothing(ruled: Ruled) -> None:
    ruled.begin()
    before = ruled.actions()
    everybody = [p.id for p in (ruled.matron, ruled.scene.anna, ruled.scene.ben, ruled.scene.stranger)]
    for _ in range(2):
        with ruled.scene.world.db.write() as session:
            assert run_rules(session, SYSTEM, everybody, ruled.scene.world.now) == 0
        assert ruled.keep() == 0
    assert ruled.actions() == before


def test_a_joiner_is_asked_at_once_and_a_mover_and_a_leaver_within_the_next_round(ruled: Ruled) -> None:
    ruled.begin()
    joiner = ruled.hire("Joiner")
    with ruled.scene.world.db.write() as session:
        welcome_starter(session, SYSTEM, joiner.id, ruled.scene.world.now)
    assert ruled.standing(joiner).source is NeedSource.RULE
    assert ruled.standing(joiner, "induction").source is NeedSource.STARTER, "the introduction is asked as before"
    assert ruled.keep() == 0
    ruled.scene.world.later(days=1)
    assert ruled.keep() == 0
    ruled.scene.world.later(hours=1)
    ruled.scene.world.move(joiner, ruled.scene.world.team("Theatre", "Surgery"))
    ruled.scene.world.leave(ruled.matron)
    assert ruled.keep() == 2, "one moved out of reach, one has left"
    assert ruled.open_needs(joiner) == ruled.open_needs(ruled.matron) == []
    ruled.scene.world.later(days=1)
    ruled.scene.world.move(joiner, ruled.scene.world.team("Larch", "Medicine"))
    assert ruled.keep() == 1, "back in reach"
    assert ruled.standing(joiner).need is Need.REQUIRED
    assert ruled.keep() == 0


def test_who_moves_out_keeps_their_own_need_and_what_they_completed(ruled: Ruled) -> None:
    ruled.begin()
    done = ruled.hire("Done")
    ruled.keep()
    ruled.scene.decide(ruled.matron, due=date(2027, 1, 31), reason="Her own")
    ruled.scene.complete(done, "pocket-qi", ruled.scene.world.today)
    ruled.scene.world.later(days=1)
    for person in (ruled.matron, done):
        ruled.scene.world.move(person, ruled.scene.world.team("Theatre", "Surgery"))
    assert ruled.keep() == 0
    assert [n.source for n in ruled.open_needs(ruled.matron)] == [NeedSource.LEAD]
    assert [n.source for n in ruled.open_needs(done)] == [NeedSource.RULE]


def test_who_holds_the_level_is_counted_among_nobody_whom_a_rule_asks(ruled: Ruled) -> None:
    done, today = ruled.hire("Done"), ruled.scene.world.today
    rule_id = ruled.begin()
    ruled.scene.complete(done, "pocket-qi", today)

    def asked() -> tuple[list[str], int]:
        with ruled.scene.world.db.read() as session:
            found = asked_by(session, ruled.scene.actor(), rule_seen(session, ruled.scene.actor(), rule_id), today)
            return [a.list_name for a in found], counts_by_rule(session, ruled.scene.actor(), today)[rule_id]

    assert asked() == (["Matron, Mary"], 1)
    ruled.end(rule_id)
    assert asked() == ([], 0)


def test_a_waiver_has_a_reason_and_an_end_after_which_the_rule_holds_again(ruled: Ruled) -> None:
    ruled.begin()
    with pytest.raises(BadInputError) as wrong:
        ruled.scene.decide(ruled.matron, need=Need.WAIVED, due=ruled.scene.world.today)
    assert wrong.value.errors.keys() == {"due", "reason"}
    until = ruled.scene.world.today + timedelta(days=10)
    ruled.scene.decide(ruled.matron, need=Need.WAIVED, due=until, reason="Runs the winter plan")
    ruled.keep()
    assert ruled.standing(ruled.matron).need is Need.WAIVED
    ruled.scene.world.later(days=9)
    assert ruled.keep() == 0
    ruled.scene.world.later(days=1)
    assert ruled.keep() == 1
    found = ruled.standing(ruled.matron)
    assert (found.need, found.source, found.due) == (Need.REQUIRED, NeedSource.RULE, SPRING)


def test_a_waiver_without_a_rule_ends_in_nothing(ruled: Ruled) -> None:
    until = ruled.scene.world.today + timedelta(days=10)
    ruled.scene.decide(ruled.matron, need=Need.WAIVED, due=until, reason="Not now")
    ruled.scene.world.later(days=10)
    assert ruled.keep() == 1
    assert ruled.standing(ruled.matron).need is None
    assert ruled.actions()[-1] == "withdraw need"


def test_who_joined_lately_stays_asked_when_the_days_are_over(ruled: Ruled) -> None:
    starter = ruled.hire("Starter", starts_on=ruled.scene.world.today - timedelta(days=20))
    ruled.begin(conditions=Conditions(joined_within=30))
    assert ruled.standing(ruled.matron).need is None, "she has been here for years"
    assert ruled.standing(starter).need is Need.REQUIRED
    ruled.scene.world.later(days=40)
    assert ruled.keep() == 0


def test_who_manages_somebody_is_asked_and_a_rule_begins_and_ends_with_its_days(ruled: Ruled) -> None:
    today = ruled.scene.world.today
    ruled.hire("Managed", band="5", manager_id=ruled.scene.anna.id)
    first, end = today + timedelta(days=5), today + timedelta(days=10)
    ruled.begin(conditions=Conditions(manages=True), starts_on=first, ends_on=end)
    assert ruled.standing(ruled.scene.anna).need is None, "it has not begun"
    ruled.scene.world.later(days=5)
    assert ruled.keep() == 1
    assert ruled.standing(ruled.scene.anna).need is Need.REQUIRED
    ruled.scene.world.later(days=5)
    assert ruled.keep() == 1
    assert ruled.standing(ruled.scene.anna).need is None


def test_two_leads_who_save_at_once_set_one_need_each_person(ruled: Ruled) -> None:
    start, outcomes = threading.Barrier(2), []

    def save(who: Person, name: str) -> None:
        actor, now, command = ruled.scene.actor(who), ruled.scene.world.now, ruled.command(name=name)
        with ruled.scene.world.db.read() as session:
            _, shown = previewed(session, actor, command, now)
        start.wait()
        try:
            with ruled.scene.world.db.write() as session:
                begin_rule(session, actor, replace(command, mark=shown.mark), now)
            outcomes.append("saved")
        except DomainError as refused:
            outcomes.append(type(refused).__name__)

    pairs = ((ruled.scene.lead, "One"), (ruled.scene.other_lead, "Two"))
    threads = [threading.Thread(target=save, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["StaleError", "saved"]
    assert len(ruled.open_needs(ruled.matron)) == 1


def test_two_runs_at_once_and_a_lead_who_decides_meanwhile_leave_one_need(ruled: Ruled) -> None:
    ruled.begin()
    joiners = [ruled.hire(f"Joiner{n}") for n in range(5)]
    start, errors = threading.Barrier(3), []

    def run(what: Any) -> None:
        start.wait()
        try:
            what()
        except StaleError:
            errors.append("the lead was second")
        except Exception as error:  # noqa: BLE001  a thread's fault is looked at below
            errors.append(repr(error))

    def decide() -> None:
        ruled.scene.decide(joiners[0], need=Need.NOT_REQUIRED, due=None)

    threads = [threading.Thread(target=run, args=(what,)) for what in (ruled.keep, ruled.keep, decide)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(errors) <= {"the lead was second"}
    assert all(len(ruled.open_needs(joiner)) == 1 for joiner in joiners)
    assert ruled.keep() == 0


def test_a_round_without_rules_or_news_writes_nothing(ruled: Ruled) -> None:
    assert ruled.keep() == 0
    ruled.begin()
    ruled.scene.world.later(minutes=5)
    ruled.keep()
    ruled.scene.world.later(minutes=5)
    ruled.keep()
    runs = sa.select(sa.func.count()).select_from(table(RuleRun))
    with ruled.scene.world.db.read() as session:
        before = session.scalar(runs)
    ruled.keep()
    with ruled.scene.world.db.read() as session:
        assert session.scalar(runs) == before


def test_working_out_what_rules_change_asks_the_database_as_often_for_many_as_for_one(ruled: Ruled) -> None:
    ruled.begin()
    db, today = ruled.scene.world.db, ruled.scene.world.today
    asked: list[int] = []
    for _ in range(2):
        seen: list[str] = []

        def note(*about: Any, seen: list[str] = seen) -> None:
            seen.append(about[2])

        sa.event.listen(db.engine, "before_cursor_execute", note)
        with db.read() as session:
            worked_out(session, staff_between(0, 1_000), rules_in_force(session, today), today)
        sa.event.remove(db.engine, "before_cursor_execute", note)
        asked.append(len(seen))
        for number in range(6):
            ruled.hire(f"More{number}")
    assert asked[0] == asked[1] <= 12
