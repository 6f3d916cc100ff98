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
    gaps = [(t, _dated(board, place)) for t, place in zip(board.tiers, board.columns, strict=True)]
    tier, found = max(gaps, key=lambda one: len(one[1]), default=(None, []))
    if tier is None or not found:
        return None
    dates = [due for due, _ in found]
    ahead = Counter(d for d in dates if d >= board.on) or Counter(dates)
    by = max(ahead, key=lambda d: (ahead[d], d))
    counted = Counter(kind for due, kinds in found if due <= by for kind in kinds)
    return Headline(tier, by, *(counted[which] for which in _COUNTED))


def _dated(board: Board, place: int) -> list[tuple[date, frozenset[Which]]]:
    """By when each of those who lack a level should complete it, and what else their cell counts as."""
    lack = [m for m in board.members if Which.GAP in m.kinds[place]]
    return [(due, m.kinds[place]) for m in lack if (due := m.standings[place].due)]


_COUNTED = (Which.GAP, Which.STARTED, Which.NOT_STARTED, Which.OVERDUE, Which.NO_PLACE)
