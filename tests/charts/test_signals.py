"""Each rule by hand: what it lights, what it does not, and which label comes first (qi-domain §3.1, §3.3)."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.charts import ANHOEJ, IHI_RUN, NHS_MAKING_DATA_COUNT, WESTERN_ELECTRIC, ChartKind, RuleSet
from app.charts.rulesets import Interruption, TwoOfThree
from app.charts.signals import Seen, shifts, trends, two_of_three
from tests.charts.files import chart, labels


def _seen(values: Sequence[float | None], near: float = 2, limit: float = 3) -> Seen:
    """Points about a centre of 0, with near limits at 2 and limits at 3."""

    def beyond(line: float) -> list[int]:
        return [0 if v is None or abs(v) <= line else 1 if v > 0 else -1 for v in values]

    return Seen(tuple(values), beyond(0), beyond(near), beyond(limit), range(len(values)))


def _shifted(values: Sequence[float | None], length: int = 7, on_line: Interruption = Interruption.BREAKS) -> list[int]:
    return [place for pattern in shifts(_seen(values), length, on_line) for place in pattern.places]


def _trended(values: Sequence[float | None], length: int = 7, ties: Interruption = Interruption.BREAKS) -> list[int]:
    return [place for pattern in trends(_seen(values), length, ties) for place in pattern.places]


def _near(values: Sequence[float | None], which: TwoOfThree, *, anywhere: bool = False) -> list[int]:
    return [place for p in two_of_three(_seen(values), which, third_anywhere=anywhere) for place in p.places]


def test_a_shift_lights_all_its_points_and_needs_seven() -> None:
    assert _shifted([-1, *[1] * 7, -1]) == [1, 2, 3, 4, 5, 6, 7]
    assert _shifted([-1, *[1] * 6, -1]) == []
    assert _shifted([-1] * 9) == list(range(9))


def test_a_point_on_the_line_breaks_a_shift_or_is_skipped() -> None:
    assert _shifted([1, 1, 1, 0, 1, 1, 1, 1]) == []
    assert _shifted([1, 1, 1, 0, 1, 1, 1, 1], 6, Interruption.SKIPPED) == [0, 1, 2, 4, 5, 6, 7]


def test_a_missing_value_breaks_or_is_skipped_as_a_point_on_the_line_is() -> None:
    assert _shifted([1, 1, 1, None, 1, 1, 1, 1]) == []
    assert _shifted([1, 1, 1, None, 1, 1, 1, 1], 6, Interruption.SKIPPED) == [0, 1, 2, 4, 5, 6, 7]
    assert _trended([1, 2, 3, None, 4, 5, 6, 7]) == []
    assert _trended([1, 2, 3, None, 4, 5], 5, Interruption.SKIPPED) == [0, 1, 2, 4, 5]


def test_a_trend_is_seven_points_or_six_steps_and_crosses_the_line_freely() -> None:
    assert _trended([-3, -2, -1, 0, 1, 2, 3]) == list(range(7))
    assert _trended([-3, -2, -1, 0, 1, 2]) == []


def test_equal_neighbours_break_a_trend_or_are_counted_once() -> None:
    assert _trended([1, 2, 3, 3, 4, 5, 6]) == []
    assert _trended([1, 2, 3, 3, 4, 5], 5, Interruption.SKIPPED) == [0, 1, 2, 4, 5]
    assert _trended([1, 2, 3, 3, 4], 5, Interruption.SKIPPED) == []


def test_the_point_between_two_trends_takes_the_later_direction() -> None:
    peak = [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]
    assert labels(chart(peak, ChartKind.RUN)) == ["trend_up"] * 6 + ["trend_down"] * 7


@pytest.mark.parametrize(
    ("values", "lit"),
    [
        ([2.5, 1, 2.5], [0, 2]),
        ([2.5, 2.5, 1], [0, 1]),
        ([2.5, -1, 2.5], []),
        ([2.5, 0, 2.5], []),
        ([2.5, 1, 1, 2.5], []),
        ([2.5, 3.5, 1], []),
        ([2, 2, 2], []),
        ([-2.5, -1, -2.5, -1, -2.5], [0, 2, 4]),
        ([2.5, 2.5], []),
        ([2.5, -2.5, 2.5], []),
    ],
)
def test_two_of_three_near_and_all_three_on_one_side(values: list[float], lit: list[int]) -> None:
    assert _near(values, TwoOfThree.WITHIN) == lit


def test_two_of_three_may_count_points_beyond_the_limits() -> None:
    assert _near([2.5, 3.5, 1], TwoOfThree.BEYOND) == [0, 1]


def test_western_electric_lets_the_third_point_lie_anywhere() -> None:
    assert _near([2.5, -1, 2.5], TwoOfThree.BEYOND, anywhere=True) == [0, 2]


def test_windows_that_share_a_point_are_one_pattern() -> None:
    found = two_of_three(_seen([2.5, 2.5, 1, 2.5, 2.5]), TwoOfThree.WITHIN, third_anywhere=False)
    assert [pattern.places for pattern in found] == [(0, 1, 3, 4)]


STEADY = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12]


def test_outside_the_limits_comes_before_everything() -> None:
    # 27 points about 11 and then eight that rise to far above.
    rising = [*STEADY, *STEADY, 13, 14, 15, 16, 17, 18, 30]
    found = labels(chart(rising))
    assert found[-1] == "above"
    assert set(found[-7:-1]) <= {"trend_up", "above"}


def test_a_trend_comes_before_near_and_near_before_a_shift() -> None:
    values = [10.0, 13.0] * 12 + [11.6, 11.7, 11.8, 11.9, 12.0, 12.1, 12.2]
    assert labels(chart(values))[-7:] == ["trend_up"] * 7
    shifted = [-0.5, 0.5, -0.5, 0.5, -1, -1, -1, -1, -1, -1, 1, 0.7, 1, 0.5, 2.2, 0.5, 2.2]
    found = labels(chart(shifted, screen=False))
    assert found[10:] == ["shift_high"] * 4 + ["near_upper", "shift_high", "near_upper"]


def test_a_point_on_a_limit_is_not_outside_it() -> None:
    # Ranges of 1; mean 0.5, width 2.66 * 1 = 2.66. A custom factor puts the limit on the highest point exactly.
    on_limit = replace(NHS_MAKING_DATA_COUNT, range_factor=0.5)
    assert labels(chart([0, 1, 0, 1], rules=on_limit)) == ["common"] * 4
    inside = replace(NHS_MAKING_DATA_COUNT, range_factor=0.49)
    assert labels(chart([0, 1, 0, 1], rules=inside)) == ["below", "above", "below", "above"]


@pytest.mark.parametrize(("rules", "needed"), [(NHS_MAKING_DATA_COUNT, 7), (IHI_RUN, 6), (WESTERN_ELECTRIC, 8)])
def test_each_rule_set_has_its_length_of_shift(rules: RuleSet, needed: int) -> None:
    # About the median, in no order that rises or falls for long.
    wave = [1, 2, 1, 2, 1, 2, 1, 2]
    for length, lit in ((needed, needed), (needed - 1, 0)):
        low = wave[:length]
        values = [*low, *[v + 10 for v in low]]
        found = labels(chart(values, ChartKind.RUN, rules))
        assert found.count("shift_low") == found.count("shift_high") == lit


def test_a_trust_may_choose_six_points() -> None:
    six = replace(NHS_MAKING_DATA_COUNT, name="ours", shift=6)
    values = [1, 2, 1, 2, 1, 2, 11, 12, 11, 12, 11, 12]
    assert labels(chart(values, ChartKind.RUN, six)) == ["shift_low"] * 6 + ["shift_high"] * 6


def test_anhoej_lights_only_points_outside_the_limits() -> None:
    assert set(labels(chart([1, 2, 1, 2, 1, 2, 1, 11, 12, 11, 12, 11, 12, 11], ChartKind.RUN, ANHOEJ))) == {"common"}
    spiked = [10, 12, 11, 13, 10, 12, 11, 13, 10, 12, 11, 40]
    assert labels(chart(spiked, ChartKind.I, ANHOEJ))[-1] == "above"


def test_moving_ranges_are_told_no_rule_about_runs() -> None:
    steps = [1.0] * 8 + [9.0] * 8
    values = [0.0]
    for number, step in enumerate(steps):
        values.append(values[-1] + (step if number % 2 else -step))
    moving = chart(values, ChartKind.MR)
    assert set(labels(moving)) == {"common"}
    assert moving.runs.longest_run is None
    assert moving.signal is False


def test_excluded_points_are_left_out_of_lines_and_runs_and_still_judged_by_the_limits() -> None:
    values = [10.0, 12, 11, 13, 10, 60, 12, 11, 13, 10, 12, 11, 13]
    out = chart(values, exclude=(6,))
    rest = [v for v in values if v != 60]
    assert out.points[0].centre == pytest.approx(sum(rest) / 12)
    assert labels(out)[5] == "above"
    assert labels(chart([1, 2, 1, 50, 1, 2, 1, 2, 101, 102, 101, 102, 101, 102, 101], ChartKind.RUN, exclude=(4,))) == [
        *["shift_low"] * 3, "common", *["shift_low"] * 4, *["shift_high"] * 7,
    ]  # fmt: skip
