"""An assessor decides: the level, its days and its source; and what was wrong is put right."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from app.access.actor import SYSTEM
from app.kernel.errors import BadInputError, NotAllowedError, NotFoundError, RuleBrokenError, StaleError
from app.learning.commands import GrantAward, WithdrawAward, grant_award, withdraw_award
from app.recognition import queries
from app.recognition.rules import OfferState, Verdict, Way
from tests.invariants import check_invariants
from tests.recognition.scene import DONE, LAPSING, REASON, TIER, Scene


def earned_here(scene: Scene, on: date, tier: str = TIER, until: date | None = None) -> None:
    command = GrantAward(person_id=scene.ada.id, tier=tier, occurred_on=on, source="Our own course", valid_until=until)
    with scene.world.db.write() as session:
        grant_award(session, SYSTEM, command, scene.world.now)


def test_a_recognised_level_is_held_from_the_day_of_completion_with_its_source(scene: Scene) -> None:
    item = scene.offer()
    scene.recognise(item)
    held = scene.held()
    assert held
    assert (held.granted_on, held.valid_until) == (DONE, None)
    assert held.source == "recognised: QSIR Practitioner, NHS England, 3 March 2024"
    standing = scene.case(item).standing
    assert standing
    assert (standing.way, standing.reason, standing.decided_by) == (Way.JUDGEMENT, REASON, scene.marco.name)
    assert [o.state for o in scene.case(item).offers] == [OfferState.RECOGNISED]
    assert scene.deeds("recognition") == [("recognise learning from elsewhere", scene.ada.id)]
    [(subject, body)] = scene.mails()
    assert subject == "Recognised: QSIR Practitioner"
    assert "Improvement leaders" in body
    assert REASON not in body
    check_invariants(scene.world.db)


def test_a_long_title_leaves_the_day_in_the_source(scene: Scene) -> None:
    item = scene.offer(title="Very long " * 19, provider="P" * 100)
    scene.recognise(item)
    held = scene.held()
    assert held
    assert len(held.source) <= 120
    assert held.source.endswith("…, 3 March 2024")


def test_a_level_that_lapses_is_valid_for_its_months_unless_a_last_day_is_given(scene: Scene) -> None:
    by_level = scene.offer(completed_on=date(2025, 5, 1))
    scene.recognise(by_level, tier=LAPSING)
    held = scene.held(LAPSING)
    assert held
    assert held.valid_until == date(2028, 5, 1)
    given = scene.offer(title="Another", completed_on=date(2025, 6, 1))
    scene.recognise(given, tier=LAPSING, counts_from=date(2026, 1, 1), valid_until=date(2029, 1, 1))
    held = scene.held(LAPSING)
    assert held
    assert (held.granted_on, held.valid_until, held.first_granted_on) == (
        date(2026, 1, 1),
        date(2029, 1, 1),
        date(2025, 5, 1),
    )
    check_invariants(scene.world.db)


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"tier": ""}, "tier", "Choose the level"),
        ({"tier": "patients-and-carers"}, "tier", "Choose the level"),
        ({"reason": ""}, "reason", "Write why"),
        ({"reason": "x" * 2001}, "reason", "at most 2,000 characters"),
        ({"counts_from": date(2026, 11, 24)}, "counts_from", "not in the future"),
        ({"valid_until": date(2026, 11, 23)}, "valid_until", "in the future"),
        ({"valid_until": date(2072, 1, 1)}, "valid_until", "within 10 years"),
        ({"tier": "board"}, "valid_until", "it lapsed on 3 March 2025"),
    ],
)
def test_what_cannot_be_decided_is_refused_by_its_field(
    scene: Scene, said: dict[str, Any], field: str, words: str
) -> None:
    item = scene.offer()
    with pytest.raises(BadInputError) as refused:
        scene.recognise(item, **said)
    assert words in refused.value.errors[field]
    assert scene.case(item).waiting


def test_a_recognition_never_shortens_or_repeats_what_somebody_holds(scene: Scene) -> None:
    earned_here(scene, date(2025, 1, 1), LAPSING, date(2028, 1, 1))
    older = scene.offer()
    with pytest.raises(BadInputError, match="They earned this level on 1 January 2025"):
        scene.recognise(older, tier=LAPSING, valid_until=date(2030, 1, 1))
    newer = scene.offer(title="Newer", completed_on=date(2025, 2, 1))
    with pytest.raises(BadInputError, match="already until 1 January 2028"):
        scene.recognise(newer, tier=LAPSING, valid_until=date(2027, 12, 31))
    scene.recognise(newer, tier=LAPSING, valid_until=date(2028, 1, 2))
    held = scene.held(LAPSING)
    assert held
    assert held.valid_until == date(2028, 1, 2)


def test_a_level_that_was_taken_back_counts_again_only_from_that_day_on(scene: Scene) -> None:
    earned_here(scene, date(2023, 1, 1))
    command = WithdrawAward(person_id=scene.ada.id, tier=TIER, occurred_on=date(2025, 1, 1), reason="An error")
    with scene.world.db.write() as session:
        withdraw_award(session, SYSTEM, command, scene.world.now)
    item = scene.offer()
    with pytest.raises(BadInputError, match="taken back from them on 1 January 2025"):
        scene.recognise(item)
    scene.recognise(item, counts_from=date(2025, 1, 1))
    held = scene.held()
    assert held
    assert not held.withdrawn


def test_a_declined_offer_leaves_the_item_and_tells_its_person_without_the_reason_in_the_mail(scene: Scene) -> None:
    item = scene.offer()
    with pytest.raises(BadInputError, match="Write why"):
        scene.decline(item, reason="")
    scene.decline(item, reason="An hour without an assessment.")
    case = scene.case(item)
    assert case.last_decision
    assert (case.last_decision.verdict, case.last_decision.tier) == (Verdict.DECLINED, None)
    assert scene.held() is None
    [(subject, body)] = scene.mails()
    assert subject == "Not recognised: QSIR Practitioner"
    assert "An hour" not in body
    assert f"/my-record/elsewhere/{item}" in body
    check_invariants(scene.world.db)


def test_an_item_of_a_list_is_recognised_without_an_offer_and_nothing_of_it_is_declined(scene: Scene) -> None:
    item = scene.imported()
    with pytest.raises(RuleBrokenError):
        scene.decline(item)
    scene.recognise(item)
    held = scene.held()
    assert held
    assert held.source == "recognised: Bronze QI, Another trust, 3 March 2024"
    check_invariants(scene.world.db)


def test_nobody_decides_about_their_own(scene: Scene) -> None:
    item = scene.offer(scene.marco)
    rule = scene.rule()
    for decide in (
        partial(scene.recognise, item),
        partial(scene.decline, item),
        partial(scene.by_rule, item, rule),
    ):
        with pytest.raises(NotAllowedError):
            decide()
    scene.recognise(item, by=scene.mina)
    with pytest.raises(NotAllowedError):
        scene.take_back(item, by=scene.marco)
    check_invariants(scene.world.db)


def test_only_assessors_decide_and_for_everybody_else_nothing_is_there(scene: Scene) -> None:
    item, rule = scene.offer(), scene.rule()
    for person in (scene.world.hire(), scene.world.with_role("hr"), scene.world.lead()):
        for decide in (
            partial(scene.recognise, item, by=person),
            partial(scene.decline, item, by=person),
            partial(scene.by_rule, item, rule, by=person),
            partial(scene.take_back, item, by=person),
        ):
            with pytest.raises(NotFoundError):
                decide()


def test_whoever_decides_on_what_has_changed_since_is_told(scene: Scene) -> None:
    item = scene.offer()
    scene.recognise(item)
    with pytest.raises(StaleError):
        scene.decline(item, by=scene.mina, seen=1)
    gone = scene.offer(title="Another")
    scene.withdraw(gone)
    with pytest.raises(StaleError):
        scene.recognise(gone, seen=1)
    scene.again(gone, words="Anew")
    with pytest.raises(StaleError):
        scene.recognise(gone, seen=1)


def test_a_recognition_that_was_wrong_is_taken_back_and_can_be_decided_anew(scene: Scene) -> None:
    item = scene.offer()
    scene.recognise(item, tier="qi-coach")
    with pytest.raises(BadInputError, match="Write why"):
        scene.take_back(item, reason="")
    scene.take_back(item)
    coach = scene.held("qi-coach")
    assert coach
    assert coach.withdrawn
    case = scene.case(item)
    assert case.standing is None
    assert case.last_decision
    assert case.last_decision.taken_back_by == scene.mina.name
    scene.recognise(item)
    held = scene.held()
    assert held
    assert not held.withdrawn
    scene.take_back(item)
    scene.recognise(item)
    held = scene.held()
    assert held
    assert not held.withdrawn, "taken back and recognised with the same day: the last word counts"
    assert len(scene.mails()) == 5
    check_invariants(scene.world.db)


def test_taking_a_recognition_back_leaves_what_was_earned_before_and_after_it(scene: Scene) -> None:
    earned_here(scene, date(2025, 1, 1), LAPSING, date(2027, 1, 1))
    item = scene.offer(completed_on=date(2025, 6, 1))
    scene.recognise(item, tier=LAPSING, valid_until=date(2030, 1, 1))
    scene.take_back(item)
    held = scene.held(LAPSING)
    assert held
    assert (held.withdrawn, held.valid_until, held.source) == (False, date(2027, 1, 1), "Our own course")
    assert held.first_granted_on == date(2025, 1, 1)
    other = scene.offer(title="Other", completed_on=date(2024, 1, 1))
    scene.recognise(other)
    earned_here(scene, date(2026, 10, 1))
    scene.take_back(other)
    held = scene.held()
    assert held
    assert (held.withdrawn, held.granted_on) == (False, date(2026, 10, 1))
    check_invariants(scene.world.db)


def test_what_was_earned_on_the_very_day_is_not_taken_with_it(scene: Scene) -> None:
    item = scene.offer()
    scene.recognise(item, counts_from=scene.world.today)
    earned_here(scene, scene.world.today)
    scene.take_back(item)
    held = scene.held()
    assert held
    assert (held.withdrawn, held.source) == (False, "Our own course")


def test_of_a_leaver_nothing_waits_and_on_their_return_it_waits_again(scene: Scene) -> None:
    scene.offer()
    scene.world.leave(scene.ada, scene.world.today - timedelta(days=1))
    actor = scene.world.actor(scene.marco)
    with scene.world.db.read() as session:
        assert queries.waiting(session, actor, scene.world.today).total == 0
        assert queries.waiting_count(session, actor, scene.world.today) == 0
        assert queries.waiting_count(session, actor, scene.world.today - timedelta(days=2)) == 1
