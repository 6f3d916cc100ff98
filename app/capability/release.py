"""When a team is asked to release somebody to learn: in which months, and for how long in each."""

from collections.abc import Iterator
from datetime import date
from math import ceil

from app.learning.rules import add_months
from app.web.words import month

MOST_A_MONTH = 600
"""Minutes that one person is asked to be released for one level in a month: what takes longer is spread."""


def shares(minutes: int, due: date, decided: date) -> Iterator[tuple[date, int]]:
    """In which months, by their first days, one person's time for a level is asked for, and how many minutes in each.

    In the month of the date by which it is needed. What takes longer than MOST_A_MONTH is spread evenly over as many
    months up to that one as keep it to so much a month, none before the month in which it was decided.
    """
    if not minutes:
        return
    last = due.replace(day=1)
    room = (last.year - decided.year) * 12 + last.month - decided.month + 1
    count = min(ceil(minutes / MOST_A_MONTH), max(1, room))
    each, rest = divmod(minutes, count)
    for back in range(count - 1, -1, -1):
        yield add_months(last, -back), each + (0 if back else rest)


def months_words(minutes: int, due: date | None, decided: date) -> str:
    """in Mar 2027; from Oct 2026 to Mar 2027; nothing without a date."""
    asked = [first for first, _ in shares(minutes, due, decided)] if due else []
    if len(asked) > 1:
        return f"from {month(asked[0])} to {month(asked[-1])}"
    return f"in {month(asked[0])}" if asked else ""
