"""What is true of certificates and exports."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.learning.rules import add_months

CODE_LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"
"""Without the pairs that are mistaken for each other when read aloud or copied: 0 O, 1 I L, 2 Z, 5 S, 8 B."""
CODE_LENGTH = 12
GROUP = 4
ENDS_SOON = timedelta(days=30)
APPRAISAL_YEAR_BEGINS = 4
LONGEST_PERIOD = timedelta(days=366 * 50)


def made_code(pick: Callable[[str], str]) -> str:
    """A certificate's code, each letter chosen by `pick`: about 56 bits, too many to try out."""
    return "".join(pick(CODE_LETTERS) for _ in range(CODE_LENGTH))


def grouped(code: str) -> str:
    """ACDE-FGHJ-KMNP: as people read a code to each other."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def plain_code(text: str) -> str:
    """What somebody typed as the code it stands for: no spaces, no dashes of any kind, capital letters."""
    return "".join(c for c in text.upper() if c.isalnum())


class Preset(StrEnum):
    """The periods for which evidence is usually asked."""

    YEAR = "year"
    APPRAISAL = "appraisal"
    HCPC = "hcpc"
    NMC = "nmc"
    GMC = "gmc"
    DATES = "dates"


PRESET_MONTHS = {Preset.YEAR: 12, Preset.HCPC: 24, Preset.NMC: 36, Preset.GMC: 60}


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    starts_on: date
    ends_on: date


def period_for(preset: Preset, today: date) -> Period:
    """A usual period that ends today. Raises ValueError for DATES, which somebody must give."""
    if preset is Preset.APPRAISAL:
        begun = date(today.year, APPRAISAL_YEAR_BEGINS, 1)
        return Period(begun if begun <= today else begun.replace(year=today.year - 1), today)
    if preset not in PRESET_MONTHS:
        raise ValueError(preset)
    return Period(add_months(today, -PRESET_MONTHS[preset]) + timedelta(days=1), today)


def wrong_period(starts_on: date | None, ends_on: date | None, today: date) -> dict[str, str]:
    """What stands in the way of using these dates, by field."""
    if starts_on is None:
        return {"starts": "Enter the first day, such as 1 April 2026"}
    if ends_on is None:
        return {"ends": "Enter the last day, such as 31 March 2027"}
    if ends_on < starts_on:
        return {"ends": "The last day must not be before the first day"}
    if ends_on > today:
        return {"ends": "The last day must be today or earlier"}
    if ends_on - starts_on > LONGEST_PERIOD:
        return {"starts": "The first day must be within 50 years of the last"}
    return {}


class Where(StrEnum):
    """Under which directorate learning counts: where somebody was on its day, or where they are today."""

    THEN = "then"
    NOW = "now"


NOWHERE = "none"
"""Stands for a directorate where somebody was in none, then or now."""


class RecordKind(StrEnum):
    """What a row of evidence says: what somebody did on a course in the period, or a level they held at its end."""

    LEARNING = "learning"
    LEVEL = "level"


class Total(StrEnum):
    """A figure that opens the list behind it."""

    PEOPLE = "people"
    COMPLETED = "completed"
    PASSED = "passed"
    LEVELS = "levels"
    LEFT = "left"
    """Of the levels, those of people who have left."""


class Matter(StrEnum):
    """Something about staff data that somebody has to put right, because evidence would go astray."""

    NO_WAY_IN = "no-way-in"
    ENDING = "ending"
    SPONSOR_LEFT = "sponsor-left"
    MANAGER_LEFT = "manager-left"
    NO_MAIN_POST = "no-main-post"
    TEAM_CLOSED = "team-closed"
