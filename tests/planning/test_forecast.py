"""A forecast that holds what can be known without chance: arithmetic, conservation, and more places never harm."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.planning.forecast.draws import EXACT_UP_TO, Pace, Share, arrivals, struck, successes
from app.planning.forecast.fan import (
    Goal,
    Reached,
    chance_by,
    fan_of_headcount,
    fan_of_people,
    fan_of_shares,
    when_reached,
    when_served,
)
from app.planning.forecast.runs import Rates, Start, simulate
from app.planning.rules import TargetKind, people_wanted

NEVER, ALWAYS = Share(0, 1, certain=True), Share(1, 1, certain=True)
STILL = Rates(leaving=Pace(0, 1, True), joining=Pace(0, 1, True), completing=NEVER, lapsing=NEVER)
FEW = 40


def certain(rate: float) -> Pace:
    return Pace(rate, 1, certain=True)


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 500), st.floats(0, 1))
def test_one_more_to_draw_from_is_at_most_one_more_drawn(luck: float, of: int, share: float) -> None:
    if of * min(share, 1 - share) < EXACT_UP_TO - 1:
        assert 0 <= successes(luck, of + 1, share) - successes(luck, of, share) <= 1


@pytest.mark.parametrize(("of", "share"), [(1, 0.5), (7, 0.1), (40, 0.9), (300, 0.01), (900, 0.4), (5000, 0.3)])
def test_draws_have_the_mean_and_variance_of_a_binomial(of: int, share: float) -> None:
    drawn = [successes((n + 0.5) / 5_000, of, share) for n in range(5_000)]
    mean = sum(drawn) / len(drawn)
    assert mean == pytest.approx(of * share, rel=5e-3)
    assert sum((d - mean) ** 2 for d in drawn) / len(drawn) == pytest.approx(of * share * (1 - share), rel=2e-2)


@pytest.mark.parametrize("mean", [0.2, 4, 29, 31, 900])
def test_arrivals_have_the_mean_and_variance_of_a_poisson(mean: float) -> None:
    drawn = [arrivals((n + 0.5) / 5_000, mean) for n in range(5_000)]
    found = sum(drawn) / len(drawn)
    assert found == pytest.approx(mean, rel=5e-3)
    assert sum((d - found) ** 2 for d in drawn) / len(drawn) == pytest.approx(mean, rel=2e-2)


@pytest.mark.parametrize(("of", "share"), [(3, 0.2), (2000, 0.01), (50, 0.7)])
def test_who_is_struck_in_a_row_is_a_binomial_at_every_length_of_it(of: int, share: float) -> None:
    random = Random(1)
    rows = [struck(random, of, share) for _ in range(4000)]
    for length in (of, of // 2 + 1):
        counts = [sum(place < length for place in row) for row in rows]
        spread = math.sqrt(length * share * (1 - share) / len(rows))
        assert abs(sum(counts) / len(counts) - length * share) < 4 * spread
    assert all(row == sorted(set(row)) for row in rows)


def test_rates_are_drawn_from_what_the_counts_leave_open() -> None:
    """Gamma(a, b): mean a/b, variance a/b². Beta(a, b): mean a/(a+b), variance ab/((a+b)²(a+b+1))."""
    random = Random(2)
    paces = [Pace(12, 600).drawn(random) for _ in range(20_000)]
    assert sum(paces) / len(paces) == pytest.approx(12.5 / 600, rel=0.01)
    shares = [Share(8, 10).drawn(random) for _ in range(5_000)]
    mean = sum(shares) / len(shares)
    assert mean == pytest.approx(8.5 / 11, rel=0.01)
    variance = sum((s - mean) ** 2 for s in shares) / len(shares)
    assert variance == pytest.approx(8.5 * 2.5 / (11**2 * 12), rel=0.05)
    assert Pace(0, 0).drawn(random) == 0, "nothing is known, and nothing is made up"


def test_where_nothing_happens_the_line_is_flat() -> None:
    runs = simulate(Start(100, 30, 20), STILL, (5,) * 24, 36, runs=FEW)
    assert set(fan_of_people(runs)) == {(30,) * 5}
    assert set(fan_of_headcount(runs)) == {(100,) * 5}
    assert when_reached(runs, Goal(31, per_cent=False)) == Reached(None, None, None, 0.0)
    assert when_reached(runs, Goal(30, per_cent=True)) == Reached(0, 0, 0, 1.0)


def test_certain_rates_come_to_what_arithmetic_says() -> None:
    """Five places a month that all complete, and two that fall empty once everybody holds the level."""
    rates = Rates(leaving=certain(0), joining=Pace(0, 1, True), completing=ALWAYS, lapsing=NEVER)
    runs = simulate(Start(100, 30, 12), rates, (5,) * 24, None, runs=FEW)
    assert [spread.middle for spread in fan_of_people(runs)] == [min(30 + 5 * m, 100) for m in range(25)]
    assert when_reached(runs, Goal(60, per_cent=True)) == Reached(6, 6, 6, 1.0)
    assert when_served(runs) == Reached(3, 3, 3, 1.0), "twelve who wait come first: five, five and two"
    assert chance_by(runs, Goal(60, per_cent=True), 5) == 0
    assert chance_by(runs, Goal(60, per_cent=True), 99) == 1


def test_a_level_ends_after_its_months_and_can_be_taken_again() -> None:
    """Ten in the first month; their level ends twelve months later, when nobody refreshes it and no place is left."""
    rates = Rates(leaving=certain(0), joining=Pace(0, 1, True), completing=ALWAYS, lapsing=ALWAYS)
    runs = simulate(Start(50, 6, due=(0, 0, 0, 4)), rates, (10, *(0,) * 14), 12, runs=3)
    middle = [spread.middle for spread in fan_of_people(runs)]
    assert middle == [6, 16, 16, 16, *(12,) * 9, 2, 2, 2]
    kept = simulate(Start(50, 6, due=(0, 0, 0, 4)), rates_kept(rates), (10, *(0,) * 14), 12, runs=3)
    assert {spread.middle for spread in fan_of_people(kept)} == {6, 16}


def rates_kept(rates: Rates) -> Rates:
    return Rates(rates.leaving, rates.joining, rates.completing, lapsing=NEVER)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Start, Rates]:
    headcount = draw(st.integers(0, 120))
    holders = draw(st.integers(0, headcount))
    start = Start(headcount, holders, draw(st.integers(0, 150)), tuple(draw(st.lists(st.integers(0, 9), max_size=12))))
    rates = Rates(
        leaving=Pace(draw(st.integers(0, 60)), draw(st.integers(0, 3000))),
        joining=Pace(draw(st.integers(0, 60)), draw(st.integers(0, 36))),
        completing=Share(8, 10),
        lapsing=Share(3, draw(st.integers(3, 9))),
        unplanned=Pace(draw(st.integers(0, 9)), 900),
        bringing=Share(1, 9),
    )
    return start, rates


@given(situations(), st.integers(0, 30))
def test_nobody_holds_a_level_who_is_not_there(situation: tuple[Start, Rates], places: int) -> None:
    runs = simulate(*situation, (places,) * 30, 12, runs=8)
    for holders, headcount, waiting in zip(runs.holders, runs.headcount, runs.waiting, strict=True):
        for held, there, waits in zip(holders, headcount, waiting, strict=True):
            assert 0 <= held <= there
            assert 0 <= waits <= there - held
    for spread in fan_of_shares(runs):
        assert list(spread) == sorted(spread)
        assert spread.low >= 0
        assert spread.high <= 1


@given(situations(), st.integers(0, 20), st.integers(0, 20))
def test_more_places_never_make_any_run_worse_until_their_own_levels_end(
    situation: tuple[Start, Rates], places: int, more: int
) -> None:
    few = simulate(*situation, (places,) * 24, 36, runs=8)
    many = simulate(*situation, (places + more,) * 24, 36, runs=8)
    assert few.headcount == many.headcount, "who comes and goes does not hang on the plan"
    for before, after in zip(few.holders, many.holders, strict=True):
        assert all(a >= b for a, b in zip(after, before, strict=True))
    for less, better in zip(fan_of_people(few), fan_of_people(many), strict=True):
        assert better.middle >= less.middle


def test_the_same_data_and_seed_draw_the_same_picture() -> None:
    start, rates = Start(300, 40, 50, (3, 2)), Rates(Pace(30, 3000), Pace(33, 12), Share(40, 50), Share(3, 9))
    once, again = (simulate(start, rates, (6,) * 36, 36, runs=FEW) for _ in range(2))
    assert once == again
    assert once != simulate(start, rates, (6,) * 36, 36, seed=1, runs=FEW)


def test_more_history_makes_a_narrower_fan() -> None:
    def width(times: int) -> float:
        rates = Rates(Pace(3 * times, 300 * times), Pace(3 * times, times), Share(4 * times, 5 * times), NEVER)
        last = fan_of_people(simulate(Start(100, 10), rates, (4,) * 12, None, runs=300))[-1]
        return last.high - last.low

    assert width(1) > width(30)


@given(st.integers(1, 1000), st.integers(1, 5000))
def test_a_goal_is_met_by_as_many_as_the_plan_asks_for_and_by_no_fewer(tenths: int, headcount: int) -> None:
    goal = Goal(tenths / 10, per_cent=True)
    wanted = people_wanted(TargetKind.PER_CENT, goal.value, headcount)
    assert goal.wanted(headcount) == wanted
    assert goal.met(wanted, headcount)
    assert not goal.met(wanted - 1, headcount)
