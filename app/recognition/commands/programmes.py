"""What may be written of a programme, looked at before it is: lengths, dates, and a result with its day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.learning.rules import add_months
from app.recognition.rules import AdvisorResult, review_day

EARLIEST = date(1990, 1, 1)
LONGEST_PROGRAMME_MONTHS = 60
LENGTHS = {
    "programme": 200, "provider": 200, "cohort": 120, "place": 300, "mentor": 200, "self_rating": 300, "project": 200,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What is known of a programme. `ends_on` is its last day, `sponsor` the words that name somebody who works here.

    `review_on` None: three years after the end.
    """

    programme: str
    provider: str
    cohort: str = ""
    starts_on: date
    ends_on: date
    place: str = ""
    mentor: str = ""
    self_rating: str = ""
    project: str = ""
    sponsor: str = ""
    result: AdvisorResult | None = None
    assessed_on: date | None = None
    review_on: date | None = None


def values_of(given: Programme, sponsor_id: int | None) -> dict[str, Any]:
    """The columns of a record."""
    return {
        **{name: getattr(given, name) for name in LENGTHS},
        "starts_on": given.starts_on,
        "ends_on": given.ends_on,
        "sponsor_id": sponsor_id,
        "result": given.result,
        "assessed_on": given.assessed_on,
        "review_on": given.review_on or review_day(given.ends_on),
    }


def wrong_programme(given: Programme, today: date) -> dict[str, str]:
    """What cannot be, by field."""
    errors = {
        name: f"Write at most {most} characters. You have {len(getattr(given, name))}"
        for name, most in LENGTHS.items()
        if len(getattr(given, name)) > most
    }
    if not given.programme:
        errors["programme"] = "Enter the name of the programme"
    if not given.provider:
        errors["provider"] = "Enter who teaches it"
    if not EARLIEST <= given.starts_on <= add_months(today, 24):
        errors["starts_on"] = "Enter the first day, since 1990 and within two years from now"
    elif not given.starts_on < given.ends_on <= add_months(given.starts_on, LONGEST_PROGRAMME_MONTHS):
        errors["ends_on"] = "Enter the last day: after the first day, and within five years of it"
    return errors | _wrong_end(given, today)


def _wrong_end(given: Programme, today: date) -> dict[str, str]:
    errors = {}
    if given.result is not None and given.assessed_on is None:
        errors["assessed_on"] = "Enter the day of the result"
    if given.result is None and given.assessed_on is not None:
        errors["result"] = "Choose the result of that day, or leave the day empty"
    if given.assessed_on is not None and not given.starts_on <= given.assessed_on <= today:
        errors["assessed_on"] = "The day of the result must lie after the first day and not in the future"
    if given.review_on is not None and not given.ends_on < given.review_on <= add_months(given.ends_on, 120):
        errors["review_on"] = "The review must lie after the last day, and within ten years of it"
    return errors
