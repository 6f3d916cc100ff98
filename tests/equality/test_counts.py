"""What is kept of a year gives nobody away: nothing small, nothing that can be had by subtraction, nothing exact."""

import itertools
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from app.equality.rules.characteristics import Characteristic
from app.equality.rules.counts import Count, Counted, Label, Part, PartKind, counted, fit_together, rounded, seen
from app.kernel.suppression import FEWEST

AGE = Characteristic.AGE
TIERS = ("one", "two")
SIZES = st.one_of(st.integers(0, 12), st.integers(0, 60))


@st.composite
def parts(draw: st.DrawFn) -> dict[Label, Part]:
    found = {}
    for number in range(draw(st.integers(1, 6))):
        people = draw(SIZES.filter(bool))
        trained = {tier: draw(st.integers(0, people)) for tier in TIERS}
        found[Label(PartKind.GROUP, f"Group {number}")] = Part(people, trained)
    return found


def count(found: Mapping[Label, Part]) -> Counted:
    """The same counted from people, as a file has them."""
    said: dict[int, dict[Characteristic, str]] = {}
    trained, person = {tier: set[int]() for tier in TIERS}, itertools.count(1)
    for label, part in found.items():
        people = [next(person) for _ in range(part.people)]
        said |= {one: {AGE: label.name} for one in people}
        for tier in TIERS:
            trained[tier].update(people[: part.trained[tier]])
    return counted(AGE, said, list(said), trained)


@given(parts())
def test_no_number_is_below_ten_or_exact(found: dict[Label, Part]) -> None:
    for one in count(found).counts:
        numbers = [one.people] + ([one.trained, one.people - one.trained] if one.trained is not None else [])
        assert all(number >= FEWEST and number % 5 == 0 for number in numbers), one


@given(parts())
def test_a_small_group_is_not_even_named(found: dict[Label, Part]) -> None:
    named = {one.label.name for one in count(found).counts}
    assert not named & {label.name for label, part in found.items() if part.people < FEWEST}


def moved(found: Mapping[Label, Part], a: Label, b: Label, step: Part) -> dict[Label, Part] | None:
    """The same people, with one of `a` in `b`; None where nobody of that kind is in `a`."""
    one, other = found[a], found[b]
    taken = Part(one.people - step.people, {t: one.trained[t] - step.trained[t] for t in TIERS})
    given_ = Part(other.people + step.people, {t: other.trained[t] + step.trained[t] for t in TIERS})
    right = all(0 <= part.trained[t] <= part.people for part in (taken, given_) for t in TIERS)
    return {**found, a: taken, b: given_} if right else None


STEPS = [
    Part(people, {"one": one, "two": two})
    for people, one, two in itertools.product((0, 1), (0, 1), (0, 1))
    if one | two | people
]


def exact(
    found: Mapping[Label, Part], fit: Mapping[Label, Part], shown: Mapping[str, frozenset[Label]]
) -> tuple[list[int], object]:
    """What a reader would see if nothing were rounded: every group that stands alone, and every sum."""
    alone = [label for label in fit if label in found]
    together = [part for label, part in found.items() if label not in fit]
    whole = [sum(part.people for part in found.values()), *(sum(p.trained[t] for p in found.values()) for t in TIERS)]
    small = Part(sum(p.people for p in together), {t: sum(p.trained[t] for p in together) for t in TIERS})
    now = {label: found[label] for label in alone} | ({Label(PartKind.TOGETHER): small} if together else {})
    return whole, [
        (label, part.people, [part.trained[t] if label in shown[t] else None for t in TIERS])
        for label, part in now.items()
    ]


@given(parts())
def test_no_hidden_number_can_be_worked_out_from_all_that_is_shown_for_both_levels(found: dict[Label, Part]) -> None:
    """For each there are other people who would look the same, before any rounding, with another number there."""
    fit = fit_together(found)
    if not fit:
        assert count(found).counts == ()
        return
    shown = {tier: seen(fit, tier) for tier in TIERS}
    now = exact(found, fit, shown)
    others = [
        other
        for a, b in itertools.permutations(found, 2)
        for step in STEPS
        if (other := moved(found, a, b, step)) and exact(other, fit, shown) == now
    ]
    for label, part in found.items():
        if label not in fit and part.people < FEWEST:
            assert any(other[label].people != part.people for other in others), (label, "people")
        for tier in TIERS:
            if len(found) == 1 or sum(p.trained[tier] for p in found.values()) in {0, now[0][0]}:
                continue  # the total, which is shown elsewhere, tells of everybody without any group
            small = min(part.trained[tier], part.people - part.trained[tier]) < FEWEST
            if small:
                assert any(other[label].trained[tier] != part.trained[tier] for other in others), (label, tier)


def test_small_groups_are_one_for_every_level_alike() -> None:
    """Else one level would tell of the sum of two of them, and the other of one."""
    found = count(
        {
            Label(PartKind.GROUP, "A"): Part(300, {"one": 100, "two": 150}),
            Label(PartKind.GROUP, "B"): Part(60, {"one": 20, "two": 30}),
            Label(PartKind.GROUP, "C"): Part(4, {"one": 1, "two": 4}),
        }
    )
    together = Label(PartKind.TOGETHER)
    assert (found.groups, found.together) == (3, 2)
    assert [(c.tier, c.label.name, c.people, c.trained) for c in found.counts if c.label.kind is PartKind.GROUP] == [
        ("one", "A", 300, 100), ("two", "A", 300, 150),
    ]  # fmt: skip
    assert [c for c in found.counts if c.label == together] == [
        Count(AGE, "one", together, 65, 20), Count(AGE, "two", together, 65, 35),
    ]  # fmt: skip


def test_of_a_group_in_which_few_were_trained_only_its_size_is_kept() -> None:
    groups = {"A": (300, 100), "B": (80, 3), "C": (60, 20)}
    found = count({Label(PartKind.GROUP, name): Part(p, {"one": t, "two": 0}) for name, (p, t) in groups.items()})
    kept = {(c.label.kind, c.label.name): (c.people, c.trained) for c in found.counts if c.tier == "one"}
    assert kept == {
        (PartKind.GROUP, "A"): (300, 100),
        (PartKind.GROUP, "B"): (80, None),
        (PartKind.GROUP, "C"): (60, None),
        (PartKind.REST, ""): (140, 25),
        (PartKind.ALL, ""): (440, 125),
    }
    assert {c.trained for c in found.counts if c.tier == "two"} == {None}, "nobody: nothing is told of anybody"


def test_who_gave_no_answer_is_a_group_like_any_other() -> None:
    said = {one: {AGE: "30 to 39"} for one in range(1, 41)}
    found = counted(AGE, said, range(1, 61), {"one": range(1, 25), "two": ()})
    labels = {c.label: (c.people, c.trained) for c in found.counts if c.tier == "one"}
    assert labels[Label(PartKind.NO_ANSWER)] == (20, None)


def test_numbers_are_rounded_to_the_nearest_five() -> None:
    assert [rounded(n) for n in (0, 2, 3, 7, 8, 10, 12, 13, 17, 18)] == [0, 0, 5, 5, 10, 10, 10, 15, 15, 20]


def test_age_bands_stand_in_their_order() -> None:
    bands = ("60 and over", "30 to 39", "Under 30", "Prefer not to say", "40 to 49")
    said = {at: {AGE: bands[at % 5]} for at in range(200)}
    names = [c.label.name for c in counted(AGE, said, range(200), {"one": ()}).counts]
    assert names == ["Under 30", "30 to 39", "40 to 49", "60 and over", "Prefer not to say"]
