"""Which questions are drawn, what it takes to pass, how many tries are left."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.assessment.rules import drawn_questions, has_passed, tries_left

BANK = [f"q{n}" for n in range(10)]
seeds = st.integers(0, 2**31 - 1)


@given(seeds, st.integers(1, 10))
def test_a_draw_is_as_large_as_asked_without_repeats_and_repeatable(seed: int, how_many: int) -> None:
    drawn = drawn_questions(BANK, how_many, {}, seed)
    assert len(drawn) == len(set(drawn)) == how_many
    assert drawn == drawn_questions(BANK, how_many, {}, seed)


@given(seeds, st.sets(st.sampled_from(BANK)))
def test_questions_not_met_before_come_first(seed: int, met: set[str]) -> None:
    drawn = drawn_questions(BANK, 5, Counter(met), seed)
    assert len(met & set(drawn)) == max(0, 5 - len(set(BANK) - met))


@given(seeds, seeds)
def test_two_attempts_with_half_the_bank_share_no_question(first: int, second: int) -> None:
    met = Counter(drawn_questions(BANK, 5, {}, first))
    assert not met.keys() & set(drawn_questions(BANK, 5, met, second))


def test_every_question_is_drawn_about_as_often() -> None:
    counts = Counter(key for seed in range(2000) for key in drawn_questions(BANK, 5, {}, seed))
    assert all(900 < counts[key] < 1100 for key in BANK)


def test_practice_asks_everything_in_the_order_of_the_file() -> None:
    assert drawn_questions(BANK, None, {"q0": 3}, 1) == BANK


def test_passing_needs_the_pass_mark_and_practice_has_none() -> None:
    assert [has_passed(right, 4) for right in (3, 4, 5)] == [False, True, True]
    assert has_passed(0, None) is None


def test_tries_run_out_only_where_they_are_counted() -> None:
    assert [tries_left(3, used) for used in (0, 2, 3, 4)] == [3, 1, 0, 0]
    assert tries_left(None, 99) is None
