"""What is true of planned cohorts and of their places."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.learning.rules import add_months

MOST_PLACES = 500
LONGEST = timedelta(days=730)
FURTHEST = timedelta(days=5 * 366)
MOST_IN_A_SERIES = 60
REASON_LENGTH = 300


class CohortState(StrEnum):
    """PLANNED: places that are meant to be offered. DROPPED: it will not take place, and keeps its row."""

    PLANNED = "planned"
    DROPPED = "dropped"


class Share(NamedTuple):
    """Places of planned cohorts as one directorate sees them: its own, and those that it shares with others."""

    own: int = 0
    shared: int = 0

    def plus(self, other: "Share") -> "Share":
        return Share(self.own + other.own, self.shared + other.shared)


def share_of(places: int, kept: Mapping[int, int | None], directorate_id: int) -> Share:
    """What a cohort of so many places offers a directorate. `kept` maps each directorate that it is for to its places.

    A cohort for one directorate alone is all its own. For nobody in particular it is shared by everybody.
    """
    if not kept:
        return Share(shared=places)
    if directorate_id not in kept:
        return Share()
    if len(kept) == 1:
        return Share(own=places)
    rest = max(places - sum(number or 0 for number in kept.values()), 0)
    return Share(kept[directorate_id] or 0, rest if directorate_id in sharing(kept) else 0)


def sharing(kept: Mapping[int, int | None]) -> tuple[int, ...]:
    """Who shares what is kept for nobody: those without a number of their own, or else all whom the cohort is for."""
    return tuple(one for one, number in kept.items() if number is None) or tuple(kept)


def series(first: date, last: date, months: int) -> Iterator[date]:
    """The first days of a series: every so many months from a day on, none later than the last."""
    for turn in range(MOST_IN_A_SERIES + 1):
        day = add_months(first, turn * months)
        if day > last:
            return
        yield day


def problems_with(
    starts_on: date, ends_on: date, places: int, kept: Mapping[int, int | None], today: date
) -> dict[str, str]:
    """What stands in the way of planning this cohort, by field."""
    errors: dict[str, str] = {}
    if not 1 <= places <= MOST_PLACES:
        errors["places"] = f"Enter how many places, from 1 to {MOST_PLACES}"
    if starts_on < today:
        errors["starts_on"] = "The first day must be today or later"
    elif starts_on > today + FURTHEST:
        errors["starts_on"] = "The first day must be within the next five years"
    if ends_on < starts_on:
        errors["ends_on"] = "The last day must not be before the first"
    elif ends_on > starts_on + LONGEST:
        errors["ends_on"] = "The last day must be within two years of the first"
    if "places" not in errors and sum(number or 0 for number in kept.values()) > places:
        errors["kept"] = f"More places are kept for directorates than the {places} of the cohort"
    return errors
