"""Where a chart begins anew, what a baseline is made of, and what a reader is warned of."""

from datetime import date

import pytest

from app.charts import ANHOEJ, NHS_MAKING_DATA_COUNT, ChartError, ChartKind, Plan, Series, analyse
from tests.charts.files import chart, labels

MONTHS = [date(2023 + month // 12, month % 12 + 1, 1) for month in range(24)]


def _monthly(**choices: tuple[date | int, ...]) -> list[int]:
    series = Series.of("falls", MONTHS, [float(n % 5) for n in range(24)])
    return [point.phase for point in analyse(series, Plan(ChartKind.RUN, NHS_MAKING_DATA_COUNT, **choices)).points]  # type: ignore[arg-type]


def test_a_date_begins_a_new_phase_at_its_own_point() -> None:
    assert _monthly(rebase=(date(2024, 1, 1),)) == [1] * 12 + [2] * 12


def test_a_number_in_a_dated_series_is_a_position() -> None:
    assert _monthly(rebase=(13,)) == [1] * 12 + [2] * 12


def test_several_and_the_first_point_are_fine_in_any_order() -> None:
    assert _monthly(rebase=(date(2024, 1, 1), MONTHS[0], date(2023, 7, 1))) == [1] * 6 + [2] * 6 + [3] * 12


def test_a_date_without_a_point_is_refused_with_the_dates_there_are() -> None:
    with pytest.raises(ChartError, match=r"No point is at 2024-01-02.*from 2023-01-01 to 2024-12-01"):
        _monthly(rebase=(date(2024, 1, 2),))


def test_no_moving_range_crosses_a_rebase() -> None:
    # Ranges of 1 within each half; the step of 99 between them is nobody's.
    halves = chart([1, 2, 1, 2, 101, 102, 101, 102], rebase=(5,))
    assert halves.points[0].upper == pytest.approx(1.5 + 2.66)
    assert halves.points[7].upper == pytest.approx(101.5 + 2.66)
    assert chart([1, 2, 101, 102], ChartKind.MR, rebase=(3,)).points[2].y is None


def test_runs_and_signals_at_the_top_are_the_last_phases() -> None:
    both = chart([*[1, 2] * 3, 1, 11, *[12, 11] * 3, *[1, 12] * 12], ChartKind.RUN, rebase=(15,))
    assert both.phases[0].signal
    assert not both.signal
    assert both.runs == both.phases[1].runs
    assert both.runs.useful == 24


def test_the_nhs_set_refuses_a_baseline_of_fewer_than_twelve() -> None:
    values = [float(n % 4) for n in range(30)]
    with pytest.raises(ChartError, match=r"A baseline of 11 is too short.*at least 12"):
        chart(values, baseline=11)
    assert chart(values, baseline=12).warnings == ()


def test_others_warn_of_a_short_one() -> None:
    values = [float(n % 4) for n in range(30)]
    assert chart(values, ChartKind.I, ANHOEJ, baseline=8).warnings == ("The baseline has 8 points, fewer than 12.",)


def test_each_phase_is_frozen_in_the_nhs_set_and_none_in_anhoejs() -> None:
    values = [*[1.0, 3.0] * 6, 50, *[101.0, 103.0] * 6, 500]
    nhs = chart(values, baseline=12, rebase=(14,))
    assert (nhs.points[0].centre, nhs.points[-1].centre) == (2, 102)
    anhoej = chart(values, ChartKind.I, ANHOEJ, baseline=12, rebase=(14,))
    assert anhoej.points[0].centre == pytest.approx(74 / 13)
    assert "it was ignored" in anhoej.warnings[-1]


@pytest.mark.parametrize(("points", "warned"), [(12, True), (13, False)])
def test_fewer_than_thirteen_points_have_trial_limits(points: int, *, warned: bool) -> None:
    assert bool(chart([float(n % 4) for n in range(points)]).warnings) is warned


def test_a_short_phase_is_named() -> None:
    short = chart([float(n % 4) for n in range(18)], rebase=(14,))
    assert short.warnings == ("Phase 2 has 5 points, fewer than 13: its lines are trial ones.",)


@pytest.mark.parametrize("position", [0, -1, 25])
def test_a_point_to_exclude_has_to_exist(position: int) -> None:
    with pytest.raises(ChartError, match="Points are counted from 1 to 24"):
        chart([1.0] * 24, exclude=(position,))


def test_an_excluded_point_is_cut_out_and_its_neighbours_meet() -> None:
    # 1 2 (90) 4: ranges 1 and 2, mean 7/3.
    out = chart([1, 2, 90, 4], exclude=(3,), screen=False)
    assert out.points[0].upper == pytest.approx(7 / 3 + 2.66 * 1.5)
    assert labels(out)[2] == "above"
