"""Item analysis against formulas written a second time, from the textbook's definitions."""

from math import isclose
from statistics import fmean, pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.quality import Item, Sheet, correlation, doubts, quality, reliability
from app.kernel.suppression import FEWEST

MARKS = st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=FEWEST, max_size=30)
KEYS = ("a", "b", "c", "d")


def sheets_of(rows: list[list[bool]]) -> list[Sheet]:
    return [Sheet(dict(zip(KEYS, map(float, row), strict=True)), minutes=4.0 + place) for place, row in enumerate(rows)]


def kr20(rows: list[list[bool]]) -> float | None:
    """Kuder and Richardson's formula 20, from the totals: k / (k - 1) (1 - sum p q / variance of the totals)."""
    k = len(rows[0])
    spread = pvariance([sum(row) for row in rows])
    if spread == 0:
        return None
    shares = [fmean(row[i] for row in rows) for i in range(k)]
    return k / (k - 1) * (1 - sum(p * (1 - p) for p in shares) / spread)


@given(MARKS)
def test_where_all_meet_all_questions_it_is_kr20(rows: list[list[bool]]) -> None:
    known, found = kr20(rows), reliability(KEYS, sheets_of(rows))
    assert (found is None) == (known is None)
    if known is not None and found is not None:
        assert isclose(found, known, rel_tol=1e-9, abs_tol=1e-9)


def test_a_bank_by_hand() -> None:
    """Twelve people, four questions. a: 9 of 12; d: nobody."""
    rows = [[i < 9, i < 6, i % 2 == 0, False] for i in range(12)]
    found = quality(KEYS, sheets_of(rows))
    assert found.people == 12
    assert [item.difficulty for item in found.items] == [0.75, 0.5, 0.5, 0.0]
    assert found.items[3].discrimination is None
    assert found.minutes == 9.5


def test_a_question_that_separates_and_one_that_misleads() -> None:
    able = [[True, True, True, False]] * 6
    others = [[False, False, False, True]] * 6
    items = {item.key: item.discrimination for item in quality(KEYS, sheets_of(able + others)).items}
    assert items["a"] == pytest.approx(1)
    assert items["d"] == pytest.approx(-1)


def test_of_nine_people_nothing_is_said() -> None:
    found = quality(KEYS, sheets_of([[True, False, True, True]] * 9))
    assert (found.reliability, found.minutes) == (None, None)
    assert {(item.met, item.difficulty) for item in found.items} == {(9, None)}
    assert correlation([(0, 0), (1, 1)]) is None


def test_drawn_questions_are_compared_where_people_met_both() -> None:
    """Half meet a, b and c, half a, b and d: c and d were never met together."""
    half = [Sheet({"a": i % 2, "b": i % 2, "c": i % 2}, 5) for i in range(10)]
    other = [Sheet({"a": i % 2, "b": i % 2, "d": i % 2}, 5) for i in range(10)]
    assert reliability(KEYS, [*half, *other]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("item", "chosen", "begins"),
    [
        (Item("q", 40, 0.2, 0.4), {}, "Few get it right"),
        (Item("q", 40, 0.99, 0.4), {}, "Nearly everybody"),
        (Item("q", 40, 0.6, 0.0), {}, "Those who do well"),
        (Item("q", 40, 0.4, 0.5), {"right": 16, "x": 20, "y": 4}, "A wrong answer is chosen more often"),
        (Item("q", 40, 0.9, 0.5), {"right": 36, "x": 3, "y": 1}, "1 of its 2 wrong answers is hardly"),
    ],
)
def test_what_to_look_at_is_said_in_words(item: Item, chosen: dict[str, int], begins: str) -> None:
    [said] = doubts(item, chosen, frozenset({"right"}))
    assert said.startswith(begins)


def test_a_good_question_and_one_that_few_met_raise_no_doubt() -> None:
    fair = {"right": 26, "x": 8, "y": 6}
    assert doubts(Item("q", 40, 0.65, 0.4), fair, frozenset({"right"})) == ()
    assert doubts(Item("q", 4, None, None), {"x": 4}, frozenset({"right"})) == ()
