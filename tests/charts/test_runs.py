"""Longest run and crossings against chance: Anhøj's two rules, and the run-chart table."""

import pytest

from app.charts import ANHOEJ, IHI_RUN, ChartKind
from app.charts.runs import crossings_min, longest_run_max, runs_of
from tests.charts import naive
from tests.charts.files import chart


def test_twenty_four_points_allow_a_run_of_8_and_ask_for_8_crossings() -> None:
    """Anhøj and Olesen, PLOS ONE 9(11):e113825."""
    assert (longest_run_max(24), crossings_min(24)) == (8, 8)


@pytest.mark.parametrize(
    ("useful", "longest"), [(10, 6), (11, 6), (12, 7), (22, 7), (23, 8), (45, 8), (46, 9), (90, 9), (91, 10)]
)
def test_the_longest_run_that_chance_explains_grows_slowly(useful: int, longest: int) -> None:
    """Where the tabulated limits of log2(n) + 3 step up, by hand: 2^3.5 = 11.3, 2^4.5 = 22.6, 2^5.5 = 45.3."""
    assert longest_run_max(useful) == longest


@pytest.mark.parametrize("useful", [*range(1, 130), 365, 1000])
def test_limits_are_the_naive_ones(useful: int) -> None:
    assert longest_run_max(useful) == naive.longest_allowed(useful)
    assert crossings_min(useful) == naive.fewest_crossings(useful)


def test_points_on_the_line_neither_break_a_run_nor_add_to_it() -> None:
    found = runs_of([1, 1, 0, 1, -1, 0, -1, 1])
    assert (found.useful, found.longest_run, found.crossings) == (6, 3, 2)


def test_no_useful_point_makes_no_claim() -> None:
    none = runs_of([0, 0, 0])
    assert (none.longest_run, none.longest_run_max, none.crossings, none.crossings_min) == (None,) * 4
    assert not none.too_long
    assert not none.too_few
    assert not none.too_many


def test_a_run_too_long_signals() -> None:
    # Thirty useful points allow a run of 8 and ask for 10 crossings; the long run has 9, and thirteen crossings follow.
    long = chart([*[6] * 9, *[4] * 3, *[6, 4, 4] * 6], ChartKind.RUN, ANHOEJ)
    assert (long.runs.longest_run, long.runs.longest_run_max) == (9, 8)
    assert (long.runs.crossings, long.runs.crossings_min) == (13, 10)
    assert long.signal


def test_crossings_too_few_signal() -> None:
    few = chart([1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9], ChartKind.RUN, ANHOEJ)
    assert (few.runs.longest_run, few.runs.crossings) == (6, 3)
    assert few.signal


def test_sixteen_points_make_five_to_twelve_runs() -> None:
    """The run-chart table in Quality Digest, October 2008; a run more than crossings."""
    found = runs_of([1, -1] * 8)
    assert found.crossings_min is not None
    assert found.crossings_max is not None
    assert (found.crossings_min + 1, found.crossings_max + 1) == (5, 12)
    assert found.too_many


def test_the_ihi_set_signals_too_many_runs_and_anhoej_does_not() -> None:
    zigzag = [1.0, 9.0] * 8
    assert chart(zigzag, ChartKind.RUN, IHI_RUN).signal
    assert not chart(zigzag, ChartKind.RUN, ANHOEJ).signal
