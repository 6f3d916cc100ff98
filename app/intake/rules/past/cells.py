"""One cell of a list of completions at a time: what it says, or a sentence that says why it cannot be used."""

import re
from datetime import date
from functools import lru_cache

from app.intake.reading import CellKind
from app.intake.rules import values
from app.intake.rules.values import CellError
from app.kernel.names import folded, tidy

LONGEST_COURSE = 200
LONGEST_PROVIDER = 200
LONGEST_CERTIFICATE = 80
MOST_MINUTES = 60_000
"""A thousand hours: more in one completion is a slip."""

# The staff record names a competence by who keeps it, its list and its title: 457|LOCAL|QI Pocket|
_COMPETENCE = re.compile(r"[A-Za-z0-9]{2,5}\|[A-Za-z]{2,8}\|(?P<title>.*[^|\s])\s*\|?")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:AM|PM|Z))?$", re.IGNORECASE)
_LENGTH = re.compile(r"(?P<whole>\d{1,5})(?:[.,](?P<part>\d{1,2}))? ?(?P<unit>[a-z]*)", re.IGNORECASE)
_EDITION = re.compile(r"(?:edition|ed|version|v)?\.? ?(\d{1,4})(?:[.,]0)?", re.IGNORECASE)
_LEVEL = re.compile(r"^\d ")
MINUTES, HOURS = {"m", "min", "mins", "minute", "minutes"}, {"h", "hr", "hrs", "hour", "hours"}
DONE = {
    "completed", "complete", "completed successfully", "successful", "passed", "pass", "attended", "attended fully",
    "achieved", "awarded", "yes", "y", "true", "done", "finished", "satisfied", "certified",
}  # fmt: skip
NOT_DONE = {
    "not completed", "incomplete", "not complete", "in progress", "started", "not started", "did not attend", "dna",
    "not attended", "partly attended", "attended partly", "failed", "fail", "not passed", "not achieved", "enrolled",
    "booked", "registered", "waiting", "waitlisted", "waiting list", "cancelled", "canceled", "cancelled late",
    "withdrawn", "withdrew", "absent", "no", "n", "false", "no show", "invited", "unsuccessful", "required", "pending",
    "attempted", "overdue",
}  # fmt: skip


once = lru_cache(maxsize=20_000)
"""A hundred thousand rows say the same few things."""


@once
def course(text: str, kind: CellKind) -> str:
    """The course's title or code; of a competence of the staff record, its title."""
    words = values.words(text, kind, "course", LONGEST_COURSE)
    if kind is CellKind.DATE:
        raise CellError("A spreadsheet has made a date of this course. Export the column as text")
    found = _COMPETENCE.fullmatch(words)
    return tidy(found["title"]) if found else words


@once
def day(text: str, kind: CellKind, label: str, *, needed: bool) -> date | None:
    """A day in any form that can be read in one way only; a time of day behind it is passed over."""
    found = values.day(_TIME.sub("", tidy(text)), kind, label, needed=needed)
    if found is None and needed:
        raise CellError(f"There is no {label}. Enter a date such as 2026-12-31")
    return found


@once
def minutes(text: str, kind: CellKind, column: str) -> int | None:
    """How long it took; None for an empty cell or 0. A number alone is minutes, or hours where the column says so."""
    said = values.words(text, kind, "duration", 40, needed=False)
    if not said:
        return None
    found = _LENGTH.fullmatch(said)
    unit = (found["unit"].lower() if found else "") or ("hours" if "hour" in folded(column) else "minutes")
    part = found["part"] if found else None
    if found is None or unit not in MINUTES | HOURS or (unit in MINUTES and part and int(part)):
        raise CellError(f"“{said}” is no duration that can be read in one way. Write minutes, such as 90")
    whole = int(found["whole"])
    length = whole * 60 + round(float(f"0.{part or 0}") * 60) if unit in HOURS else whole
    if length > MOST_MINUTES:
        raise CellError(f"“{said}” is more than {MOST_MINUTES // 60:,} hours. Correct it")
    return length or None


@once
def edition(text: str, kind: CellKind) -> int | None:
    said = values.words(text, kind, "edition", 40, needed=False)
    if not said:
        return None
    found = _EDITION.fullmatch(said)
    if found is None:
        raise CellError(f"“{said}” is no number of an edition. Write one such as 2, or leave it empty")
    return int(found[1])


@once
def completed(text: str, kind: CellKind) -> bool:
    """Whether a result says that the course was completed; an empty cell says nothing against it."""
    said = values.words(text, kind, "result", 80, needed=False)
    words = _LEVEL.sub("", folded(said))
    if words in NOT_DONE:
        return False
    if not words or words in DONE:
        return True
    raise CellError(f"It cannot be told whether “{said}” means completed. Write completed or not completed")
