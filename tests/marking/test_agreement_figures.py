"""Cohen's kappa against calculations by hand: 2 by 2 tables that textbooks work through, and the cases at its edges."""

import pytest

from app.marking.kappa import agreement, named


def test_a_worked_table_of_two_readers_and_fifty_applications() -> None:
    """Both yes 20, only the first yes 5, only the second yes 10, both no 15: observed 0.7, by chance 0.5, kappa 0.4."""
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    found = agreement(pairs)
    assert found is not None
    assert found.observed == pytest.approx(0.70)
    assert found.by_chance == pytest.approx(0.50)
    assert found.kappa == pytest.approx(0.40)


@pytest.mark.parametrize(
    ("counts", "kappa"),
    [((45, 15, 25, 15), 0.1304), ((25, 35, 5, 35), 0.2593)],
    ids=["mostly both yes", "the first says yes more often"],
)
def test_the_same_share_of_agreement_is_worth_more_where_chance_agrees_less(
    counts: tuple[int, int, int, int], kappa: float
) -> None:
    """60 of 100 agree in both tables: (0.60 - 0.54) / 0.46 and (0.60 - 0.46) / 0.54."""
    pairs = [(1, 1)] * counts[0] + [(1, 0)] * counts[1] + [(0, 1)] * counts[2] + [(0, 0)] * counts[3]
    found = agreement(pairs)
    assert found is not None
    assert found.observed == pytest.approx(0.60)
    assert found.kappa == pytest.approx(kappa, abs=0.0001)


def test_three_levels_count_as_three_categories() -> None:
    """Diagonal 4, 3, 2 of 12; rows and columns 5, 4, 3: by chance (25 + 16 + 9) / 144."""
    pairs = [(0, 0)] * 4 + [(1, 1)] * 3 + [(2, 2)] * 2 + [(0, 1), (1, 2), (2, 0)]
    found = agreement(pairs)
    assert found is not None
    assert found.kappa == pytest.approx((9 / 12 - 50 / 144) / (94 / 144))


def test_always_the_same_is_1_and_always_the_opposite_of_an_even_split_is_minus_1() -> None:
    same, opposite = agreement([(0, 0), (1, 1)]), agreement([(0, 1), (1, 0)])
    assert same is not None
    assert opposite is not None
    assert (same.kappa, opposite.kappa) == (1.0, -1.0)


def test_kappa_is_undefined_where_chance_alone_would_agree_every_time() -> None:
    found = agreement([(1, 1)] * 30)
    assert found is not None
    assert (found.observed, found.by_chance, found.kappa) == (1.0, 1.0, None)


def test_of_nothing_nothing_is_said() -> None:
    assert agreement([]) is None


@pytest.mark.parametrize(
    ("kappa", "name"),
    [
        (-0.01, "poor"),
        (0.0, "slight"),
        (0.20, "slight"),
        (0.21, "fair"),
        (0.40, "fair"),
        (0.41, "moderate"),
        (0.60, "moderate"),
        (0.61, "substantial"),
        (0.80, "substantial"),
        (0.81, "almost perfect"),
        (1.0, "almost perfect"),
    ],
)
def test_the_names_are_those_of_landis_and_koch(kappa: float, name: str) -> None:
    assert named(kappa) == name
