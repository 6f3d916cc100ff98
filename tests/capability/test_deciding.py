"""What holds after somebody decided, undid, paused, moved or was overtaken."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.capability.commands import (
    AskForLevel,
    Cell,
    DecideRequest,
    RequireForStarter,
    SetNeeds,
    UndoDecision,
    ask_for_level,
    decide_request,
    remind,
    require_for_starter,
    set_needs,
    undo_decision,
)
from app.capability.models import Requirement
from app.capability.queries.mine import my_levels
from app.capability.queries.waiting import undoable, waiting
from app.capability.rules import Need, PauseReason, State
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError, StaleError
from app.kernel.outbox import Notice
from app.organisation.commands import Move, move
from tests.capability.conftest import SPRING, Scene


def notices(scene: Scene) -> dict[str, bool]:
    """Every notice's key, and whether it still waits to be mailed."""
    n = table(Notice)
    with scene.world.db.read() as session:
        return {row.key: row.withdrawn_at is None for row in session.execute(sa.select(n))}


def events(scene: Scene) -> list[str]:
    e = table(AuditEvent)
    wanted = e.c.entity.in_(["requirement", "level_request"])
    with scene.world.db.read() as session:
        return list(session.scalars(sa.select(e.c.action).where(wanted).order_by(e.c.id)))


def test_a_need_is_set_for_many_at_once_and_each_is_told_and_written_down_once(scene: Scene) -> None:
    decision = scene.decide(scene.anna, scene.ben, reason="Falls work")
    assert decision is not None
    assert decision.cells == 2
    assert {scene.standing(p).need for p in (scene.anna, scene.ben)} == {Need.REQUIRED}
    assert events(scene) == ["set need", "set need"]
    assert list(notices(scene).values()) == [True, True]


def test_deciding_the_same_again_changes_nothing(scene: Scene) -> None:
    scene.decide(scene.anna)
    assert scene.decide(scene.anna) is None
    assert events(scene) == ["set need"]


def test_somebody_elses_people_partners_and_partners_levels_are_not_there(scene: Scene) -> None:
    partner = scene.world.partner()
    for cell in (
        Cell(scene.stranger.id, "pocket-qi", 0),
        Cell(partner.id, "pocket-qi", 0),
        Cell(scene.anna.id, "patients-and-carers", 0),
        Cell(scene.anna.id, "improvement-advisor", 0),
        Cell(999_999, "pocket-qi", 0),
    ):
        command = SetNeeds(cells=(cell,), need=Need.REQUIRED, due=SPRING)
        with scene.world.db.write() as session, pytest.raises(NotFoundError):
            set_needs(session, scene.actor(), command, scene.world.now)
    assert events(scene) == []


def test_a_stale_save_is_refused_as_a_whole(scene: Scene) -> None:
    scene.decide(scene.anna, by=scene.other_lead, need=Need.NOT_REQUIRED, due=None)
    cells = (Cell(scene.anna.id, "pocket-qi", 0), Cell(scene.ben.id, "pocket-qi", 0))
    with scene.world.db.write() as session, pytest.raises(StaleError):
        set_needs(session, scene.actor(), SetNeeds(cells=cells, need=Need.REQUIRED, due=SPRING), scene.world.now)
    assert scene.standing(scene.anna).need is Need.NOT_REQUIRED
    assert scene.standing(scene.ben).need is None


def test_a_save_without_cells_or_with_everything_wrong_names_each_field(scene: Scene) -> None:
    with scene.world.db.write() as session, pytest.raises(BadInputError) as wrong:
        set_needs(session, scene.actor(), SetNeeds(cells=(), need=None, reason="x" * 301), scene.world.now)
    assert wrong.value.errors.keys() == {"cells", "need", "reason"}


def test_undo_brings_back_what_held_and_tells_nobody(scene: Scene) -> None:
    scene.decide(scene.anna, due=SPRING, reason="First")
    scene.world.later(minutes=1)
    decision = scene.decide(scene.anna, scene.ben, need=Need.NOT_REQUIRED, due=None)
    assert decision is not None
    scene.world.later(minutes=1)
    with scene.world.db.write() as session:
        undo_decision(session, scene.actor(), UndoDecision(decision.id), scene.world.now)
    anna = scene.standing(scene.anna)
    assert (anna.need, anna.due) == (Need.REQUIRED, SPRING)
    assert scene.standing(scene.ben).need is None
    assert sorted(events(scene)) == ["restore need", "set need", "set need", "set need", "withdraw need"]
    assert sum(notices(scene).values()) == 1, "the first notice had been taken back unsent, so it waits again"


def test_undo_is_for_whoever_decided_within_a_day_and_with_nothing_newer(scene: Scene) -> None:
    decision = scene.decide(scene.anna, scene.ben)
    assert decision is not None
    with scene.world.db.write() as session, pytest.raises(NotFoundError):
        undo_decision(session, scene.actor(scene.other_lead), UndoDecision(decision.id), scene.world.now)
    scene.world.later(minutes=1)
    scene.decide(scene.anna, by=scene.other_lead, due=SPRING + timedelta(days=1))
    with scene.world.db.write() as session, pytest.raises(RuleBrokenError, match="decided again"):
        undo_decision(session, scene.actor(), UndoDecision(decision.id), scene.world.now)
    scene.world.later(days=2)
    with scene.world.db.read() as session:
        assert undoable(session, scene.actor(), scene.world.now) == []
    with scene.world.db.write() as session, pytest.raises(RuleBrokenError, match="24 hours"):
        undo_decision(session, scene.actor(), UndoDecision(decision.id), scene.world.now)


def test_undoing_twice_does_it_once(scene: Scene) -> None:
    decision = scene.decide(scene.anna)
    assert decision is not None
    scene.world.later(minutes=1)
    with scene.world.db.write() as session:
        undo_decision(session, scene.actor(), UndoDecision(decision.id), scene.world.now)
    with scene.world.db.write() as session, pytest.raises(RuleBrokenError, match="undone already"):
        undo_decision(session, scene.actor(), UndoDecision(decision.id), scene.world.now)
    assert events(scene) == ["set need", "withdraw need"]
    assert not any(notices(scene).values())


def test_a_movers_past_counts_where_they_then_were(scene: Scene) -> None:
    scene.complete(scene.anna, "induction", date(2026, 1, 5))
    scene.decide(scene.anna)
    scene.world.later(days=30)
    theatre = scene.world.team("Theatre", "Surgery")
    with scene.world.db.write() as session:
        move(session, SYSTEM, Move(person_id=scene.anna.id, team_id=theatre.id, on=scene.world.today), scene.world.now)
    before, today = scene.world.today - timedelta(days=1), scene.world.today
    assert scene.anna.id not in {m.person_id for m in scene.board(today).members}
    assert scene.standing(scene.anna, on=before).need is Need.REQUIRED
    assert scene.standing(scene.anna, on=date(2026, 11, 22)).need is None, "nobody had decided by then"
    assert scene.standing(scene.anna, "induction", on=date(2026, 1, 4)).progress.state is State.NOT_STARTED
    assert scene.standing(scene.anna, "induction", on=date(2026, 1, 5)).progress.state is State.COMPLETED


def test_a_pause_is_no_gap_and_when_it_ends_somebody_must_decide(scene: Scene) -> None:
    scene.decide(
        scene.anna, need=Need.PAUSED, due=scene.world.today + timedelta(days=7), pause_reason=PauseReason.CARER
    )
    with scene.world.db.read() as session:
        assert waiting(session, scene.actor(), scene.world.now).pauses == ()
    scene.world.later(days=7)
    with scene.world.db.read() as session:
        [pause] = waiting(session, scene.actor(), scene.world.now).pauses
        assert pause.person_id == scene.anna.id
        assert waiting(session, scene.actor(scene.neighbour), scene.world.now).pauses == ()


def test_a_request_is_agreed_once_and_sets_the_need(scene: Scene) -> None:
    with scene.world.db.write() as session:
        request = ask_for_level(
            session, scene.actor(scene.anna), AskForLevel(tier="qi-coach", why="I ran two"), scene.world.now
        )
    with scene.world.db.write() as session, pytest.raises(RuleBrokenError):
        ask_for_level(session, scene.actor(scene.anna), AskForLevel(tier="qi-coach"), scene.world.now)
    agreed = DecideRequest(request_id=request.id, agree=True, due=SPRING)
    with scene.world.db.write() as session, pytest.raises(NotFoundError):
        decide_request(session, scene.actor(scene.neighbour), agreed, scene.world.now)
    scene.world.later(minutes=1)
    with scene.world.db.write() as session:
        decide_request(session, scene.actor(), agreed, scene.world.now)
    assert scene.standing(scene.anna, "qi-coach").need is Need.REQUIRED
    assert events(scene) == ["ask for level", "agree to request", "set need"]
    with scene.world.db.write() as session, pytest.raises(RuleBrokenError, match="answered this request already"):
        decide_request(session, scene.actor(scene.other_lead), agreed, scene.world.now)


def test_a_request_is_declined_with_words_that_the_person_reads(scene: Scene) -> None:
    with scene.world.db.write() as session:
        request = ask_for_level(session, scene.actor(scene.anna), AskForLevel(tier="qi-coach"), scene.world.now)
    with scene.world.db.write() as session, pytest.raises(BadInputError):
        decide_request(session, scene.actor(), DecideRequest(request_id=request.id, agree=False), scene.world.now)
    scene.world.later(minutes=1)
    with scene.world.db.write() as session:
        command = DecideRequest(request_id=request.id, agree=False, answer="Ask again in spring")
        decide_request(session, scene.actor(), command, scene.world.now)
    with scene.world.db.read() as session:
        answered = next(
            m for m in my_levels(session, scene.actor(scene.anna), scene.world.now) if m.tier.slug == "qi-coach"
        )
    assert answered.request is not None
    assert answered.request.answer == "Ask again in spring"
    assert answered.may_ask(scene.world.today)
    assert notices(scene) == {f"answer:{request.id}": True}


def test_setting_the_need_in_the_grid_answers_a_request_and_undo_lets_it_wait_again(scene: Scene) -> None:
    with scene.world.db.write() as session:
        ask_for_level(session, scene.actor(scene.anna), AskForLevel(tier="qi-coach"), scene.world.now)
    scene.world.later(minutes=1)
    decision = scene.decide(scene.anna, tier="qi-coach")
    assert decision is not None
    with scene.world.db.read() as session:
        assert waiting(session, scene.actor(), scene.world.now).requests == ()
    scene.world.later(minutes=1)
    with scene.world.db.write() as session:
        undo_decision(session, scene.actor(), UndoDecision(decision.id), scene.world.now)
    with scene.world.db.read() as session:
        assert len(waiting(session, scene.actor(), scene.world.now).requests) == 1


@pytest.mark.parametrize("answer", [{"agree": True, "due": SPRING}, {"agree": False}, {"agree": False, "plan": True}])
def test_an_answer_from_an_old_page_leaves_what_another_lead_decided_meanwhile(
    scene: Scene, answer: dict[str, Any]
) -> None:
    with scene.world.db.write() as session:
        request_id = ask_for_level(session, scene.actor(scene.anna), AskForLevel(tier="pocket-qi"), scene.world.now).id
    scene.world.later(minutes=5)
    scene.decide(scene.anna, need=Need.NOT_REQUIRED, due=None, by=scene.other_lead)
    command = DecideRequest(request_id=request_id, answer="Next year", **answer)
    with scene.world.db.write() as session, pytest.raises(RuleBrokenError):
        decide_request(session, scene.actor(), command, scene.world.now)
    assert scene.standing(scene.anna).need is Need.NOT_REQUIRED


def test_a_starter_is_asked_for_induction_four_weeks_from_their_first_day_and_only_once(scene: Scene) -> None:
    first_day = scene.world.today + timedelta(days=10)
    starter = scene.world.hire("Dee", "Dale", team=scene.world.team("Larch", "Medicine"), starts_on=first_day)
    for _ in range(2):
        with scene.world.db.write() as session:
            require_for_starter(session, SYSTEM, RequireForStarter(starter.id), scene.world.now)
    with scene.world.db.read() as session:
        [made] = session.scalars(sa.select(Requirement).where(table(Requirement).c.person_id == starter.id)).all()
    assert made.due == first_day + timedelta(days=28)
    scene.world.later(days=12)
    with scene.world.db.read() as session:
        found = waiting(session, scene.actor(), scene.world.now).joiners
    assert [j.person_id for j in found] == [starter.id], "nobody but the rule has decided about them"


def test_due_soon_and_overdue_are_said_once_and_only_where_the_person_can_act(scene: Scene) -> None:
    soon = scene.world.today + timedelta(days=10)
    scene.decide(scene.anna, scene.ben, tier="induction", due=soon)
    scene.decide(scene.anna, tier="pocket-qi", due=soon)
    scene.complete(scene.ben, "induction", scene.world.today)

    def reminded() -> int:
        with scene.world.db.write() as session:
            return remind(session, SYSTEM, scene.world.now)

    requirement = scene.standing(scene.anna, "induction").seen
    assert [reminded(), reminded()] == [1, 0]
    assert notices(scene)[f"due-soon:{requirement}"]
    assert not notices(scene)[f"assigned:{scene.standing(scene.ben, 'induction').seen}"], (
        "completed before it was mailed"
    )
    scene.world.later(days=11)
    assert [reminded(), reminded()] == [1, 0]
    assert notices(scene)[f"overdue:{requirement}"]
    scene.decide(
        scene.anna,
        tier="induction",
        need=Need.PAUSED,
        due=scene.world.today + timedelta(days=90),
        pause_reason=PauseReason.SICK,
    )
    assert not any(waits for key, waits in notices(scene).items() if key.endswith(f":{requirement}"))
    assert reminded() == 0


def test_a_leaver_is_reminded_of_nothing(scene: Scene) -> None:
    leaver = scene.world.hire("Eve", "End", team=scene.world.team("Larch", "Medicine"), ends_on=date(2026, 11, 25))
    scene.decide(leaver, tier="induction", due=date(2026, 12, 1))
    scene.world.later(days=4)
    with scene.world.db.write() as session:
        assert remind(session, SYSTEM, scene.world.now) == 0
