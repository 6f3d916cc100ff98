"""What is true of people and posts."""

import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from app.kernel.names import folded


class Basis(StrEnum):
    """On what footing somebody works here. EMPLOYED has an employee number; the others a sponsor and an end."""

    EMPLOYED = "employed"
    BANK = "bank"
    STUDENT = "student"
    ROTATING = "rotating"
    VOLUNTEER = "volunteer"


BASIS_NAMES = {
    Basis.EMPLOYED: "Employed",
    Basis.BANK: "Bank",
    Basis.STUDENT: "Student",
    Basis.ROTATING: "Rotating doctor",
    Basis.VOLUNTEER: "Volunteer",
}

FULL_TIME, PART_TIME = "Full time", "Part time"

# NHS England, National Workforce Data set: the nine staff groups of the staff record.
STAFF_GROUPS = (
    "Additional Clinical Services",
    "Additional Professional Scientific and Technical",
    "Administrative and Clerical",
    "Allied Health Professionals",
    "Estates and Ancillary",
    "Healthcare Scientists",
    "Medical and Dental",
    "Nursing and Midwifery Registered",
    "Students",
)
BANDS = ("2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9", "VSM")
MEDICAL_GRADES = (
    "F1", "F2", "ST1/CT1", "ST2/CT2", "ST3/CT3", "ST4", "ST5", "ST6", "ST7",
    "Staff Grade", "Associate Specialist", "Specialist (post CCT)", "Consultant", "GP",
)  # fmt: skip
_PLACES = {band: place for place, band in enumerate((*BANDS, *MEDICAL_GRADES))}


def band_place(band: str) -> tuple[int, bool, str]:
    """Where a band stands: those of the national scale, then medical grades, then what else is recorded, then none."""
    return _PLACES.get(band, len(_PLACES)), not band, folded(band)


class LeaveKind(StrEnum):
    """Why somebody is away for long. Only those who manage people ever see it."""

    PARENTAL = "parental"
    SICK = "sick"
    CARER = "carer"
    CAREER_BREAK = "career break"
    OTHER = "other"


LEAVE_NAMES = {
    LeaveKind.PARENTAL: "Parental leave",
    LeaveKind.SICK: "Sick leave",
    LeaveKind.CARER: "Carer's leave",
    LeaveKind.CAREER_BREAK: "Career break",
    LeaveKind.OTHER: "Another long absence",
}

Spell = tuple[date, date | None]
"""A half-open span of days, [start, end); None: no end is known."""


def away_on(spells: Sequence[Spell], day: date) -> bool:
    """Whether somebody with these spells of long leave is on leave that day."""
    return any(holds_on(start, end, day) for start, end in spells)


def moved_by(spells: Sequence[Spell], began: date, until: date, today: date) -> int:
    """By how many days long leave moves a date, for a clock that began to run on one day and runs until another.

    The clock stands still on each day of a leave that has begun by today. A leave that begins after the date, as
    moved so far, changes nothing. One without a known end counts up to and including today: nobody is late while away.
    """
    moved = 0
    for start, end in sorted(spells, key=lambda spell: spell[0]):
        if start > today or start > until + timedelta(days=moved):
            break
        stops = end if end is not None else today + timedelta(days=1)
        moved += max(0, (stops - max(start, began)).days)
    return moved


def needs_sponsor(basis: Basis) -> bool:
    return basis is not Basis.EMPLOYED


def holds_on(starts_on: date, ends_on: date | None, day: date) -> bool:
    """Whether [start, end) holds the day."""
    return starts_on <= day and (ends_on is None or day < ends_on)


def overlap(a: tuple[date, date | None], b: tuple[date, date | None]) -> bool:
    """Whether two half-open spells share a day."""
    return (b[1] is None or a[0] < b[1]) and (a[1] is None or b[0] < a[1])


def display_name(given: str, family: str) -> str:
    """Given name first; a person with a single name has only a family name."""
    return f"{given} {family}".strip()


def list_name(given: str, family: str) -> str:
    """How a list in order of family names shows somebody."""
    return f"{family}, {given}" if given else family


def address_key(address: str) -> str:
    """The form under which two spellings of one address or username meet."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def last_day(ends_on: date | None) -> date | None:
    """The day that people call the last one, of a half-open spell; None while no end is set."""
    return ends_on - timedelta(days=1) if ends_on else None


def first_without(last: date | None) -> date | None:
    """The end of a half-open spell whose last day is this one."""
    return last + timedelta(days=1) if last else None
