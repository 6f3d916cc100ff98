"""Working patterns as staff files write them: in words, or as a part of the whole time. Others stay as written."""

import re

from app.intake.reading import CellKind
from app.intake.rules import values
from app.intake.rules.rows import LONGEST_PATTERN
from app.kernel.names import folded
from app.organisation.rules import FULL_TIME, PART_TIME

MOST_WHOLE = 2
"""Whole-time equivalents above it are no part of the whole: hours, or money."""
_PART = re.compile(r"\d(?:[.,]\d{1,8})?")
_WORDS = {
    "full time": FULL_TIME, "fulltime": FULL_TIME, "ft": FULL_TIME, "f": FULL_TIME, "full": FULL_TIME,
    "part time": PART_TIME, "parttime": PART_TIME, "pt": PART_TIME, "p": PART_TIME, "part": PART_TIME,
}  # fmt: skip


def pattern(text: str, kind: CellKind) -> str:
    """Full time for “FT”, 1 and 1.0; Part time for “Part-time” and 0.6; nothing for an empty cell or 0.

    Raises CellError.
    """
    said = values.words(text, kind, "working pattern", LONGEST_PATTERN, needed=False)
    if not any(c.isalnum() for c in said):
        return ""
    if _PART.fullmatch(said):
        return _of_whole(float(said.replace(",", ".")))
    if any(c.isdigit() for c in said) and not any(c.isalpha() for c in said):
        raise values.CellError("This is no part of the whole time, such as 1 or 0.6. Correct it, or leave it empty")
    return _WORDS.get(folded(said), said)


def _of_whole(part: float) -> str:
    if part > MOST_WHOLE:
        raise values.CellError("This is no part of the whole time, such as 1 or 0.6. Correct it, or leave it empty")
    return FULL_TIME if part >= 1 else PART_TIME if part else ""
