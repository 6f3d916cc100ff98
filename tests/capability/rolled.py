"""Totals that were counted where the rows are, beside those that were counted person by person."""

from collections import Counter
from datetime import date, datetime

from app.access.actor import SYSTEM
from app.capability.board import Filters
from app.capability.queries.boards import EVERYWHERE
from app.capability.queries.grid import Choice, grid
from app.capability.queries.roll_up import TOLD, roll_up
from app.kernel.db import ReadSession


def check_roll_up(session: ReadSession, on: date, now: datetime) -> None:
    """Both say the same of every directorate on that day."""
    choice = Choice(EVERYWHERE, Filters(), on)
    rolled, found = roll_up(session, SYSTEM, choice, now, above=-1), grid(session, SYSTEM, choice, now)
    assert rolled is not None
    assert found is not None
    boards = {directorate: board for directorate, _, board in found.by_directorate()}
    assert +rolled.people == +Counter({i: len(board.members) for i, board in boards.items()}), on
    counted = {(i, *key): n for i, board in boards.items() for key, n in board.tally().items() if key[1] in TOLD}
    assert +rolled.counts == +Counter(counted), on
