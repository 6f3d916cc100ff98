"""What is true of two directorates that become one: what its teams are called, and what becomes of two targets."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from app.planning.rules import TargetKind, people_wanted

LONGEST_NAME = 120


class Aimed(NamedTuple):
    """A target: how many, of so many staff of its directorate (and staff group)."""

    kind: TargetKind
    value: float
    staff: int


def name_for(name: str, gone: str, taken: Collection[str]) -> str:
    """What a team is called in the other directorate: as before, or with the old directorate's name after it.

    `taken` are the names of all teams that the other directorate has or had.
    """
    if name not in taken:
        return name
    number, longer = 1, f"{name} ({gone})"[:LONGEST_NAME]
    while longer in taken:
        number += 1
        longer = f"{name[: LONGEST_NAME - 10]} ({number})"
    return longer


def aimed_together(gone: Aimed, into: Aimed | None) -> tuple[TargetKind, float] | None:
    """One target in the place of two, which asks for as many people as both did; None where that is nobody.

    Two per cents stay a per cent, of all of them.
    """
    if into and gone.kind is into.kind is TargetKind.PER_CENT and gone.staff + into.staff:
        share = (gone.value * gone.staff + into.value * into.staff) / (gone.staff + into.staff)
        return TargetKind.PER_CENT, min(100.0, max(0.1, round(share, 1)))
    people = sum(people_wanted(one.kind, one.value, one.staff) for one in (gone, into) if one)
    return (TargetKind.ABSOLUTE, float(people)) if people else None


def places_together(gone: int | None, into: int | None) -> int | None:
    """The places of a cohort that are kept for both; None where either shared what is kept for nobody: so do both."""
    return None if gone is None or into is None else gone + into


def view_after(query: Mapping[str, str], gone: int, into: int, teams: Mapping[int, int]) -> dict[str, str]:
    """A saved view that goes on showing the same people."""
    moved = {str(old): str(new) for old, new in teams.items()}
    after = dict(query)
    if after.get("directorate") == str(gone):
        after["directorate"] = str(into)
    if after.get("team") in moved:
        after |= {"team": moved[after["team"]], "directorate": str(into)}
    return after


def first_problem(on: date, today: date, gone: date, into: date) -> str:
    """Why two directorates that opened on these days do not become one on that day; empty when they can."""
    if on > today:
        return "The day must be today or earlier: what follows for rules, roles and targets is done at once"
    if on <= gone:
        return f"The directorate that goes opened on {gone:%-d %B %Y}. Choose a later day"
    return f"The directorate that stays opened on {into:%-d %B %Y}. Choose that day or a later one" if on < into else ""
