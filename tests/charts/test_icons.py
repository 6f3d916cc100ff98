"""Variation and assurance: the last point, the last phase, the wanted direction (qi-domain §3.1)."""

import pytest

from app.charts import Assurance, ChartKind, Label, Variation, Wanted
from app.charts.icons import assurance_of, variation_of
from tests.charts.files import chart


@pytest.mark.parametrize("label", [Label.ABOVE, Label.TREND_UP, Label.NEAR_UPPER, Label.SHIFT_HIGH])
def test_high_is_good_or_bad_by_what_is_wanted(label: Label) -> None:
    assert variation_of(label, Wanted.INCREASE) is Variation.IMPROVEMENT_HIGH
    assert variation_of(label, Wanted.DECREASE) is Variation.CONCERN_HIGH
    assert variation_of(label, Wanted.NEUTRAL) is Variation.NEUTRAL_HIGH


@pytest.mark.parametrize("label", [Label.BELOW, Label.TREND_DOWN, Label.NEAR_LOWER, Label.SHIFT_LOW])
def test_low_mirrors_high(label: Label) -> None:
    assert variation_of(label, Wanted.INCREASE) is Variation.CONCERN_LOW
    assert variation_of(label, Wanted.DECREASE) is Variation.IMPROVEMENT_LOW
    assert variation_of(label, Wanted.NEUTRAL) is Variation.NEUTRAL_LOW


@pytest.mark.parametrize("wanted", Wanted)
def test_common_cause_is_neither(wanted: Wanted) -> None:
    assert variation_of(Label.COMMON, wanted) is Variation.COMMON_CAUSE


@pytest.mark.parametrize(
    ("target", "increase", "decrease"),
    [
        (21, Assurance.CONSISTENT_FAIL, Assurance.CONSISTENT_PASS),
        (20, Assurance.INCONSISTENT, Assurance.INCONSISTENT),
        (15, Assurance.INCONSISTENT, Assurance.INCONSISTENT),
        (10, Assurance.INCONSISTENT, Assurance.INCONSISTENT),
        (9, Assurance.CONSISTENT_PASS, Assurance.CONSISTENT_FAIL),
    ],
)
def test_a_target_against_limits_of_10_and_20(target: float, increase: Assurance, decrease: Assurance) -> None:
    assert assurance_of(10, 20, target, Wanted.INCREASE) is increase
    assert assurance_of(10, 20, target, Wanted.DECREASE) is decrease


def test_no_assurance_without_target_direction_or_limits() -> None:
    assert assurance_of(10, 20, None, Wanted.INCREASE) is None
    assert assurance_of(10, 20, 15, Wanted.NEUTRAL) is None
    assert chart([1, 2, 3], ChartKind.RUN, target=2, wanted=Wanted.INCREASE).assurance is None


def test_both_speak_from_the_last_phase_on_the_scale_shown() -> None:
    halves = chart([1, 2] * 7 + [11, 12] * 7, rebase=(15,), multiply=10, target=50, wanted=Wanted.INCREASE)
    assert halves.assurance is Assurance.CONSISTENT_PASS
    assert halves.variation is Variation.COMMON_CAUSE


def test_a_gap_at_the_end_leaves_the_last_known_point_to_speak() -> None:
    assert chart([*[1.0, 2.0] * 10, 40.0, None], wanted=Wanted.DECREASE).variation is Variation.CONCERN_HIGH
