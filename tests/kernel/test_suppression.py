"""What can be worked out from counts that are shown, by anybody who knows the rule and the total."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.suppression import FEWEST, shown_counts

counts = st.lists(st.integers(0, 60), min_size=2, max_size=7).map(lambda found: dict(enumerate(found)))


@given(counts)
def test_no_shown_number_is_small_and_what_is_hidden_hides_many(found: dict[int, int]) -> None:
    shown = shown_counts(found)
    assert all(found[key] >= FEWEST for key in shown)
    hidden = [count for key, count in found.items() if key not in shown]
    assert not hidden or not shown or (len(set(hidden)) > 1 and sum(hidden) >= FEWEST)


@given(counts)
def test_nothing_is_hidden_without_need(found: dict[int, int]) -> None:
    if min(found.values()) >= FEWEST:
        assert shown_counts(found) == set(found)


@pytest.mark.parametrize(("parts", "most", "fewest"), [(2, 12, 3), (3, 9, 3), (4, 6, 3), (3, 11, 4)])
def test_whoever_knows_the_rule_and_all_that_is_shown_cannot_work_out_a_hidden_number(
    parts: int, most: int, fewest: int
) -> None:
    """Every table there can be, by what is published of it: for each hidden cell more than one number fits."""
    published: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for cells in product(range(most + 1), repeat=parts):
        shown = shown_counts(dict(enumerate(cells)), fewest)
        seen = tuple(cells[key] if key in shown else None for key in range(parts))
        published[sum(cells), *seen].append(cells)
    for (total, *shown_cells), fitting in published.items():
        if int(str(total)) < fewest:
            continue  # all are hidden, and where more than one is, each may be any of them
        for place, value in enumerate(shown_cells):
            if value is None and _within(fitting, most):
                assert len({cells[place] for cells in fitting}) > 1, (total, shown_cells, fitting)


def _within(fitting: list[tuple[int, ...]], most: int) -> bool:
    """Tables at the edge of those that were tried have neighbours that were not."""
    return all(max(cells) < most for cells in fitting)


def test_one_who_stands_alone_in_a_full_house_is_not_told_apart() -> None:
    assert shown_counts({"a": 30, "b": 0}) == set()
    assert shown_counts({"a": 30, "b": 9, "c": 12}) == {"a"}
    assert shown_counts({"a": 30, "b": 9, "c": 9, "d": 12}) == {"a"}, "two of nine would be known to be nine each"
    assert shown_counts({"a": 30, "b": 9, "c": 12, "d": 12}) == {"a"}, "which of two alike is hidden tells nothing"
    assert shown_counts({"a": 30, "b": 4, "c": 6}) == {"a"}
    assert shown_counts({"a": 30, "b": 1, "c": 2, "d": 20}) == {"a"}
