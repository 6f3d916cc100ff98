"""Rates rest on the trust's own past, and fall back honestly where there is too little of it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.planning.forecast.draws import Pace, Share
from app.planning.forecast.places import Planned, in_proportion, places_ahead, shared_out
from app.planning.forecast.rates import (
    ASSUMED,
    ASSUMED_LAPSING,
    Basis,
    Begun,
    Past,
    estimate,
    headcounts,
    together,
)

YEARS = Past(36, 7200, 90, 72, 9, 20, 5, 30, 5000)
TRUST = Past(36, 72_000, 900, 800, 90, 300, 100, 300, 50_000)
MANY = Begun(50, 41)


def test_with_a_year_of_its_own_a_directorate_has_its_own_rates() -> None:
    found = estimate(YEARS, TRUST, 210, MANY, always_open=False)
    assert found.basis is Basis.OWN
    assert found.rates.leaving == Pace(72, 7200)
    assert found.rates.joining == Pace(90, 36)
    assert found.rates.completing == Share(41, 50)
    assert found.rates.lapsing == Share(100, 300), "few levels end in one directorate: the whole trust's"
    assert found.rates.unplanned == Pace(0, 0), "a level that is taught in cohorts needs a place"


def test_with_less_the_rates_of_the_trust_are_used_at_its_size() -> None:
    found = estimate(YEARS._replace(months=11), TRUST, 200, MANY, always_open=True)
    assert found.basis is Basis.TRUST
    assert found.rates.leaving == Pace(800, 72_000)
    assert found.rates.joining.mean == 900 / 72_000 * 200
    assert found.rates.unplanned == Pace(300, 50_000)


def test_an_empty_directorate_is_not_given_the_joiners_of_the_whole_trust() -> None:
    assert estimate(Past(), TRUST, 0, MANY, always_open=False).rates.joining == Pace(0, 0)


def test_where_nothing_is_known_nothing_is_made_up_and_what_is_assumed_is_said() -> None:
    found = estimate(Past(), Past(), 200, Begun(9, 9), always_open=False)
    assert found.basis is Basis.NONE
    assert found.rates.leaving.mean == found.rates.joining.mean == 0
    assert (found.rates.completing, found.rates.lapsing) == (ASSUMED, ASSUMED_LAPSING)
    assert found.completing_is_assumed
    assert found.lapsing_is_assumed
    assert estimate(Past(), Past(3, 30, 1, 1), 20, MANY, always_open=False).basis is Basis.LITTLE


def test_directorates_add_up_to_the_trust() -> None:
    assert together([YEARS, TRUST]) == Past(36, 79_200, 990, 872, 99, 320, 105, 330, 55_000)
    assert together([]) == Past()


def test_past_headcounts_follow_from_todays() -> None:
    assert headcounts(10, [2, 0, 5], [1, 3, 0]) == [7, 8, 5]


@given(st.integers(0, 200), st.dictionaries(st.integers(0, 9), st.integers(0, 50), min_size=1))
def test_places_in_proportion_add_up_and_are_within_one_of_their_share(total: int, weights: dict[int, int]) -> None:
    found = in_proportion(total, weights)
    assert sum(found.values()) == total
    whole = sum(weights.values())
    if whole:
        assert all(abs(found[k] - total * w / whole) < 1 + 1e-9 for k, w in weights.items())


def test_a_cohort_gives_what_is_kept_and_shares_the_rest_by_people_without_the_level() -> None:
    without = {1: 30, 2: 10, 3: 60}
    assert shared_out(Planned(date(2027, 1, 5), 20, {}), without) == {1: 6, 2: 2, 3: 12}
    assert shared_out(Planned(date(2027, 1, 5), 20, {1: 8, 2: None}), without) == {1: 8, 2: 12}
    assert shared_out(Planned(date(2027, 1, 5), 20, {1: 8}), without) == {1: 20}
    assert shared_out(Planned(date(2027, 1, 5), 24, {1: 6, 3: 4}), without) == {1: 11, 3: 13}, "no place is for nobody"


def test_places_count_in_the_month_in_which_their_cohort_ends() -> None:
    cohorts = [
        Planned(date(2026, 12, 31), 10, {1: 10}),
        Planned(date(2027, 2, 1), 4, {1: None}),
        Planned(date(2032, 1, 1), 9, {}),
    ]
    found = places_ahead(cohorts, {1: 5, 2: 5}, [1, 2], date(2026, 12, 1), 4)
    assert found == {1: (10, 0, 4, 0), 2: (0, 0, 0, 0)}


def test_whose_part_of_each_cohort_is_small_gets_places_in_its_turn() -> None:
    cohorts = [Planned(date(2027, month, 5), 10, {}) for month in range(12, 0, -1)]
    found = places_ahead(cohorts, {1: 48, 2: 48, 3: 4}, [1, 2, 3], date(2027, 1, 1), 12)
    assert [sum(found[one]) for one in (1, 2, 3)] == [58, 57, 5]
    assert all(sum(found[one][month] for one in found) == 10 for month in range(12))
    assert sum(found[3][:6]) == 2, "earlier months first, in whatever order the cohorts are given"
