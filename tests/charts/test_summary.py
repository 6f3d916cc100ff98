"""The chart in words: what a sighted reader would say first."""

from datetime import date

from app.charts import ANHOEJ, IHI_RUN, NHS_MAKING_DATA_COUNT, ChartKind, Plan, Series, Wanted, analyse, summarise
from tests.charts.files import chart


def test_a_shift_is_told_with_its_length_side_and_start() -> None:
    months = [date(2023 + n // 12, n % 12 + 1, 1) for n in range(14)]
    values = [22.0, 20, 22, 20, 22, 20, 22, 12, 10, 12, 10, 12, 10, 12]
    plan = Plan(ChartKind.RUN, NHS_MAKING_DATA_COUNT, wanted=Wanted.DECREASE)
    falls = analyse(Series.of("Falls", months, values), plan)
    said = summarise(falls)
    assert said.startswith("The last value is 12 (February 2024); the median is 16.")
    assert "A shift of seven points below the median from August 2023." in said
    assert "Improvement: the last point is part of a signal towards low values, as wanted." in said


def test_a_shift_keeps_its_length_where_points_outside_the_limits_are_part_of_it() -> None:
    low = [20.0, 21] * 10 + [16, 15.5, 16, 2, 16, 15.5, 16]
    assert "A shift of seven points below the mean from 21." in summarise(chart(low))
    assert "One point below the lower limit, 24." in summarise(chart(low))


def test_no_signal_is_said_too() -> None:
    assert summarise(chart([1, 2] * 8)).endswith("No signal of special cause.")


def test_anhoejs_rules_in_words() -> None:
    said = summarise(chart([1] * 12 + [9] * 12, ChartKind.RUN, ANHOEJ))
    assert "A run of twelve points on one side of the median, where chance explains eight." in said
    assert "The median is crossed once, where chance gives at least eight." in said


def test_a_line_that_no_run_crosses_is_said_to_be_never_crossed() -> None:
    said = summarise(chart([5] * 9 + [9] * 12 + [5] * 9, ChartKind.RUN, ANHOEJ))
    assert "The median is never crossed, where chance gives at least" in said


def test_too_many_runs_in_words() -> None:
    assert "The median is crossed 15 times, where chance gives at most eleven." in summarise(
        chart([1, 9] * 8, ChartKind.RUN, IHI_RUN)
    )


def test_a_series_without_values() -> None:
    assert summarise(chart([None])).startswith("There is no value yet.")
