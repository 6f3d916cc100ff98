"""Years, targets, months and what becomes of an answer when needs change."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.capability.release import MOST_A_MONTH, months_words, shares
from app.planning.rules import (
    ReleaseState,
    TargetKind,
    financial_year,
    gap,
    people_wanted,
    problems_with_target,
    year_end,
)
from app.planning.settling import Asked, Becomes, Key, Open, settled

MARCH = date(2027, 3, 1)
KEY = Key(7, "pocket-qi", MARCH)


def test_a_financial_year_begins_on_the_first_of_april() -> None:
    days = (date(2027, 3, 31), date(2027, 4, 1), date(2027, 12, 31), date(2028, 1, 1))
    assert [financial_year(d) for d in days] == [2026, 2027, 2027, 2027]
    assert year_end(2026) == date(2027, 3, 31)


def test_part_of_a_person_counts_as_one_and_a_whole_number_stays_whole() -> None:
    assert people_wanted(TargetKind.PER_CENT, 20, 31) == 7
    assert people_wanted(TargetKind.PER_CENT, 10, 30) == 3
    assert people_wanted(TargetKind.PER_CENT, 0.9, 1000) == 9
    assert people_wanted(TargetKind.PER_CENT, 20, 0) == 0
    assert people_wanted(TargetKind.ABSOLUTE, 12, 3) == 12


def test_nothing_is_missing_where_no_target_is_set_and_never_less_than_none() -> None:
    assert (gap(None, 4), gap(3, 4), gap(5, 4)) == (None, 0, 1)


@pytest.mark.parametrize(
    ("kind", "value", "right"),
    [("per_cent", 0.9, True), ("per_cent", 0, False), ("per_cent", 100.1, False), ("per_cent", 1.25, False),
     ("absolute", 3, True), ("absolute", 2.5, False), ("absolute", 0, False)],
)  # fmt: skip
def test_a_target_is_a_per_cent_or_a_whole_number_of_people(kind: str, value: float, right: bool) -> None:
    assert (problems_with_target(TargetKind(kind), value) == "") == right


def test_a_short_level_asks_for_its_time_in_the_month_of_the_date() -> None:
    assert list(shares(420, date(2027, 3, 31), date(2026, 11, 23))) == [(MARCH, 420)]
    assert months_words(420, date(2027, 3, 31), date(2026, 11, 23)) == "in Mar 2027"


def test_a_long_level_is_spread_over_the_months_before_its_date_but_none_before_it_was_decided() -> None:
    spread = list(shares(3600, date(2027, 9, 30), date(2026, 11, 23)))
    assert spread == [(date(2027, m, 1), 600) for m in range(4, 10)]
    assert months_words(3600, date(2027, 9, 30), date(2026, 11, 23)) == "from Apr 2027 to Sep 2027"
    assert list(shares(3600, date(2026, 12, 31), date(2026, 11, 23))) == [
        (date(2026, 11, 1), 1800),
        (date(2026, 12, 1), 1800),
    ]


@given(
    minutes=st.integers(0, 20_000),
    due=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    decided=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
)
def test_the_shares_of_a_level_add_up_to_it_and_end_in_the_month_of_its_date(
    minutes: int, due: date, decided: date
) -> None:
    spread = list(shares(minutes, due, decided))
    assert sum(share for _, share in spread) == minutes
    assert all(share > 0 for _, share in spread)
    if spread:
        assert spread[-1][0] == due.replace(day=1)
        assert spread[0][0] >= min(decided, due).replace(day=1)
        enough = (due.year - decided.year) * 12 + due.month - decided.month + 1 >= minutes / MOST_A_MONTH
        assert not enough or max(share for _, share in spread) <= MOST_A_MONTH + len(spread)


def _one(now: Asked | None, before: Open | None) -> Becomes | None:
    changes = list(settled({KEY: now} if now else {}, {KEY: before} if before else {}, MARCH))
    assert len(changes) <= 1
    return changes[0].becomes if changes else None


def test_an_answer_covers_less_and_more_is_asked_anew() -> None:
    confirmed = Open(1, Asked(840, 2), ReleaseState.CONFIRMED)
    assert _one(Asked(840, 2), None) is Becomes.ASKED
    assert _one(Asked(840, 2), confirmed) is None
    assert _one(Asked(420, 1), confirmed) is Becomes.KEPT
    assert _one(Asked(1260, 3), confirmed) is Becomes.ASKED
    assert _one(None, confirmed) is Becomes.ENDED
    assert _one(Asked(420, 1), Open(1, Asked(840, 2), ReleaseState.ASKED)) is Becomes.ASKED


def test_months_that_are_over_are_left_as_they_were() -> None:
    assert list(settled({}, {KEY: Open(1, Asked(1, 1), ReleaseState.CONFIRMED)}, date(2027, 4, 1))) == []
