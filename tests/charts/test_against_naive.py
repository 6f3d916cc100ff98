"""Every series of the data, and many that Hypothesis makes up, against rules written a second time (naive.py)."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts import ANHOEJ, RULE_SETS, ChartKind, Plan, Series, analyse
from tests.charts import naive
from tests.charts.files import chart, every_measure, labels, trusts

SERIES = every_measure()
FINE = 1e-6
WHOLE = st.lists(st.integers(0, 40), min_size=3, max_size=60)


def _known(series: Series) -> list[float]:
    return [value for value in series.values if value is not None]


@pytest.mark.parametrize("name", SERIES)
@pytest.mark.parametrize("screened", [True, False])
def test_xmr_limits_and_labels(name: str, *, screened: bool) -> None:
    values = _known(SERIES[name])
    found = chart(values, screen=screened)
    centre, lower, upper = naive.xmr(values, Fraction("2.66"), screened=screened)
    for point in found.points:
        assert (point.centre, point.lower, point.upper) == pytest.approx((centre, lower, upper), rel=FINE)
    assert labels(found) == naive.nhs_labels(values, screened=screened)


@pytest.mark.parametrize("name", SERIES)
def test_i_limits_in_the_anhoej_reading(name: str) -> None:
    values = _known(SERIES[name])
    point = chart(values, ChartKind.I, ANHOEJ).points[0]
    assert (point.centre, point.lower, point.upper) == pytest.approx(
        naive.xmr(values, Fraction(3) / Fraction("1.128"), screened=True), rel=FINE
    )


@pytest.mark.parametrize("name", SERIES)
@pytest.mark.parametrize("kind", [ChartKind.RUN, ChartKind.I])
def test_runs_crossings_and_signal(name: str, kind: ChartKind) -> None:
    _same_runs(_known(SERIES[name]), kind)


@given(WHOLE)
def test_runs_of_made_up_series(values: list[int]) -> None:
    _same_runs([float(v) for v in values], ChartKind.RUN)
    _same_runs([float(v) for v in values], ChartKind.I)


def _same_runs(values: list[float], kind: ChartKind) -> None:
    found = chart(values, kind, ANHOEJ)
    centre = naive.median(values) if kind is ChartKind.RUN else naive.mean(values)
    useful, longest, crossings = naive.longest_and_crossings(values, centre)
    assert found.runs.useful == useful
    if useful:
        most, least = naive.longest_allowed(useful), naive.fewest_crossings(useful)
        assert (found.runs.longest_run, found.runs.longest_run_max) == (longest, most)
        assert (found.runs.crossings, found.runs.crossings_min) == (crossings, least)
        assert found.signal is (longest > most or crossings < least)


@given(WHOLE, st.booleans())
def test_labels_of_made_up_series(values: list[int], screened: bool) -> None:  # drawn by Hypothesis
    plain = [float(v) for v in values]
    assert labels(chart(plain, screen=screened)) == naive.nhs_labels(plain, screened=screened)


@pytest.mark.parametrize("trust", trusts(), ids=lambda series: series.name)
def test_proportions_and_rates_of_five_trusts(trust: Series) -> None:
    counts = _known(trust)
    assert trust.denominators is not None
    sizes = [size for size in trust.denominators if size is not None]
    wanted = {
        ChartKind.P: naive.p_limits(counts, sizes),
        ChartKind.U: naive.u_limits(counts, sizes),
        ChartKind.P_PRIME: naive.p_limits(counts, sizes, naive.sigma_z(counts, sizes, proportion=True)),
        ChartKind.U_PRIME: naive.u_limits(counts, sizes, naive.sigma_z(counts, sizes, proportion=False)),
    }
    for kind, limits in wanted.items():
        found = analyse(trust, Plan(kind, ANHOEJ))
        assert found.points[0].centre == pytest.approx(float(naive.pooled(counts, sizes)), rel=FINE)
        for point, (lower, upper) in zip(found.points, limits, strict=True):
            assert (point.lower, point.upper) == pytest.approx((lower, upper), rel=FINE)


def test_big_denominators_put_most_points_outside_p_limits_and_few_outside_prime_ones() -> None:
    """Over-dispersion, as in qi-domain §3.2: the reason for prime charts."""
    trust = trusts()[0]

    def outside(kind: ChartKind) -> int:
        found = analyse(trust, Plan(kind, ANHOEJ))
        return sum(label in {"above", "below"} for label in labels(found))

    assert outside(ChartKind.P) > 20
    assert outside(ChartKind.P_PRIME) < 10


@given(WHOLE)
def test_cases_between_of_made_up_series(values: list[int]) -> None:
    found = chart([float(v) for v in values], ChartKind.G)
    g = float(naive.mean(values))
    assert found.points[0].centre == pytest.approx(float(naive.median(values)))
    assert found.points[0].upper == pytest.approx(g + 3 * (g * (g + 1)) ** 0.5)
    assert found.points[0].lower == pytest.approx(max(0, g - 3 * (g * (g + 1)) ** 0.5))


@given(st.lists(st.integers(0, 5), min_size=3, max_size=40))
def test_ihi_trends_count_equal_values_once(values: list[int]) -> None:
    once = [value for place, value in enumerate(values) if not place or value != values[place - 1]]
    steps = [later > former for former, later in pairwise(once)]
    longest = run = 1 if steps else 0
    for former, later in pairwise(steps):
        run = run + 1 if former == later else 1
        longest = max(longest, run)
    found = labels(chart([float(v) for v in values], ChartKind.RUN, RULE_SETS["ihi"]))
    assert any(label.startswith("trend") for label in found) is (longest >= 4)
