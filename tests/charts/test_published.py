"""Limits that textbooks and papers print, to the digits that they print."""

import pytest

from app.charts import ANHOEJ, WESTERN_ELECTRIC, Analysis, ChartKind, Plan, analyse
from app.charts.reading import Columns
from tests.charts.files import DATA, series_in


def _of(name: str, columns: Columns, plan: Plan) -> Analysis:
    return analyse(series_in(f"montgomery_{name}.csv", columns)[0], plan)


def _lines(analysis: Analysis, place: int = 0) -> tuple[float, float, float]:
    point = analysis.points[place]
    assert point.centre is not None
    assert point.lower is not None
    assert point.upper is not None
    return point.centre, point.lower, point.upper


def test_individuals_from_the_first_twenty_weeks() -> None:
    """Montgomery, 6th edition, example 6.5: cost of processing mortgage loans; phase II uses phase I's limits."""
    columns = Columns("weeks", "cost")
    costs = _of("06.07", columns, Plan(ChartKind.I, ANHOEJ, screen=False, baseline=20))
    for place in (0, 39):
        assert _lines(costs, place) == pytest.approx((300.5, 279.78, 321.22), abs=0.005)
    moving = _of("06.07", columns, Plan(ChartKind.MR, ANHOEJ, baseline=20))
    assert _lines(moving) == pytest.approx((7.79, 0, 25.45), abs=0.005)


def test_proportion_of_cans_with_and_without_two_samples_of_known_cause() -> None:
    """Example 7.1: frozen orange juice; samples 15 and 23 had a new material and a new operator."""
    columns = Columns("sample", "count", "size")
    trial = _of("07.03", columns, Plan(ChartKind.P, WESTERN_ELECTRIC, rebase=(31,)))
    assert _lines(trial) == pytest.approx((0.2313, 0.0524, 0.4102), abs=0.00005)
    assert [p.x for p in trial.points[:30] if p.label.value in {"above", "below"}] == [15, 23]
    revised = _of("07.03", columns, Plan(ChartKind.P, WESTERN_ELECTRIC, rebase=(31,), exclude=(15, 23)))
    assert _lines(revised) == pytest.approx((0.2150, 0.0407, 0.3893), abs=0.00005)
    assert [p.x for p in revised.points[:30] if p.label.value in {"above", "below"}] == [15, 21, 23]


def test_counts_on_circuit_boards() -> None:
    """Example 7.3: nonconformities in 26 samples; 6 and 20 are left out, and the limits frozen."""
    columns = Columns("sample", "count")
    trial = _of("07.08", columns, Plan(ChartKind.C, WESTERN_ELECTRIC, baseline=26))
    # The book's upper limit, 33.22, comes from the centre rounded to 19.85 first.
    assert _lines(trial) == pytest.approx((19.85, 6.48, 33.22), abs=0.01)
    assert [p.x for p in trial.points[:26] if p.label.value in {"above", "below"}] == [6, 20]
    revised = _of("07.08", columns, Plan(ChartKind.C, WESTERN_ELECTRIC, baseline=26, exclude=(6, 20)))
    assert _lines(revised, -1) == pytest.approx((19.67, 6.36, 32.97), abs=0.005)


def test_rates_of_equal_and_of_unequal_exposure() -> None:
    """Examples 7.4 (shipping errors, whose lower limit is floored) and 7.5 (dyed cloth, per 50 square metres)."""
    shipped = _of("07.10", Columns("sample", "count", "size"), Plan(ChartKind.U, WESTERN_ELECTRIC))
    assert _lines(shipped) == pytest.approx((0.0740, 0, 0.1894), abs=0.00005)
    cloth = _of("07.11", Columns("roll", "count", "meters"), Plan(ChartKind.U, WESTERN_ELECTRIC, multiply=50))
    assert _lines(cloth) == pytest.approx((1.42, 0.29, 2.55), abs=0.006)


def test_times_between_failures_are_charted_on_their_transformed_scale() -> None:
    """Example 7.6: valve failures; the transformed mean is 5.386, the lower limit below 0, none out of control."""
    failures = _of("07.14", Columns("failure", "hours"), Plan(ChartKind.T, WESTERN_ELECTRIC, screen=False))
    centre, lower, upper = _lines(failures)
    assert centre ** (1 / 3.6) == pytest.approx(5.386, abs=0.005)
    assert lower == 0
    assert upper > centre
    assert {point.label.value for point in failures.points} == {"common"}


def test_every_file_of_data_is_named_with_its_source() -> None:
    readme = (DATA / "README.md").read_text()
    for file in DATA.glob("*.csv"):
        assert file.name in readme or file.name.startswith("montgomery_"), file.name
