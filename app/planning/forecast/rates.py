"""Rates from what was counted in the trust's own past, and what to fall back on where there is too little of it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from app.planning.forecast.draws import Pace, Share
from app.planning.forecast.runs import Rates

FEWEST_MONTHS = 12
MONTHS_BACK = 36
ASSUMED = Share(4, 5)
"""Places that end in a completion, where none has been given yet: four of five, and in great doubt."""
ASSUMED_LAPSING = Share(1, 2)
"""Levels that lapse when they end, where hardly any has ended yet: one of two, and in great doubt."""
FEWEST_KNOWN = 10
"""Fewer who began, or whose level ended, say too little; they would also be few enough to be known."""


class Basis(StrEnum):
    """Whose past the rates of joining and leaving rest on. LITTLE: the trust's, and less than a year of it."""

    OWN = "own"
    TRUST = "trust"
    LITTLE = "little"
    NONE = "none"


class Past(NamedTuple):
    """What was counted in whole months: of a directorate, or of several together.

    `joined` and `left` are its own, movers between directorates included. `ended` of levels that would have ended,
    `lapsed` did. `unplanned` completions fell into so many person-months without the level. `brought`: joiners with it.
    """

    months: int = 0
    person_months: float = 0
    joined: int = 0
    left: int = 0
    brought: int = 0
    ended: int = 0
    lapsed: int = 0
    unplanned: int = 0
    without_months: float = 0


class Begun(NamedTuple):
    """Of so many who began long enough ago in the whole trust, so many completed."""

    began: int
    completed: int


class Estimate(NamedTuple):
    """The rates, and what they rest on."""

    rates: Rates
    basis: Basis
    past: Past
    completing_is_assumed: bool
    lapsing_is_assumed: bool


def together(pasts: Iterable[Past]) -> Past:
    """Several directorates as one. The months are those of the longest past."""
    every = list(pasts)
    if not every:
        return Past()
    return Past(max(one.months for one in every), *(sum(values) for values in list(zip(*every, strict=True))[1:]))


def estimate(own: Past, trust: Past, headcount: int, begun: Begun, *, always_open: bool) -> Estimate:
    """The rates of a directorate of so many people. `always_open`: a course that needs no place in a cohort.

    With fewer than FEWEST_MONTHS of its own past, those of the whole trust, at this directorate's size.
    """
    basis = _basis(own, trust)
    used = own if basis is Basis.OWN else trust
    assumed = begun.began < FEWEST_KNOWN
    hardly_any = trust.ended < FEWEST_KNOWN
    rates = Rates(
        leaving=Pace(used.left, used.person_months),
        joining=_joining(used, basis, headcount),
        completing=ASSUMED if assumed else Share(begun.completed, begun.began),
        lapsing=ASSUMED_LAPSING if hardly_any else Share(trust.lapsed, trust.ended),
        unplanned=Pace(used.unplanned, used.without_months) if always_open else Pace(0, 0),
        bringing=Share(used.brought, used.joined, certain=not used.joined),
    )
    return Estimate(rates, basis, used, assumed, hardly_any)


def _basis(own: Past, trust: Past) -> Basis:
    if own.months >= FEWEST_MONTHS:
        return Basis.OWN
    if trust.months >= FEWEST_MONTHS:
        return Basis.TRUST
    return Basis.LITTLE if trust.person_months else Basis.NONE


def _joining(used: Past, basis: Basis, headcount: int) -> Pace:
    """Joiners a month: counted, or those of the trust per person-month for a directorate of this size."""
    if basis is Basis.OWN:
        return Pace(used.joined, used.months)
    return Pace(used.joined, used.person_months / headcount) if headcount else Pace(0, 0)


def headcounts(today: int, joined: Iterable[int], left: Iterable[int]) -> list[int]:
    """How many were there at the beginning of each past month, from today's and what happened in each, oldest first."""
    found = [today]
    for came, went in reversed(list(zip(joined, left, strict=True))):
        found.append(max(found[-1] - came + went, 0))
    return found[:0:-1]
