"""What marks come to: added up, compared, decided. By hand."""

import pytest

from app.curriculum.guides import GuideView, guide_view
from app.marking.rules import MarkPlace, agreed, decision, differing, is_calibrated
from tests.marking.judged import BEST, ONE, WORST
from tests.marking.judged import guide as written

FIRST, SECOND, MODERATION = MarkPlace


@pytest.fixture
def guide() -> GuideView:
    raw = written(ONE)
    stored = {
        "title": raw["title"],
        "brief_html": "",
        "parts": [part | {"hint": "", "most": 2000} for part in raw["parts"]],
        "points": [{"levels": [], "least": 0} | point for point in raw["points"]],
        "pass_mark": raw["pass_mark"],
        "markers": 1,
        "second_mark_every": None,
        "release": "at-once",
        "resubmissions": "unlimited",
        "agree_at_least": 80,
    }
    return guide_view(ONE, stored, [])


def test_one_marker_decides_alone(guide: GuideView) -> None:
    final = decision(guide, {FIRST: BEST}, markers=1)
    assert final is not None
    assert (final.points, final.passed) == (4, True)


def test_nothing_is_decided_before_the_second_of_two_has_finished(guide: GuideView) -> None:
    assert decision(guide, {FIRST: BEST}, markers=2) is None
    assert decision(guide, {SECOND: BEST}, markers=2) is None


def test_two_who_agree_decide(guide: GuideView) -> None:
    final = decision(guide, {FIRST: BEST, SECOND: dict(BEST)}, markers=2)
    assert final is not None
    assert final.marks == BEST


def test_where_two_differ_the_moderator_decides_those_points_and_no_other(guide: GuideView) -> None:
    second = BEST | {"test": 0}
    assert differing(guide, BEST, second) == ("test",)
    assert decision(guide, {FIRST: BEST, SECOND: second}, markers=2) is None
    looks = {FIRST: BEST, SECOND: second, MODERATION: {"test": 1, "who": 0}}
    final = decision(guide, looks, markers=2)
    assert final is not None
    assert final.marks == {"number": 1, "who": 1, "test": 1}
    assert (final.points, final.passed) == (3, True)


def test_a_moderation_that_leaves_a_difference_open_decides_nothing(guide: GuideView) -> None:
    assert decision(guide, {FIRST: BEST, SECOND: WORST, MODERATION: {"test": 1}}, markers=2) is None


def test_nobody_passes_without_the_least_of_a_point_however_many_points_they_have(guide: GuideView) -> None:
    final = decision(guide, {FIRST: {"number": 1, "who": 0, "test": 2}}, markers=1)
    assert final is not None
    assert (final.points, final.passed) == (3, False)


def test_a_sample_is_agreed_on_point_by_point() -> None:
    assert agreed(BEST, BEST | {"test": 1}) == 2
    assert agreed(BEST, {}) == 0


def test_calibrated_is_exactly_the_share_that_was_asked_for() -> None:
    assert is_calibrated(8, 10, 80)
    assert not is_calibrated(79, 100, 80)
    assert not is_calibrated(0, 0, 1)
