"""Centre and three-sigma limits of each chart: qi-domain §3.1 and §3.2, after NHSRplotthedots, qicharts2, Montgomery.

Values are as they were measured, before any multiplication. None is a missing value or a limit that cannot be known.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from app.charts.kinds import CENTRED_ON_MEDIAN, ChartKind
from app.charts.series import Values

D2 = 1.128
"""Mean range of two, in standard deviations (Montgomery, appendix VI)."""
RANGE_LIMIT = 3.267
"""Times the mean moving range: no moving range is larger by chance (Montgomery 6.4; Nelson 1982)."""
TIME_POWER = 3.6
"""Times between events become near normal when their 1/3.6 power is taken (Nelson 1994; Montgomery 7.3.5)."""
NEAR = 2 / 3
"""A near limit lies two thirds of the way from the centre to the limit."""


@dataclass(frozen=True, slots=True)
class Part:
    """The points of one phase. `values` are plotted; `base` says which of them make the centre and limits."""

    values: Values
    counts: Values
    sizes: Values
    base: tuple[bool, ...]

    def of_base(self, values: Sequence[float | None]) -> list[float | None]:
        """The baseline's values with their gaps; excluded points are cut out, so that their neighbours meet."""
        return [value for value, counts in zip(values, self.base, strict=True) if counts]


@dataclass(frozen=True, slots=True)
class Lines:
    """One centre for the phase, and for each point its limits and near limits."""

    centre: float | None
    lower: Values
    upper: Values
    near_lower: Values
    near_upper: Values


@dataclass(frozen=True, slots=True)
class Spread:
    """A middle, and for each point how far three sigma are from it; the limits keep to [floor, ceiling]."""

    middle: float | None
    reach: Values
    floor: float = -math.inf
    ceiling: float = math.inf


def known(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def moving_ranges(values: Sequence[float | None]) -> Iterator[float]:
    """|x_i - x_(i-1)|; none for the first point and none to or from a gap."""
    return (abs(later - former) for former, later in pairwise(values) if former is not None and later is not None)


def mean_range(values: Sequence[float | None], *, screened: bool) -> float | None:
    """Mean moving range; screened: once more without ranges of at least 3.267 times the first mean (Nelson 1982).

    One pass only. When all ranges are 0 there is nothing to screen, and the limits lie on the mean.
    """
    ranges = list(moving_ranges(values))
    if not ranges:
        return None
    mean = fmean(ranges)
    if screened and mean > 0:
        return fmean(r for r in ranges if r < RANGE_LIMIT * mean)
    return mean


def individuals(part: Part, factor: float, *, screened: bool) -> Spread:
    """X of XmR: mean and `factor` times the mean moving range, 2.66 or 3/1.128 (qi-domain §3.1; Montgomery 6.33)."""
    values = part.of_base(part.values)
    base = known(values)
    width = mean_range(values, screened=screened)
    reach = None if width is None else factor * width
    return Spread(fmean(base) if base else None, (reach,) * len(part.values))


def ranges_themselves(part: Part) -> Spread:
    """mR: mean and 3.267 times it, floor 0; never screened (qi-domain §3.2; Montgomery 6.4). Values are the ranges."""
    base = known(part.of_base(part.values))
    mean = fmean(base) if base else None
    return Spread(mean, (None if mean is None else (RANGE_LIMIT - 1) * mean,) * len(part.values), floor=0)


def _pooled(part: Part) -> float | None:
    """All events of the baseline over all that they are counted among."""
    sizes = known(part.of_base(part.sizes))
    return math.fsum(known(part.of_base(part.counts))) / math.fsum(sizes) if sizes else None


def proportions(part: Part) -> Spread:
    """P: sum r / sum n, and 3 sqrt(p (1 - p) / n_i), within 0 and 1 (qi-domain §3.2; Montgomery 7.8)."""
    p = _pooled(part)
    return Spread(p, _by_size(part, None if p is None else p * (1 - p)), 0, 1)


def rates(part: Part) -> Spread:
    """U: sum c / sum n, and 3 sqrt(u / n_i), floor 0 (qi-domain §3.2; Montgomery 7.19)."""
    u = _pooled(part)
    return Spread(u, _by_size(part, u), 0)


def _by_size(part: Part, variance: float | None) -> Values:
    return tuple(None if n is None or variance is None else 3 * math.sqrt(variance / n) for n in part.sizes)


def prime(part: Part, plain: Spread, *, screened: bool) -> Spread:
    """P′ and U′: the plain chart's reach times sigma_z, the mean moving range of z over 1.128 (Laney 2002; §3.2)."""
    middle = plain.middle
    if middle is None:
        return plain
    z = [
        3 * (value - middle) / reach if value is not None and reach else None
        for value, reach in zip(part.values, plain.reach, strict=True)
    ]
    width = mean_range(part.of_base(z), screened=screened)
    if width is None:
        # No variation within subgroups at all: a proportion of 0 or 1 has its limits on the centre.
        nothing = tuple(0.0 if reach == 0 else None for reach in plain.reach)
        return Spread(middle, nothing, plain.floor, plain.ceiling)
    inflated = tuple(None if reach is None else reach * width / D2 for reach in plain.reach)
    return Spread(middle, inflated, plain.floor, plain.ceiling)


def counts(part: Part) -> Spread:
    """C: mean, and 3 sqrt(c), floor 0 (qi-domain §3.2; Montgomery 7.17)."""
    base = known(part.of_base(part.values))
    c = fmean(base) if base else None
    return Spread(c, (None if c is None else 3 * math.sqrt(c),) * len(part.values), 0)


def cases_between(part: Part) -> Spread:
    """G: limits about the mean g, 3 sqrt(g (g + 1)), floor 0; the centre drawn is the median (qi-domain §3.2)."""
    base = known(part.of_base(part.values))
    g = fmean(base) if base else None
    return Spread(g, (None if g is None else 3 * math.sqrt(g * (g + 1)),) * len(part.values), 0)


def _spread(part: Part, kind: ChartKind, factor: float, *, screened: bool) -> Spread:
    plain: dict[ChartKind, Callable[[Part], Spread]] = {
        ChartKind.MR: ranges_themselves,
        ChartKind.P: proportions,
        ChartKind.U: rates,
        ChartKind.C: counts,
        ChartKind.G: cases_between,
    }
    match kind:
        case ChartKind.RUN:
            return Spread(None, (None,) * len(part.values))
        case ChartKind.P_PRIME:
            return prime(part, proportions(part), screened=screened)
        case ChartKind.U_PRIME:
            return prime(part, rates(part), screened=screened)
        case ChartKind.XMR | ChartKind.I | ChartKind.T:
            return individuals(part, factor, screened=screened)
    return plain[kind](part)


def lines_of(part: Part, kind: ChartKind, factor: float, *, screened: bool) -> Lines:
    """The lines of one phase. For T, `part.values` are already the 1/3.6 powers, and so are the lines."""
    spread = _spread(part, kind, factor, screened=screened)
    centre = spread.middle
    if kind in CENTRED_ON_MEDIAN:
        base = known(part.of_base(part.values))
        centre = median(base) if base else None
    if spread.middle is None:
        nothing: Values = (None,) * len(part.values)
        return Lines(centre, nothing, nothing, nothing, nothing)
    return Lines(centre, *(_line(spread, sigmas) for sigmas in (-1.0, 1.0, -NEAR, NEAR)))


def _line(spread: Spread, share: float) -> Values:
    """The middle plus a share of each point's reach, kept to floor and ceiling."""
    if spread.middle is None:
        return spread.reach
    middle, floor, ceiling = spread.middle, spread.floor, spread.ceiling
    # Points share few reaches, and often one: each is worked out once.
    once: dict[float | None, float | None] = {
        reach: None if reach is None else min(max(middle + share * reach, floor), ceiling)
        for reach in set(spread.reach)
    }
    return tuple(once[reach] for reach in spread.reach)
