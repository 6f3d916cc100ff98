"""Which questions are drawn, what it takes to pass, how many tries are left."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.assessment.rules import drawn_questions, has_passed, tries_left

BANK = {f"q{n}": "even" if n % 2 == 0 else "odd" for n in range(10)}
seeds = st.integers(0, 2**31 - 1)


@given(seeds, st.integers(1, 10))
def test_a_draw_is_as_large_as_asked_without_repeats_and_repeatable(seed: int, how_many: int) -> None:
    drawn = drawn_questions(BANK, how_many, {}, {}, seed)
    assert len(drawn) == len(set(drawn)) == how_many
    assert drawn == drawn_questions(BANK, how_many, {}, {}, seed)


@given(seeds, st.sets(st.sampled_from(list(BANK))))
def test_questions_not_met_before_come_first(seed: int, met: set[str]) -> None:
    drawn = drawn_questions(BANK, 5, {}, Counter(met), seed)
    assert len(met & set(drawn)) == max(0, 5 - len(set(BANK) - met))


@given(seeds, seeds)
def test_two_attempts_with_half_the_bank_share_no_question(first: int, second: int) -> None:
    met = Counter(drawn_questions(BANK, 5, {}, {}, first))
    assert not met.keys() & set(drawn_questions(BANK, 5, {}, met, second))


@given(seeds, st.integers(1, 5), st.integers(1, 5), st.sets(st.sampled_from(list(BANK))))
def test_a_blueprint_draws_so_many_of_each_objective(seed: int, even: int, odd: int, met: set[str]) -> None:
    blueprint = {"even": even, "odd": odd}
    drawn = drawn_questions(BANK, even + odd, blueprint, Counter(met), seed)
    assert Counter(BANK[key] for key in drawn) == blueprint
    for objective, wanted in blueprint.items():
        unmet = sum(BANK[key] == objective and key not in met for key in BANK)
        assert sum(key in met for key in drawn if BANK[key] == objective) == max(0, wanted - unmet)


def test_every_question_is_drawn_about_as_often() -> None:
    counts = Counter(key for seed in range(2000) for key in drawn_questions(BANK, 5, {}, {}, seed))
    assert all(900 < counts[key] < 1100 for key in BANK)


def test_practice_asks_everything_in_the_order_of_the_file() -> None:
    assert drawn_questions(BANK, None, {}, {"q0": 3}, 1) == list(BANK)


def test_passing_needs_the_pass_mark_and_practice_has_none() -> None:
    assert [has_passed(right, 4) for right in (3, 4, 5)] == [False, True, True]
    assert has_passed(0, None) is None


def test_tries_run_out_only_where_they_are_counted() -> None:
    assert [tries_left(3, used) for used in (0, 2, 3, 4)] == [3, 1, 0, 0]
    assert tries_left(None, 99) is None
