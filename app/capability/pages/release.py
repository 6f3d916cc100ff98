"""What a save would ask of teams: hours, and in which months."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from app.capability.pages.parts import listed
from app.capability.queries.deciding import Chosen
from app.capability.release import months_words
from app.capability.rules import Terms
from app.curriculum.views import TierView
from app.web.words import minutes


def release_words(asked: Sequence[Chosen], terms: Terms | None, today: date) -> tuple[str, ...]:
    """For each team, the hours that this asks of it, and in which months."""
    lines = []
    for team in sorted({c.team for c in asked}):
        here = Counter(c.tier for c in asked if c.team == team and c.tier.release_minutes)
        total = sum(t.release_minutes * n for t, n in here.items())
        each = listed([_each(t, terms.due if terms else None, today) for t in here])
        if total:
            lines.append(
                f"This asks {team} to release {minutes(total)} in all: {each}, each person. Its manager is asked "
                "whether that can be done."
            )
    return tuple(lines)


def _each(tier: TierView, due: date | None, today: date) -> str:
    """7 hours for Pocket QI in Mar 2027"""
    when = months_words(tier.release_minutes, due, today)
    return f"{minutes(tier.release_minutes)} for {tier.short}{f' {when}' if when else ''}"
