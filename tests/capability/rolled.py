"""Totals that were counted where the rows are, beside those that were counted person by person."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from app.access.actor import SYSTEM
from app.access.permissions import Permission
from app.capability.board import Board, Filters, Which, kinds_of
from app.capability.queries.alike import Alike, from_copies, from_rows
from app.capability.queries.boards import EVERYWHERE
from app.capability.queries.copied import copies
from app.capability.queries.grid import Choice, grid
from app.capability.queries.roll_up import TOLD, roll_up
from app.capability.queries.standings import AsAt, matrix_tiers
from app.kernel.db import ReadSession
from app.organisation.queries import people_condition


def check_roll_up(session: ReadSession, on: date, now: datetime) -> None:
    """Both say the same of every directorate on that day, and so does what is counted without any copy."""
    _check_copies(session, on, now)
    choice = Choice(EVERYWHERE, Filters(), on)
    rolled, found = roll_up(session, SYSTEM, choice, now, above=-1), grid(session, SYSTEM, choice, now)
    assert rolled is not None
    assert found is not None
    boards = {directorate: board for directorate, _, board in found.by_directorate()}
    assert +rolled.people == +Counter({i: len(board.members) for i, board in boards.items()}), on
    counted = {(i, *key): n for i, board in boards.items() for key, n in board.tally().items() if key[1] in TOLD}
    assert +rolled.counts == +Counter(counted), on


def _check_copies(session: ReadSession, on: date, now: datetime) -> None:
    held, tiers, when = copies(session, on), matrix_tiers(session), AsAt.of(on, now)
    everybody = people_condition(SYSTEM, Permission.SEE_CAPABILITY, on)
    copied = from_copies(session, everybody, held, when, tiers, tiers) if held else None
    if copied:
        assert counted(copied.cells, on) == counted(from_rows(session, everybody, when, tiers), on), on


def counted(cells: Iterable[Alike], on: date) -> Counter[tuple[int, str, Which]]:
    found: Counter[tuple[int, str, Which]] = Counter()
    for one in cells:
        for which in kinds_of(one.standing, on) & TOLD:
            found[one.directorate_id, one.tier, which] += one.cells
    return found


def decision_in(whole: Board, tier: str, person_id: int) -> int:
    """The id of what was decided about somebody, or 0."""
    place = [t.slug for t in whole.tiers].index(tier)
    return next(m for m in whole.members if m.person_id == person_id).standings[place].seen


def tally(found: Board) -> Counter[tuple[str, Which]]:
    return Counter(found.tally())
