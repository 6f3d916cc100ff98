"""Rules of recognition fit by words, decide nothing by themselves, and are ended rather than changed."""

from datetime import date
from typing import Any

import pytest

from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError
from app.recognition import commands, queries
from app.recognition.rules import Way, key_of
from tests.invariants import check_invariants
from tests.recognition.scene import LAPSING, REASON, TIER, Scene


def fitting(scene: Scene, item_id: int) -> list[int]:
    with scene.world.db.read() as session:
        return [r.id for r in queries.rules_for_item(session, queries.case_of(session, item_id).item)]


def test_a_rule_recognises_with_its_level_its_months_and_its_reason(scene: Scene) -> None:
    rule = scene.rule(months=36)
    item = scene.offer(title="The QSIR Practitioner programme", completed_on=date(2025, 3, 3))
    assert fitting(scene, item) == [rule]
    scene.by_rule(item, rule)
    held = scene.held()
    assert held
    assert (held.granted_on, held.valid_until) == (date(2025, 3, 3), date(2028, 3, 3))
    standing = scene.case(item).standing
    assert standing
    assert (standing.way, standing.reason) == (Way.RULE, REASON)
    check_invariants(scene.world.db)


def test_without_months_a_rule_lasts_as_long_as_the_level_says(scene: Scene) -> None:
    rule = scene.rule(tier=LAPSING)
    item = scene.offer(completed_on=date(2025, 3, 3))
    scene.by_rule(item, rule)
    held = scene.held(LAPSING)
    assert held
    assert held.valid_until == date(2028, 3, 3)


def test_by_a_rule_nothing_is_recognised_that_has_lapsed_already(scene: Scene) -> None:
    rule = scene.rule(months=12)
    with pytest.raises(RuleBrokenError, match="lapsed on 3 March 2025"):
        scene.by_rule(scene.offer(), rule)


def test_the_rule_that_says_most_stands_first_and_another_provider_fits_none(scene: Scene) -> None:
    any_provider = scene.rule(provider="")
    named = scene.rule()
    assert fitting(scene, scene.offer()) == [named, any_provider]
    assert fitting(scene, scene.offer(provider="Another trust")) == [any_provider]
    assert fitting(scene, scene.offer(title="QSIR Fundamentals")) == []


def test_a_rule_that_was_ended_fits_nothing_and_what_it_gave_stands(scene: Scene) -> None:
    rule = scene.rule()
    item, other = scene.offer(), scene.offer(title="QSIR practitioner, second cohort")
    scene.by_rule(item, rule)
    with scene.world.db.write() as session:
        for _ in range(2):
            commands.end_rule(session, scene.world.actor(scene.mina), commands.EndRule(rule_id=rule), scene.world.now)
    assert fitting(scene, other) == []
    with pytest.raises(RuleBrokenError, match="ended"):
        scene.by_rule(other, rule)
    assert scene.case(item).standing
    deeds = scene.deeds("recognition_rule")
    assert [action for action, _ in deeds] == ["keep recognition rule", "end recognition rule"]
    scene.rule()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": "–"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"provider": "x" * 201}, "provider"),
        ({"tier": "gallery"}, "tier"),
        ({"months": 0}, "months"),
        ({"months": 121}, "months"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused_by_its_field(scene: Scene, said: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInputError) as refused:
        scene.rule(**said)
    assert list(refused.value.errors) == [field]


def test_a_rule_with_the_same_words_is_not_kept_twice(scene: Scene) -> None:
    scene.rule()
    with pytest.raises(BadInputError, match="kept already"):
        scene.rule(title="qsir PRACTITIONER", provider="NHS England", months=12)


def test_a_preview_shows_what_waits_and_what_stands_on_records_and_none_of_the_assessors_own(scene: Scene) -> None:
    waits = scene.offer()
    declined = scene.offer(title="QSIR Practitioner, online")
    scene.decline(declined)
    recognised = scene.offer(title="QSIR practitioner, earlier")
    scene.recognise(recognised)
    scene.withdraw(scene.offer(title="QSIR practitioner, never"))
    scene.offer(scene.marco)
    with scene.world.db.read() as session:
        found = queries.matches(session, key_of("NHS"), key_of("Practitioner qsir"), but=scene.marco.id)
    assert (found.offers, found.items) == (1, 1)
    assert [(row.item_id, row.waits) for row in found.shown] == [(waits, True), (declined, False)]


def test_a_wildcard_in_a_rule_is_a_mark_like_any_other(scene: Scene) -> None:
    scene.offer()
    with scene.world.db.read() as session:
        assert queries.matches(session, "", key_of("QSIR_Practitioner"), but=0).offers == 1
        assert queries.matches(session, "", key_of("%"), but=0).offers == 1, "no words at all"
        assert queries.matches(session, "", key_of("QS%R"), but=0).offers == 0


def test_only_assessors_keep_and_end_rules(scene: Scene) -> None:
    rule = scene.rule()
    actor = scene.world.actor(scene.world.with_role("hr"))
    command = commands.KeepRule(title="Lean", tier=TIER, reason=REASON)
    with scene.world.db.write() as session:
        with pytest.raises(NotFoundError):
            commands.keep_rule(session, actor, command, scene.world.now)
        with pytest.raises(NotFoundError):
            commands.end_rule(session, actor, commands.EndRule(rule_id=rule), scene.world.now)
