"""One cell at a time: what it says, or a sentence that says why it cannot be used. Nothing is guessed."""

import re
from datetime import date

from email_validator import EmailNotValidError, validate_email

from app.intake.reading import CellKind
from app.kernel.names import folded, tidy

LONGEST_NUMBER = 30
LONGEST_NAME = 100
LONGEST_PLAIN = 64
"""Addresses up to here that look like most are not taken apart any further: 50,000 of them would take seconds."""
FIRST_YEAR, LAST_YEAR = 1940, 2100
NO_END = 4712
"""The staff record's own way to write that nothing is known of an end."""

_NUMBER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ./-]*[A-Za-z0-9])?")
_SHORTENED = re.compile(r"\d+(?:[.,]\d+)?[eE][+-]?\d+")
_MADE_DATE = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}.*|\d{1,2}[- /]?[A-Za-z]{3}(?:[- /]?\d{2,4})?|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[- /]?\d{1,4}",
    re.IGNORECASE,
)
_INSURANCE = re.compile(r"[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d]")
_MONTHS = dict(
    zip(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), range(1, 13), strict=True)
)
_MIDNIGHT = re.compile(r"[ T]00:00(?::00(?:\.0+)?)?$")
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"),
    re.compile(r"(?P<d>\d{1,2})[- ](?P<m>[A-Za-z]{3})[a-z]*[- ](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
)
_SHORT_YEAR = re.compile(r"\d{1,2}[/. -](?:\d{1,2}|[A-Za-z]{3})[/. -]\d{2}")
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9_'+-]+(?:\.[A-Za-z0-9_'+-]+)*@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}")
_RESERVED = (".test", ".local", ".invalid", ".localhost", ".onion", ".arpa")
YES, NO = {"1", "y", "yes", "true", "primary", "p", "main"}, {"0", "n", "no", "false", "secondary", "s"}


class CellError(ValueError):
    """A cell cannot be used. The message says why, and what to do."""


def _refuse_broken(kind: CellKind) -> None:
    if kind is CellKind.ERROR:
        raise CellError("The spreadsheet shows an error here. Mend the cell")
    if kind is CellKind.FORMULA:
        raise CellError("A formula stands here. Put its value in its place")


def employee_number(text: str, kind: CellKind) -> str:
    """The number as text, leading zeros and all."""
    _refuse_broken(kind)
    number = tidy(text)
    if not number:
        raise CellError("There is no employee number. Enter it")
    if kind is CellKind.DATE or _MADE_DATE.fullmatch(number):
        raise CellError(f"“{number[:30]}” is a date that a spreadsheet has made of a number. Export the column as text")
    if _SHORTENED.fullmatch(number):
        raise CellError(f"“{number[:30]}” is a number that a spreadsheet has shortened. Export the column as text")
    if _INSURANCE.fullmatch(number):
        raise CellError("This looks like a National Insurance number, which is never kept. Check the columns")
    if len(number) > LONGEST_NUMBER or not _NUMBER.fullmatch(number):
        raise CellError(f"An employee number is at most {LONGEST_NUMBER} letters, figures and hyphens. Check it")
    return number


def assignment_number(text: str, kind: CellKind) -> str | None:
    return employee_number(text, kind) if tidy(text) else None


def name(text: str, kind: CellKind, label: str, *, needed: bool) -> str:
    _refuse_broken(kind)
    if kind is CellKind.DATE:
        raise CellError(f"A spreadsheet has made a date of this {label}. Export the column as text")
    words = tidy(text)
    if needed and not any(c.isalnum() for c in words):
        raise CellError(f"There is no {label}. Enter it")
    if len(words) > LONGEST_NAME:
        raise CellError(f"A {label} is at most {LONGEST_NAME} characters. Shorten it")
    return words


def words(text: str, kind: CellKind, label: str, most: int, *, needed: bool = True) -> str:
    """Any other words, such as a job role."""
    _refuse_broken(kind)
    said = tidy(text)
    if needed and not any(c.isalnum() for c in said):
        raise CellError(f"There is no {label}. Enter it")
    if len(said) > most:
        raise CellError(f"A {label} is at most {most} characters. Shorten it")
    return said


def email(text: str, kind: CellKind) -> str | None:
    """The address, None for an empty cell."""
    _refuse_broken(kind)
    address = tidy(text)
    if not address:
        return None
    if _PLAIN_ADDRESS.fullmatch(address) and len(address) <= LONGEST_PLAIN:
        local, _, domain = address.rpartition("@")
        if "--" not in domain and "-." not in domain and not domain.lower().endswith(_RESERVED):
            return f"{local}@{domain.lower()}"
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        raise CellError("This is no e-mail address such as name@trust.example. Correct it or leave it empty") from None


def day(text: str, kind: CellKind, label: str, *, needed: bool) -> date | None:
    """A date in any form that can be read in one way only; None for an empty cell or the record's 31/12/4712."""
    _refuse_broken(kind)
    said = _MIDNIGHT.sub("", tidy(text))
    if not said:
        if needed:
            raise CellError(f"There is no {label}. Enter a date such as 2026-12-31")
        return None
    if _SHORT_YEAR.fullmatch(said):
        raise CellError(f"“{said}” has a year of two figures. Write all four, such as 2026-12-31")
    found = next((match for form in _DATES if (match := form.fullmatch(said))), None)
    if found is None:
        raise CellError(f"“{said[:30]}” is no date that can be read in one way. Write it as 2026-12-31")
    return _in_reach(_made(found, said), said)


def _made(found: re.Match[str], said: str) -> date:
    month = _MONTHS.get(found["m"].lower()[:3], 0) if found["m"].isalpha() else int(found["m"])
    try:
        return date(int(found["y"]), month, int(found["d"]))
    except ValueError:
        raise CellError(f"“{said}” is on no calendar. Correct it") from None


def _in_reach(when: date, said: str) -> date | None:
    if when.year == NO_END:
        return None
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise CellError(f"“{said}” is not between {FIRST_YEAR} and {LAST_YEAR}. Correct it")
    return when


def flag(text: str, kind: CellKind) -> bool | None:
    """Whether a post is the main one; None for an empty cell."""
    _refuse_broken(kind)
    said = folded(text)
    if not said:
        return None
    if said in YES or said in NO:
        return said in YES
    raise CellError("Say whether this is the main post with yes or no")
