"""How dates and directorates of a cohort are said."""

from collections.abc import Sequence
from datetime import date

from app.cohorts.queries import Kept
from app.web.words import plural, short_day

WHO_SEES = (
    "You and the QI team’s other administrators. Directorate leads see on their plan how many places are planned for "
    "them."
)


def days_words(starts_on: date, ends_on: date) -> str:
    """14 Jan 2027; 14 to 15 Jan 2027; 14 Jan to 30 Jun 2027; 14 Dec 2026 to 30 Jan 2027."""
    if starts_on == ends_on:
        return short_day(starts_on)
    if (starts_on.year, starts_on.month) == (ends_on.year, ends_on.month):
        return f"{starts_on.day} to {short_day(ends_on)}"
    if starts_on.year == ends_on.year:
        return f"{starts_on.day} {starts_on:%b} to {short_day(ends_on)}"
    return f"{short_day(starts_on)} to {short_day(ends_on)}"


def for_words(kept: Sequence[Kept]) -> str:
    """Forensic services (10 places), Medicine; or the whole trust."""
    if not kept:
        return "The whole trust"
    return ", ".join(f"{k.directorate} ({plural(k.places, 'place')})" if k.places else k.directorate for k in kept)
