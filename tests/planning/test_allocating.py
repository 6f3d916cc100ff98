"""The next places go where they bring the worst gap down fastest: no other way of giving them does better."""

from collections.abc import Iterator
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.planning.allocating import Behind, suggest, worst


def every_way(places: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to give up to so many places to so many."""
    if parts == 0:
        yield ()
        return
    for first in range(places + 1):
        for rest in every_way(places - first, parts - 1):
            yield (first, *rest)


@st.composite
def situations(draw: st.DrawFn) -> list[Behind]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        headcount = draw(st.integers(1, 30))
        without = draw(st.integers(0, headcount))
        found.append(Behind(number + 1, headcount, draw(st.integers(0, without)), without))
    return found


@given(situations(), st.integers(0, 6), st.sampled_from([1.0, 0.8, 0.5]))
def test_no_allocation_leaves_a_smaller_worst_gap_after_any_number_of_places(
    behind: list[Behind], places: int, completing: float
) -> None:
    for so_far in range(places + 1):
        found = suggest(behind, so_far, completing)
        best = min(
            worst(behind, {one.directorate_id: n for one, n in zip(behind, way, strict=True)}, completing)
            for way in every_way(so_far, len(behind))
            if all(n <= one.without for one, n in zip(behind, way, strict=True))
        )
        assert found.worst_after == best
        assert sum(found.places.values()) + found.left == so_far


@given(situations(), st.integers(0, 40))
def test_one_more_place_takes_none_away_and_nobody_gets_more_than_they_can_use(
    behind: list[Behind], places: int
) -> None:
    fewer, more = suggest(behind, places, 0.8), suggest(behind, places + 1, 0.8)
    assert all(more.places[one] >= count for one, count in fewer.places.items())
    assert sum(more.places.values()) - sum(fewer.places.values()) in {0, 1}
    for one in behind:
        assert fewer.places[one.directorate_id] <= one.without


def test_the_furthest_behind_comes_first_and_who_is_there_gets_nothing() -> None:
    behind = [Behind(1, 100, 10, 60), Behind(2, 50, 20, 40), Behind(3, 80, 0, 30)]
    found = suggest(behind, 18, 1.0)
    assert found.order == [2, 1]
    assert found.places in ({1: 1, 2: 17, 3: 0}, {1: 2, 2: 16, 3: 0})
    assert found.worst_before == Fraction(2, 5)
    assert found.worst_after <= Fraction(9, 100)
    assert suggest(behind, 100, 1.0).left == 70, "nobody is behind any more"
