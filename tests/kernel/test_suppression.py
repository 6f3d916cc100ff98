"""Nobody can be recognised in a small count, nor found by taking what is shown from the total."""

from hypothesis import given
from hypothesis import strategies as st

from app.kernel.suppression import FEWEST, may_be_shown


def test_small_parts_are_hidden_and_the_next_smallest_with_a_single_one() -> None:
    assert may_be_shown({"a": 30, "b": 12, "c": 9}) == {"a"}
    assert may_be_shown({"a": 30, "b": 12, "c": 9, "d": 1}) == {"a", "b"}
    assert may_be_shown({"a": 30, "b": 12}) == {"a", "b"}
    assert may_be_shown({"a": 10, "b": 0}) == {"a"}
    assert may_be_shown({"a": 3}) == frozenset()
    assert may_be_shown({}) == frozenset()


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 40)))
def test_what_is_hidden_cannot_be_had_by_subtraction(counts: dict[int, int]) -> None:
    shown = may_be_shown(counts)
    hidden = [count for key, count in counts.items() if key not in shown and count]
    assert all(counts[key] >= FEWEST for key in shown)
    assert not shown or not any(count < FEWEST for count in hidden) or len(hidden) > 1
