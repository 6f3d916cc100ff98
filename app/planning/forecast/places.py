"""Which places of planned cohorts a directorate can count on, month by month."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from app.cohorts.rules import sharing

K = TypeVar("K", bound=Hashable)


class Planned(NamedTuple):
    """A cohort that is planned: when it ends, how many places, and for whom (nobody in particular: everybody)."""

    ends_on: date
    places: int
    kept: Mapping[int, int | None]


def in_proportion(total: int, weights: Mapping[K, float], owed: dict[K, float] | None = None) -> dict[K, int]:
    """Whole numbers that add up to the total, as the weights are (largest remainders; in their order where equal).

    Without any weight above nothing, each gets the same. `owed` is what earlier rounding left each short of, and is
    brought up to date: so nobody whose part is always small goes without for ever.
    """
    if not weights:
        return {}
    whole = sum(weights.values())
    exact = {k: total * (w / whole if whole > 0 else 1 / len(weights)) for k, w in weights.items()}
    given = {k: int(value + 1e-9) for k, value in exact.items()}
    owed = {} if owed is None else owed
    short = {k: owed.get(k, 0.0) + exact[k] - given[k] for k in exact}
    by_rest = sorted(short, key=lambda k: -round(short[k], 9))
    for key in by_rest[: total - sum(given.values())]:
        given[key] += 1
        short[key] -= 1
    owed.update(short)
    return given


def shared_out(cohort: Planned, without: Mapping[int, int], owed: dict[int, float] | None = None) -> dict[int, int]:
    """Who gets how many places: those that are kept, and the rest in proportion to the people without the level.

    `owed` as for in_proportion.
    """
    kept = {one: number for one, number in cohort.kept.items() if number is not None}
    rest = max(cohort.places - sum(kept.values()), 0)
    open_to = sharing(cohort.kept) or tuple(without)
    shared = in_proportion(rest, {one: without.get(one, 0) for one in open_to}, owed)
    return {one: kept.get(one, 0) + shared.get(one, 0) for one in kept.keys() | shared.keys()}


def months_until(today: date, day: date) -> int:
    """0 for a day of this month, 1 for one of the next."""
    return (day.year - today.year) * 12 + day.month - today.month


def places_ahead(
    cohorts: Sequence[Planned], without: Mapping[int, int], directorate_ids: Sequence[int], today: date, months: int
) -> dict[int, tuple[int, ...]]:
    """For each directorate the places of cohorts that end in each month, from this one on."""
    found = {one: [0] * months for one in directorate_ids}
    owed: dict[int, float] = {}
    for cohort in sorted(cohorts, key=lambda one: one.ends_on):
        month = months_until(today, cohort.ends_on)
        if 0 <= month < months:
            for one, places in shared_out(cohort, without, owed).items():
                if one in found:
                    found[one][month] += places
    return {one: tuple(by_month) for one, by_month in found.items()}
