"""The one sentence a lead reads first: who needs which level by when, and how far they are."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from app.capability.board import Board, Which
from app.curriculum.views import TierView


@dataclass(frozen=True, slots=True)
class Headline:
    """The level with the most people still to complete it by a date, and the date by which most of them should."""

    tier: TierView
    by: date
    gap: int
    started: int
    not_started: int
    overdue: int
    no_place: int


def headline(board: Board) -> Headline | None:
    """None when nobody has a dated need still to complete."""
    gaps = {t: [e.standing.due for e in board.entries(Which.GAP, t.slug) if e.standing.due] for t in board.tiers}
    tier, dates = max(gaps.items(), key=lambda found: len(found[1]), default=(None, []))
    if tier is None or not dates:
        return None
    ahead = Counter(d for d in dates if d >= board.on) or Counter(dates)
    by = max(ahead, key=lambda d: (ahead[d], d))
    counted = {which: len(board.entries(which, tier.slug, by)) for which in _COUNTED}
    return Headline(tier, by, *counted.values())


_COUNTED = (Which.GAP, Which.STARTED, Which.NOT_STARTED, Which.OVERDUE, Which.NO_PLACE)
