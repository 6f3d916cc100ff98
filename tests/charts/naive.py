"""The rules again, written from their text in the plainest way, to compare the engine with. It shares no code with it.

Exact fractions wherever a value may lie on a line. None is a missing value.
"""

import itertools
from collections.abc import Sequence
from fractions import Fraction
from math import comb, sqrt

Number = float | None


def mean(values: Sequence[Number]) -> Fraction:
    known = [Fraction(v) for v in values if v is not None]
    return sum(known, Fraction(0)) / len(known)


def ranges(values: Sequence[Number]) -> list[Fraction]:
    found = []
    for i in range(1, len(values)):
        a, b = values[i - 1], values[i]
        if a is not None and b is not None:
            found.append(abs(Fraction(b) - Fraction(a)))
    return found


def mean_range(values: Sequence[Number], *, screened: bool) -> Fraction:
    found = ranges(values)
    first = sum(found, Fraction(0)) / len(found)
    if not screened or first == 0:
        return first
    kept = [r for r in found if not r >= Fraction("3.267") * first]
    return sum(kept, Fraction(0)) / len(kept)


def xmr(values: Sequence[Number], factor: Fraction, *, screened: bool) -> tuple[Fraction, Fraction, Fraction]:
    """Mean, lower and upper limit."""
    centre = mean(values)
    width = factor * mean_range(values, screened=screened)
    return centre, centre - width, centre + width


def nhs_labels(values: Sequence[float], *, screened: bool = True) -> list[str]:
    """Making Data Count: seven on one side, seven rising or falling, two of three near a limit, outside the limits."""
    centre, lower, upper = xmr(values, Fraction("2.66"), screened=screened)
    near_lower, near_upper = centre - (centre - lower) * 2 / 3, centre + (upper - centre) * 2 / 3
    y = [Fraction(v) for v in values]
    outside = [v > upper or v < lower for v in y]
    near = [not out and (v > near_upper or v < near_lower) for v, out in zip(y, outside, strict=True)]
    labels = []
    for i, v in enumerate(y):
        if outside[i]:
            labels.append("above" if v > upper else "below")
        elif trend := _trend(y, i):
            labels.append(trend)
        elif near[i] and _two_of_three(y, near, centre, i):
            labels.append("near_upper" if v > centre else "near_lower")
        elif _shift(y, centre, i):
            labels.append("shift_high" if v > centre else "shift_low")
        else:
            labels.append("common")
    return labels


def _trend(y: Sequence[Fraction], i: int) -> str | None:
    """The latest stretch of seven that holds i and only rises or only falls."""
    for first in range(min(i, len(y) - 7), max(i - 7, -1), -1):
        seven = y[first : first + 7]
        if all(a < b for a, b in itertools.pairwise(seven)):
            return "trend_up"
        if all(a > b for a, b in itertools.pairwise(seven)):
            return "trend_down"
    return None


def _two_of_three(y: Sequence[Fraction], near: Sequence[bool], centre: Fraction, i: int) -> bool:
    for first in range(max(i - 2, 0), min(i, len(y) - 3) + 1):
        three = y[first : first + 3]
        if sum(near[first : first + 3]) >= 2 and (all(v > centre for v in three) or all(v < centre for v in three)):
            return True
    return False


def _shift(y: Sequence[Fraction], centre: Fraction, i: int) -> bool:
    for first in range(max(i - 6, 0), min(i, len(y) - 7) + 1):
        seven = y[first : first + 7]
        if all(v > centre for v in seven) or all(v < centre for v in seven):
            return True
    return False


def median(values: Sequence[Number]) -> Fraction:
    known = sorted(Fraction(v) for v in values if v is not None)
    middle = len(known) // 2
    return known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2


def longest_and_crossings(values: Sequence[Number], centre: Fraction) -> tuple[int, int, int]:
    """Useful points, longest run, crossings: points on the line are as if they were not there."""
    above = [Fraction(v) > centre for v in values if v is not None and Fraction(v) != centre]
    longest = run = 1 if above else 0
    crossings = 0
    for before, after in itertools.pairwise(above):
        crossings += before != after
        run = run + 1 if before == after else 1
        longest = max(longest, run)
    return len(above), longest, crossings


def fewest_crossings(useful: int) -> int:
    """The first number whose chance of being reached from below is one in twenty or more."""
    chance = Fraction(0)
    for k in range(useful):
        chance += Fraction(comb(useful - 1, k), 2 ** (useful - 1))
        if chance >= Fraction(1, 20):
            return k
    raise AssertionError


def longest_allowed(useful: int) -> int:
    """log2(n) + 3, rounded: the whole number k with 2^(k - 3.5) <= n < 2^(k - 2.5), without a logarithm."""
    k = 3
    while not (useful**2 < 2 ** (2 * k - 5)):
        k += 1
    return k


def pooled(counts: Sequence[float], sizes: Sequence[float]) -> Fraction:
    return sum(map(Fraction, counts), Fraction(0)) / sum(map(Fraction, sizes), Fraction(0))


def p_limits(counts: Sequence[float], sizes: Sequence[float], inflation: float = 1) -> list[tuple[float, float]]:
    p = float(pooled(counts, sizes))
    widths = [3 * inflation * sqrt(p * (1 - p) / n) for n in sizes]
    return [(max(p - w, 0), min(p + w, 1)) for w in widths]


def u_limits(counts: Sequence[float], sizes: Sequence[float], inflation: float = 1) -> list[tuple[float, float]]:
    u = float(pooled(counts, sizes))
    widths = [3 * inflation * sqrt(u / n) for n in sizes]
    return [(max(u - w, 0), u + w) for w in widths]


def sigma_z(counts: Sequence[float], sizes: Sequence[float], *, proportion: bool) -> float:
    """Laney: the mean moving range of the z scores over 1.128."""
    m = float(pooled(counts, sizes))
    z = [(c / n - m) / sqrt((m * (1 - m) if proportion else m) / n) for c, n in zip(counts, sizes, strict=True)]
    return sum(abs(b - a) for a, b in itertools.pairwise(z)) / (len(z) - 1) / 1.128
