"""How far two markers agree beyond what chance alone would explain. Pure: pairs of values in, figures out.

Cohen J. A coefficient of agreement for nominal scales. Educational and Psychological Measurement 1960; 20: 37-46.
The names of the ranges: Landis JR, Koch GG. The measurement of observer agreement for categorical data.
Biometrics 1977; 33: 159-174.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

FEWEST = 10
"""Pieces of work marked by two: with fewer, no figure is shown."""

Pair = tuple[Hashable, Hashable]
RANGES = ((0.81, "almost perfect"), (0.61, "substantial"), (0.41, "moderate"), (0.21, "fair"), (0.0, "slight"))


@dataclass(frozen=True, slots=True)
class Agreement:
    """`observed` and `by_chance` are shares from 0 to 1. `kappa` is None where it is undefined: both markers always
    gave one and the same value, so that chance alone would agree every time.
    """

    pairs: int
    observed: float
    by_chance: float
    kappa: float | None


def agreement(pairs: Sequence[Pair]) -> Agreement | None:
    """Observed agreement, agreement by chance from each side's own shares, and kappa. None without a pair."""
    n = len(pairs)
    if not n:
        return None
    same = sum(a == b for a, b in pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    # Whole numbers until the end: 1 - 1/3 - 1/3 - 1/3 is not nothing, and nothing is what is asked about here.
    chance = sum(count * second[value] for value, count in first.items())
    certain = n * n - chance
    kappa = (same * n - chance) / certain if certain else None
    return Agreement(n, same / n, chance / (n * n), kappa)


def named(kappa: float) -> str:
    """Landis and Koch's name for a kappa, rounded to two places as their table has it."""
    return next((name for least, name in RANGES if round(kappa, 2) >= least), "poor")
