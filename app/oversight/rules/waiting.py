"""How long somebody waited between being asked for a level and holding it."""

from collections.abc import Sequence
from datetime import date

from app.organisation.rules import Spell

Asked = tuple[date, date | None]
"""A decision that a level is needed: from the day on which it was made, until another superseded it."""


def waited(asked: Sequence[Asked], on: date, leaves: Sequence[Spell]) -> int | None:
    """Days on which it was needed, up to the day on which it was held. Pauses and long leave do not count.

    None where it was not needed on that day: whoever takes a level unasked waited for nothing.
    """
    begun = [(start, min(end or on, on)) for start, end in asked if start <= on]
    if not any(start <= on and (end is None or end >= on) for start, end in asked):
        return None
    return sum((end - start).days - _away(leaves, start, end) for start, end in begun)


def _away(leaves: Sequence[Spell], start: date, end: date) -> int:
    """Days of [start, end) on which they were on leave."""
    return sum(max(0, (min(back or end, end) - max(left, start)).days) for left, back in leaves)
