"""Which points stand out, and why. Labels in the order of NHSRplotthedots: outside, trend, near, shift (§3.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from app.charts.limits import Lines
from app.charts.rulesets import Interruption, RuleSet, TwoOfThree
from app.charts.series import Values

ROUNDING = 1e-12
"""Relative: what differs by less is equal, so that a constant series lies on its own mean."""


class Label(StrEnum):
    COMMON = "common"
    ABOVE = "above"
    BELOW = "below"
    TREND_UP = "trend_up"
    TREND_DOWN = "trend_down"
    NEAR_UPPER = "near_upper"
    NEAR_LOWER = "near_lower"
    SHIFT_HIGH = "shift_high"
    SHIFT_LOW = "shift_low"


HIGH = {Label.ABOVE, Label.TREND_UP, Label.NEAR_UPPER, Label.SHIFT_HIGH}


@dataclass(frozen=True, slots=True)
class Seen:
    """The points of one phase as the rules see them: side of the centre, near limits passed and limits passed.

    Each is 1 (high), -1 (low) or 0; a missing value is 0 throughout. `counted` are the places not excluded.
    """

    values: Values
    sides: Sequence[int]
    near: Sequence[int]
    outside: Sequence[int]
    counted: Sequence[int]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A signal and every place that is part of it, in order, whichever label each place bears in the end."""

    label: Label
    places: tuple[int, ...]


def see(values: Values, lines: Lines, counted: Sequence[int]) -> Seen:
    """Compare each point with its lines. Values and lines are on one scale, of one length."""
    slack = ROUNDING * max((abs(value) for value in values if value is not None), default=0)
    centre = (lines.centre,) * len(values)
    return Seen(
        values,
        _beyond(values, centre, centre, slack),
        _beyond(values, lines.near_lower, lines.near_upper, slack),
        _beyond(values, lines.lower, lines.upper, slack),
        counted,
    )


def _beyond(values: Values, lower: Values, upper: Values, slack: float) -> list[int]:
    """Strictly beyond: a point on a line is not beyond it."""
    return [
        0 if value is None or low is None or high is None else (value > high + slack) - (value < low - slack)
        for value, low, high in zip(values, lower, upper, strict=True)
    ]


def patterns_of(seen: Seen, rules: RuleSet) -> list[Pattern]:
    """Every signal in a phase, from the least to the most pressing kind: shift, two of three, trend, outside limits."""
    found: list[Pattern] = []
    if rules.shift:
        found += shifts(seen, rules.shift, rules.on_line)
    if rules.two_of_three:
        found += two_of_three(seen, rules.two_of_three, third_anywhere=rules.third_anywhere)
    if rules.trend:
        found += trends(seen, rules.trend, rules.ties)
    if rules.outside_limits and any(seen.outside):
        stretches = groupby(range(len(seen.outside)), key=seen.outside.__getitem__)
        found += [_pattern(Label.ABOVE, Label.BELOW, side, tuple(places)) for side, places in stretches if side]
    return found


def labels_of(count: int, patterns: Sequence[Pattern]) -> list[Label]:
    """One label for each of `count` points: a later pattern overwrites an earlier one."""
    labels = [Label.COMMON] * count
    for pattern in patterns:
        for place in pattern.places:
            labels[place] = pattern.label
    return labels


def _pattern(high: Label, low: Label, side: int, places: Sequence[int]) -> Pattern:
    return Pattern(high if side > 0 else low, tuple(places))


def shifts(seen: Seen, length: int, on_line: Interruption) -> list[Pattern]:
    """Every point of a run of at least `length` strictly on one side of the centre (qi-domain §3.1, §3.3).

    A point on the centre, or a missing one, breaks the run, or is skipped and stays unlit.
    """
    places = seen.counted
    if on_line is Interruption.SKIPPED:
        places = [place for place in places if seen.sides[place]]
    found: list[Pattern] = []
    for side, group in groupby(places, key=seen.sides.__getitem__):
        run = list(group)
        if side and len(run) >= length:
            found.append(_pattern(Label.SHIFT_HIGH, Label.SHIFT_LOW, side, run))
    return found


def trends(seen: Seen, length: int, ties: Interruption) -> list[Pattern]:
    """Every point of at least `length` strictly rising (1) or falling (-1): NHS 7, so 6 steps; IHI 5 (§3.1, §3.3).

    Equal neighbours and missing values break a trend, or are skipped: of equal ones the first counts. A point that ends
    one trend and begins another takes the later one's direction.
    """
    places = list(seen.counted)
    if ties is Interruption.SKIPPED:
        places = _without_ties(seen.values, places)
    steps = [_step(seen.values[a], seen.values[b]) for a, b in pairwise(places)]
    found: list[Pattern] = []
    first = 0
    for direction, group in groupby(steps):
        count = len(list(group))
        if direction and count + 1 >= length:
            found.append(_pattern(Label.TREND_UP, Label.TREND_DOWN, direction, places[first : first + count + 1]))
        first += count
    return found


def _step(former: float | None, later: float | None) -> int:
    return 0 if former is None or later is None else (later > former) - (later < former)


def _without_ties(values: Values, places: Sequence[int]) -> list[int]:
    kept: list[int] = []
    for place in places:
        if values[place] is not None and (not kept or values[place] != values[kept[-1]]):
            kept.append(place)
    return kept


def two_of_three(seen: Seen, which: TwoOfThree, *, third_anywhere: bool) -> list[Pattern]:
    """The near points of any three in a row of which two are beyond the same near limit.

    NHS (qi-domain §3.1): all three on that side of the mean, and points outside the limits are not near. Western
    Electric handbook (1956): the third may lie anywhere, and points outside the limits count.
    """
    near = seen.near
    if which is TwoOfThree.WITHIN:
        near = [0 if outside else side for side, outside in zip(seen.near, seen.outside, strict=True)]
    if not any(near):
        return []
    found: list[tuple[int, list[int]]] = []
    for window in zip(seen.counted, seen.counted[1:], seen.counted[2:], strict=False):
        if [near[place] for place in window].count(0) > 1:
            continue
        for side in (1, -1):
            lit = [place for place in window if near[place] == side]
            together = third_anywhere or all(seen.sides[place] == side for place in window)
            if len(lit) > 1 and together:
                _join(found, side, lit)
    return [_pattern(Label.NEAR_UPPER, Label.NEAR_LOWER, side, places) for side, places in found]


def _join(found: list[tuple[int, list[int]]], side: int, lit: Sequence[int]) -> None:
    """Windows that share a point are one pattern."""
    before = next((places for own, places in reversed(found) if own == side), [])
    if before and before[-1] >= lit[0]:
        before += [place for place in lit if place > before[-1]]
    else:
        found.append((side, list(lit)))
