"""How long somebody has: to the second, with extra time, over the nights on which the clocks change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.pages.words import at_words, left_words
from app.assessment.rules import (
    GRACE,
    Leeway,
    due_at,
    ended_at,
    in_force,
    later,
    own_minutes,
    own_tries,
    time_is_up,
    time_left,
    together,
    too_late,
    tries_left,
)
from app.kernel.clock import london_time

BEGAN = datetime(2026, 11, 23, 9, 0, 7, tzinfo=UTC)
SECOND, TICK = timedelta(seconds=1), timedelta(microseconds=1)
leeways = st.builds(
    Leeway, percent=st.sampled_from([0, 10, 25, 50, 100]), no_limit=st.booleans(), tries=st.integers(0, 20)
)


@pytest.mark.parametrize(
    ("limit", "percent", "minutes"),
    [(20, 0, 20), (20, 25, 25), (20, 10, 22), (20, 50, 30), (20, 100, 40), (5, 10, 6), (7, 25, 9), (480, 100, 960)],
)
def test_extra_time_is_a_share_of_the_limit_and_a_begun_minute_is_given(limit: int, percent: int, minutes: int) -> None:
    assert own_minutes(limit, Leeway(percent=percent)) == minutes


def test_without_a_limit_there_is_no_end() -> None:
    assert own_minutes(None, Leeway(percent=25)) is None
    assert own_minutes(20, Leeway(percent=25, no_limit=True)) is None
    assert due_at(BEGAN, None) is None
    assert not time_is_up(None, BEGAN)
    assert not too_late(None, BEGAN)


def test_the_end_is_met_to_the_second_and_ten_more_are_given_to_an_answer_on_its_way() -> None:
    due = due_at(BEGAN, 20)
    assert due == datetime(2026, 11, 23, 9, 20, 7, tzinfo=UTC)
    assert [time_is_up(due, due + by) for by in (-TICK, 0 * TICK, TICK)] == [False, True, True]
    assert [too_late(due, due + by) for by in (0 * TICK, 10 * SECOND, 10 * SECOND + TICK)] == [False, False, True]
    assert timedelta(seconds=10) == GRACE


@pytest.mark.parametrize(
    ("began", "ends"),
    [
        (datetime(2026, 3, 29, 0, 50, tzinfo=UTC), "02:10"),
        (datetime(2026, 10, 25, 0, 50, tzinfo=UTC), "01:10"),
        (datetime(2026, 10, 24, 23, 50, tzinfo=UTC), "01:10"),
        (datetime(2028, 2, 29, 23, 50, tzinfo=UTC), "00:10"),
    ],
)
def test_a_night_on_which_the_clocks_change_neither_gives_nor_takes_a_minute(began: datetime, ends: str) -> None:
    due = due_at(began, 20)
    assert due is not None
    assert due - began == timedelta(minutes=20)
    assert f"{london_time(due):%H:%M}" == ends


@given(st.integers(5, 480), leeways, leeways)
def test_more_leeway_is_never_less_time_and_never_fewer_tries(limit: int, one: Leeway, other: Leeway) -> None:
    both = together([one, other])
    for alone in (Leeway(), one, other):
        ends = [due_at(BEGAN, own_minutes(limit, leeway)) for leeway in (alone, both)]
        assert later(*ends) == ends[1]
        assert (own_tries(3, both) or 0) >= (own_tries(3, alone) or 0)
    assert both.tries == one.tries + other.tries
    assert own_tries(None, both) is None


def test_of_times_that_overlap_the_longest_counts() -> None:
    assert together([Leeway(percent=25), Leeway(percent=50)]) == Leeway(percent=50)
    assert together([]) == Leeway()


@given(st.lists(st.integers(-7200, 7200), min_size=1, max_size=6))
def test_whatever_the_servers_clock_does_time_left_is_never_less_than_none_nor_more_than_there_was(
    moves: list[int],
) -> None:
    due = BEGAN + timedelta(minutes=20)
    known: list[datetime] = [BEGAN]
    shown = []
    for move in moves:
        known.append(BEGAN + timedelta(seconds=move))
        shown.append(time_left(due, *known))
    assert all(timedelta(0) <= left <= timedelta(minutes=20) for left in shown)
    assert all(after <= before for before, after in pairwise(shown))


def test_an_attempt_ends_when_it_is_handed_in_or_by_the_clock_and_never_before_it_began() -> None:
    due = BEGAN + timedelta(minutes=20)
    assert ended_at(due, BEGAN, due - SECOND) == due - SECOND
    assert ended_at(due, BEGAN, due + GRACE) == due + GRACE
    assert ended_at(due, BEGAN, due + GRACE + TICK) == due
    assert ended_at(due, BEGAN, BEGAN - timedelta(hours=1)) == BEGAN
    assert ended_at(None, BEGAN, BEGAN + timedelta(days=9)) == BEGAN + timedelta(days=9)


def test_an_adjustment_counts_from_its_first_day_to_its_last_and_not_after_somebody_ended_it() -> None:
    first, end = date(2026, 11, 23), date(2026, 11, 25)
    days = [date(2026, 11, day) for day in (22, 23, 24, 25)]
    assert [in_force(first, end, None, BEGAN, day) for day in days] == [False, True, True, False]
    assert in_force(first, None, None, BEGAN, date(2036, 1, 1))
    assert in_force(first, end, BEGAN + TICK, BEGAN, first)
    assert not in_force(first, end, BEGAN, BEGAN, first)


def test_more_tries_are_counted_before_those_that_were_used() -> None:
    assert tries_left(own_tries(3, Leeway(tries=2)), 4) == 1
    assert tries_left(own_tries(3, Leeway()), 4) == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1200, "20 minutes left"),
        (1199, "20 minutes left"),
        (1141, "20 minutes left"),
        (1140, "19 minutes left"),
        (61, "2 minutes left"),
        (60, "1 minute left"),
        (59, "less than a minute left"),
        (0, "less than a minute left"),
        (5400, "1 hour 30 minutes left"),
    ],
)
def test_time_left_in_words(seconds: int, words: str) -> None:
    assert left_words(seconds) == words


def test_the_end_says_its_day_when_it_is_not_today() -> None:
    due = datetime(2026, 11, 24, 0, 10, tzinfo=UTC)
    assert at_words(due, date(2026, 11, 24)) == "00:10"
    assert at_words(due, date(2026, 11, 23)) == "24 November 2026, 00:10"
