"""How a spell of long leave is said, and how a date says that leave has moved it: the same in every room."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from app.organisation.queries import LeaveRow
from app.organisation.rules import LEAVE_NAMES, holds_on, last_day
from app.web.words import day, plural


def moved_words(moved: int) -> str:
    """For the end of a date: “, moved by 182 days of leave”; nothing where leave has moved nothing."""
    return f", moved by {plural(moved, 'day')} of leave" if moved else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveLine:
    id: int
    kind: str
    spell: str
    current: bool
    change: str
    recorded_by: str

    @classmethod
    def of(cls, row: LeaveRow, today: date) -> Self:
        return cls(
            id=row.id,
            kind=LEAVE_NAMES[row.kind],
            spell=leave_spell(row),
            current=holds_on(row.starts_on, row.ends_on, today),
            change="Change the first day back" if row.ends_on else "Enter the first day back",
            recorded_by=row.recorded_by,
        )


def leave_spell(row: LeaveRow) -> str:
    """From 1 March 2026 to 30 September 2026; the last day is the one before they are back."""
    if row.ends_on is None:
        return f"From {day(row.starts_on)}, no first day back yet"
    return f"{day(row.starts_on)} to {day(last_day(row.ends_on))}"
