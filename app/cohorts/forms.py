"""What the QI team writes about a cohort: text in, commands out."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, StringConstraints

from app.cohorts.commands import ChangeCohort, DropCohort, PlanCohorts, Wanted
from app.cohorts.rules import MOST_PLACES
from app.web.form import Day, Form, MaybeDay, Posted

FOR, KEPT = "for", "kept-"
LARGEST = 2**31 - 1
HOW_MANY = f"Enter how many places, from 1 to {MOST_PLACES}"


def _whole(text: object) -> object:
    """A whole number as people type it. What is none is said as such."""
    plain = text.strip() if isinstance(text, str) else ""
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= len(str(MOST_PLACES)) + 3):
        raise ValueError(HOW_MANY)
    return int(plain)


class CohortForm(Form):
    """A cohort. Which directorates it is for stands in fields of its own (`kept_in`)."""

    messages: ClassVar[Mapping[str, str]] = {
        "starts_on": "Enter the first day, such as 31 March 2027",
        "ends_on": "Enter the last day, such as 31 March 2027: the first day again, if it lasts one day",
        "places": HOW_MANY,
    }

    starts_on: Day
    ends_on: Day
    places: Annotated[int, BeforeValidator(_whole)]
    title: str = ""
    note: str = ""
    seen: str = ""

    def wanted(self, kept: tuple[tuple[int, int | None], ...]) -> Wanted:
        return Wanted(
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            places=self.places,
            kept=kept,
            title=self.title,
            note=self.note,
        )

    def change(self, cohort_id: int, kept: tuple[tuple[int, int | None], ...]) -> ChangeCohort:
        return ChangeCohort(cohort_id=cohort_id, seen=self.seen, wanted=self.wanted(kept))


class PlanForm(CohortForm):
    """A cohort of a level, or the first of a series."""

    messages: ClassVar[Mapping[str, str]] = dict(CohortForm.messages) | {
        "tier": "Choose the level",
        "every_months": "Choose how often",
        "until": "Enter a date such as 31 March 2027, or leave it empty for one cohort alone",
    }

    tier: Annotated[str, StringConstraints(min_length=1)]
    until: MaybeDay = None
    every_months: Annotated[int, Field(ge=1, le=12)] = 1

    def plan(self, kept: tuple[tuple[int, int | None], ...]) -> PlanCohorts:
        return PlanCohorts(tier=self.tier, wanted=self.wanted(kept), until=self.until, every_months=self.every_months)


class DropForm(Form):
    reason: str = ""

    def command(self, cohort_id: int) -> DropCohort:
        return DropCohort(cohort_id=cohort_id, reason=self.reason)


def kept_in(posted: Posted) -> tuple[tuple[int, int | None], ...]:
    """The directorates that were ticked, or have a number, with the places kept for each.

    A number that is none becomes 0, which the command refuses in words.
    """
    found: dict[int, int | None] = {}
    for text in posted.all(FOR):
        if directorate_id := _id(text):
            found[directorate_id] = None
    for name in posted:
        directorate_id = _id(name.removeprefix(KEPT)) if name.startswith(KEPT) else 0
        typed = posted[name].strip() if directorate_id else ""
        if typed:
            found[directorate_id] = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 0  # noqa: PLR2004
    return tuple(sorted(found.items()))


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST)) - 1 else 0


def typed(posted: Posted) -> dict[str, str]:
    """What was typed, to show it again; ticks as `for-{id}`."""
    return dict(posted) | {f"{FOR}-{_id(text)}": "yes" for text in posted.all(FOR)}
