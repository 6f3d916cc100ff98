"""Who gets the training is said with its doubt, and never so closely that one person could be known."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.suppression import FEWEST
from app.planning.fairness import NOBODY, Part, Shown, may_be_seen, shown, wilson


@pytest.mark.parametrize(
    ("holders", "people", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_limits_are_those_that_newcombe_published_for_wilsons_method(
    holders: int, people: int, low: float, high: float
) -> None:
    """Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 1998, table I."""
    found = wilson(holders, people)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(1, 500), st.data())
def test_limits_hold_the_share_and_stay_between_none_and_all(people: int, data: st.DataObject) -> None:
    found = wilson(data.draw(st.integers(0, people)), people)
    assert 0 <= found.low <= found.share <= found.high <= 1


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Part]:
    found = {}
    for number in range(draw(st.integers(0, 6))):
        people = draw(st.one_of(st.integers(0, 12), st.integers(0, 60)))
        found[f"Group {number}"] = Part(people, draw(st.integers(0, people)))
    return found


def total(parts: list[Part]) -> Part:
    whole = NOBODY
    for part in parts:
        whole = whole.plus(part)
    return whole


@given(tables())
def test_whatever_is_shown_is_fit_to_be_seen_and_adds_up(parts: dict[str, Part]) -> None:
    found = shown(parts)
    for part in (*found.parts.values(), *filter(None, (found.rest, found.whole))):
        assert may_be_seen(part)
    if found.whole is not None:
        assert total([*found.parts.values(), found.rest or NOBODY]) == found.whole == total(list(parts.values()))
    assert set(found.parts) | set(found.hidden) == {name for name, part in parts.items() if part.people}


def consistent(found: Shown, parts: dict[str, Part]) -> list[dict[str, Part]]:
    """Other tables that somebody who sees this could as well be looking at: one person moved between hidden parts."""
    others = []
    for one, other in itertools.permutations(found.hidden, 2):
        for step in (Part(1, 0), Part(1, 1), Part(0, 1)):
            moved = dict(parts)
            a, b = parts[one], parts[other]
            moved[one], moved[other] = Part(a.people - step.people, a.holders - step.holders), b.plus(step)
            if all(0 <= m.holders <= m.people for m in moved.values()):
                others.append(moved)
    return others


@given(tables())
def test_no_small_count_that_is_hidden_can_be_derived_from_what_is_shown(parts: dict[str, Part]) -> None:
    """For each there is another table that looks the same and has another count there."""
    found = shown(parts)
    if found.whole is None:
        assert not found.parts
        assert found.rest is None
        return
    others = consistent(found, parts)
    for other in others:
        assert total([other[name] for name in found.hidden]) == found.rest
    for name in found.hidden:
        for count in ("people", "holders", "without"):
            value = getattr(parts[name], count)
            if 0 < value < FEWEST:
                assert any(getattr(other[name], count) != value for other in others), (name, count)


@given(tables())
def test_every_part_with_a_small_count_is_hidden(parts: dict[str, Part]) -> None:
    assert all(may_be_seen(part) for part in shown(parts).parts.values())


def test_one_small_part_takes_the_smallest_other_with_it() -> None:
    found = shown({"Nurses": Part(200, 60), "Doctors": Part(40, 20), "Scientists": Part(12, 4)})
    assert found.parts == {"Nurses": Part(200, 60)}
    assert found.hidden == ("Doctors", "Scientists")
    assert found.rest == Part(52, 24)
    assert found.whole == Part(252, 84)


def test_a_group_in_which_nobody_or_everybody_holds_the_level_hides_nobody() -> None:
    found = shown({"Nurses": Part(200, 60), "Estates": Part(40, 0), "Doctors": Part(20, 20)})
    assert found.hidden == ()


def test_where_the_rest_would_give_it_away_nothing_is_shown() -> None:
    assert shown({"Nurses": Part(200, 60), "Estates": Part(5, 5)}).parts == {}
    assert shown({"Nurses": Part(9, 3)}) == Shown({}, ("Nurses",), None, None)
    assert shown({}) == Shown({}, (), None, None)
