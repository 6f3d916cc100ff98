"""Centre and limits by hand: small series whose figures fit in a head, floors and what screening leaves out."""

from dataclasses import replace

import pytest

from app.charts import ANHOEJ, NHS_MAKING_DATA_COUNT, Analysis, ChartKind
from tests.charts.files import chart


def _first(analysis: Analysis) -> tuple[float | None, float | None, float | None]:
    point = analysis.points[0]
    return point.centre, point.lower, point.upper


def test_xmr_has_2_66_times_the_mean_moving_range_in_the_nhs_set() -> None:
    # 10 12 11 13: mean 11.5; ranges 2 1 2, mean 5/3.
    assert _first(chart([10, 12, 11, 13])) == pytest.approx((11.5, 11.5 - 2.66 * 5 / 3, 11.5 + 2.66 * 5 / 3))


def test_the_same_chart_has_3_over_1_128_in_the_anhoej_reading() -> None:
    width = 3 * (5 / 3) / 1.128
    assert _first(chart([10, 12, 11, 13], ChartKind.I, ANHOEJ)) == pytest.approx((11.5, 11.5 - width, 11.5 + width))


def test_a_trust_may_have_constants_of_its_own() -> None:
    own = replace(NHS_MAKING_DATA_COUNT, name="ours", range_factor=3)
    assert _first(chart([10, 12, 11, 13], rules=own)) == pytest.approx((11.5, 6.5, 16.5))


JUMP = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def test_screening_leaves_out_extreme_moving_ranges_once() -> None:
    # Ranges: fifteen of 1, and 8 and 9 about the 10. Their mean, 32/17, times 3.267 is 6.15: both go, and 1 is left.
    mean = sum(JUMP) / 18
    assert _first(chart(JUMP)) == pytest.approx((mean, mean - 2.66, mean + 2.66))
    assert _first(chart(JUMP, screen=False)) == pytest.approx((mean, mean - 2.66 * 32 / 17, mean + 2.66 * 32 / 17))


def test_screening_is_one_pass_only() -> None:
    # Ranges: thirty of 0.1, then 1 and 10. Mean 14/32 = 0.4375; the limit 1.43 takes out the 10 alone, although the
    # mean of what is left, 4/31, would take out the 1 in a second pass.
    values = [0.0]
    for number, step in enumerate([0.1] * 30 + [1, 10]):
        values.append(values[-1] + (step if number % 2 else -step))
    mean = sum(values) / 33
    assert chart(values).points[0].upper == pytest.approx(mean + 2.66 * 4 / 31)


@pytest.mark.parametrize(("kind", "screened"), [("xmr", True), ("i", True), ("t", True), ("p", False), ("pp", False)])
def test_screening_is_on_where_it_is_by_default(kind: str, *, screened: bool) -> None:
    sizes = [50.0] * 18 if kind in {"p", "pp"} else None
    assert chart(JUMP, ChartKind(kind), sizes=sizes).plan.screened is screened


def test_a_gap_gives_no_moving_range_and_no_zero() -> None:
    # 10 12 – 20 22: mean 16; ranges 2 and 2, none across the gap.
    gapped = chart([10, 12, None, 20, 22])
    assert _first(gapped) == pytest.approx((16, 16 - 5.32, 16 + 5.32))
    assert gapped.points[2].y is None
    assert "1 value is missing, and left out as a gap." in gapped.warnings


def test_moving_ranges_are_charted_from_the_second_point_on() -> None:
    moving = chart([10, 12, 11, 13], ChartKind.MR)
    assert [point.y for point in moving.points] == [None, 2, 1, 2]
    assert _first(moving) == pytest.approx((5 / 3, 0, 3.267 * 5 / 3))


def test_proportions_keep_within_0_and_1() -> None:
    # 19 of 20: p = 0.95, three sigma 3 sqrt(0.95 * 0.05 / 10) = 0.2068 and more than is left above.
    high = chart([9, 10], ChartKind.P, sizes=[10, 10])
    assert _first(high) == pytest.approx((0.95, 0.95 - 0.206760, 1), abs=1e-6)
    low = chart([1, 0], ChartKind.P, sizes=[10, 10])
    assert _first(low) == pytest.approx((0.05, 0, 0.256760), abs=1e-6)


def test_limits_of_proportions_follow_each_denominator() -> None:
    # 30 of 150: p = 0.2; sqrt(0.16 / 100) = 0.04 and sqrt(0.16 / 25) = 0.08.
    both = chart([20, 5, 5], ChartKind.P, sizes=[100, 25, 25])
    assert [p.upper for p in both.points] == pytest.approx([0.32, 0.44, 0.44])
    assert [p.lower for p in both.points] == pytest.approx([0.08, 0, 0])


def test_rates_have_the_floor_0_and_no_ceiling() -> None:
    # 8 in 2: u = 4; three sigma 3 * sqrt(4 / 1) = 6.
    assert _first(chart([3, 5], ChartKind.U, sizes=[1, 1])) == pytest.approx((4, 0, 10))


def test_counts() -> None:
    assert _first(chart([16, 16], ChartKind.C)) == pytest.approx((16, 4, 28))
    assert _first(chart([3, 5], ChartKind.C)) == pytest.approx((4, 0, 10))


def test_cases_between_have_limits_about_the_mean_and_a_median_drawn() -> None:
    # 1 2 9: mean 4, sqrt(4 * 5) = 4.4721; median 2.
    assert _first(chart([1, 2, 9], ChartKind.G)) == pytest.approx((2, 0, 4 + 3 * 20**0.5))


def test_times_between_are_individuals_of_their_power() -> None:
    # 1, 2^3.6, 3^3.6 have the powers 1 2 3: mean 2, ranges 1 1, width 2.66; 4.66 up, and less than 0 down.
    times = [1.0, 2**3.6, 3**3.6]
    assert _first(chart(times, ChartKind.T)) == pytest.approx((2**3.6, 0, 4.66**3.6))


def test_prime_limits_are_inflated_by_sigma_z() -> None:
    # 10 20 10 20 of 100: p = 0.15, sigma 0.0357071; z = -+1.40028, ranges 2.80056, sigma_z 2.48277.
    inflated = chart([10, 20, 10, 20], ChartKind.P_PRIME, sizes=[100] * 4)
    sigma = (0.15 * 0.85 / 100) ** 0.5
    width = 3 * sigma * (0.1 / sigma) / 1.128
    assert _first(inflated) == pytest.approx((0.15, 0, 0.15 + width))
    rates = chart([10, 20, 10, 20], ChartKind.U_PRIME, sizes=[100] * 4)
    assert _first(rates) == pytest.approx((0.15, 0, 0.15 + 3 * 0.1 / 1.128))


def test_run_charts_have_a_median_and_no_limits() -> None:
    assert _first(chart([1, 2, 9, 4], ChartKind.RUN)) == (3, None, None)


def test_run_and_i_charts_plot_rates_where_there_is_a_denominator() -> None:
    runs = chart([1, 1, 3], ChartKind.RUN, sizes=[2, 4, 4], multiply=100)
    assert [p.y for p in runs.points] == [50, 25, 75]
    assert runs.points[0].centre == 50
    assert [p.y for p in chart([1, 1, 3], ChartKind.I, sizes=[2, 4, 4]).points] == [0.5, 0.25, 0.75]


def test_one_point_has_a_centre_and_no_limits_and_none_has_nothing() -> None:
    assert _first(chart([5])) == (5, None, None)
    assert _first(chart([None, None])) == (None, None, None)


@pytest.mark.parametrize("constant", [0.1, 0.3, 1 / 3, 1e9 + 0.1, -7.7])
@pytest.mark.parametrize("many", [2, 3, 10, 49])
def test_a_constant_series_is_common_cause_on_its_own_line(constant: float, many: int) -> None:
    flat = chart([constant] * many)
    assert {point.label.value for point in flat.points} == {"common"}
    assert flat.runs.useful == 0
    assert flat.runs.longest_run is None


@pytest.mark.parametrize("kind", [ChartKind.P, ChartKind.P_PRIME])
@pytest.mark.parametrize("all_or_none", [0, 10])
def test_nothing_ever_and_everything_ever_are_no_signal(kind: ChartKind, all_or_none: int) -> None:
    flat = chart([all_or_none] * 20, kind, sizes=[10] * 20)
    assert {point.label.value for point in flat.points} == {"common"}
    assert flat.points[0].upper == flat.points[0].lower == all_or_none / 10
