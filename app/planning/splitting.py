"""A year's places split between directorates: as suggested, or as somebody tries it, and what each split comes to."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.planning.allocating import Behind, Suggestion, suggest, worst
from app.planning.forecast.outlook import Outlook, outlook, over_a_year
from app.planning.forecast_choosing import MOST_A_YEAR
from app.planning.queries.forecasts import Setting, Settings

RUNS_OF_EACH = 50
FIRST_TRIED = 20
"""Places a year, where none are planned and nobody came to hold the level."""


@dataclass(frozen=True, slots=True)
class Row:
    """A directorate with the places that are tried for it, those that are suggested, and what the tried ones bring."""

    setting: Setting
    missing: int | None
    tried: int
    suggested: int
    ahead: Outlook | None


@dataclass(frozen=True, slots=True)
class Split:
    """`worst_tried` is the gap that the tried split leaves, as a share of a directorate's people, and where."""

    found: Settings
    total: int
    suggestion: Suggestion
    rows: tuple[Row, ...]
    worst_tried: float
    worst_where: str


def first_total(found: Settings) -> int:
    """What to begin with: the places of the next twelve months, else what the last year's completions took.

    No more than can be typed.
    """
    planned = sum(sum(one.planned[:12]) for one in found.every)
    completing = found.every[0].estimate.rates.completing.mean or 1
    first = planned or round(sum(one.granted for one in found.every) / completing) or FIRST_TRIED
    return min(first, MOST_A_YEAR)


def split(found: Settings, total: int, tried: Mapping[int, int] | None) -> Split:
    """`tried` maps a directorate to its places a year; None tries what is suggested."""
    behind = [_behind(one) for one in found.every if one.aim]
    completing = found.every[0].estimate.rates.completing.mean
    suggestion = suggest(behind, total, completing)
    places = suggestion.places if tried is None else tried
    gaps = {one.directorate_id: worst([one], places, completing) for one in behind}
    where = max(gaps, key=lambda one: gaps[one], default=0)
    names = {one.directorate.id: one.directorate.name for one in found.every}
    rows = tuple(
        _row(found, one, places.get(one.directorate.id, 0), suggestion.places.get(one.directorate.id, 0))
        for one in found.every
    )
    return Split(found, total, suggestion, rows, float(gaps.get(where, 0)), names.get(where, ""))


def _behind(one: Setting) -> Behind:
    return Behind(one.directorate.id, one.here.headcount, _missing(one) or 0, one.here.without)


def _missing(one: Setting) -> int | None:
    return None if one.aim is None else max(0, one.aim.goal.wanted(one.here.headcount) - one.here.holders)


def _row(found: Settings, one: Setting, tried: int, suggested: int) -> Row:
    """Without a target there is nothing to reach, and nothing is reckoned."""
    ahead = None
    if one.aim:
        ahead = outlook(
            one.start,
            one.estimate,
            over_a_year(tried, found.tier.path.months),
            found.tier.validity_months,
            one.aim.goal,
            one.aim.month(found.today),
            RUNS_OF_EACH,
        )
    return Row(one, _missing(one), tried, suggested, ahead)
