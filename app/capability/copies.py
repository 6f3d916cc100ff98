"""Where a person stands in every level, as text that is quickly read again: what a copy holds (ADR 28)."""

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from app.capability.board import Which, kinds_of
from app.capability.rules import NOT_STARTED, Need, NeedSource, PauseReason, Progress, Standing, State
from app.kernel.config import ROOT
from app.learning.rules import Holding

_SAYS = (
    "app/capability/board.py",
    "app/capability/copies.py",
    "app/capability/queries/begun.py",
    "app/capability/queries/standings.py",
    "app/capability/rules.py",
    "app/curriculum/queries/memory.py",
    "app/curriculum/views.py",
    "app/learning/queries/enrolments.py",
    "app/learning/queries/holdings.py",
    "app/learning/rules.py",
    "app/organisation/queries/leave.py",
    "app/organisation/rules.py",
)


def _form(paths: Sequence[Path]) -> int:
    return zlib.crc32(b"".join(path.read_bytes() for path in paths)) >> 1


FORM = _form([ROOT / name for name in _SAYS])
"""Which program wrote a copy. One that works a standing out otherwise reads no copy of another's."""

UNDECIDED, NOT_ASKED, DONE, LATE, AHEAD = ".NDLA"
"""How somebody stands in a level, as far as the totals of a trust tell it."""


class Told(NamedTuple):
    """What a copy says: who is away, and their standing in each level of which anything is known."""

    away: bool
    standings: dict[str, Standing]


def letter(standing: Standing, on: date) -> str:
    """How one cell counts in the totals of a trust on a day."""
    kinds = kinds_of(standing, on)
    if Which.UNDECIDED in kinds:
        return UNDECIDED
    if Which.REQUIRED not in kinds:
        return NOT_ASKED
    return DONE if Which.COMPLETED in kinds else LATE if Which.OVERDUE in kinds else AHEAD


def packed(told: Mapping[str, Standing], *, away: bool) -> str:
    cells = [(tier, *_cell(one)) for tier, one in told.items()]
    return json.dumps((away, *cells), separators=(",", ":"), default=date.toordinal)


def _cell(one: Standing) -> tuple[Any, ...]:
    s, p = one, one.progress
    said = (s.seen, s.need, s.due, s.source, s.pause_reason, s.asked, s.offered, s.moved, s.planned)
    return (*said, p.state, p.on, p.done, p.of, p.moved, p.holding)


def unpacked(text: str) -> Told:
    """The same again: what is read compares as equal to what was packed."""
    cells = json.loads(text)
    away: bool = cells[0]
    return Told(away, {cell[0]: _standing(away, cell) for cell in cells[1:]})


_day: Callable[[int], date] = date.fromordinal
_NEED: dict[str | None, Need | None] = {None: None, **{str(one): one for one in Need}}
_SOURCE: dict[str | None, NeedSource | None] = {None: None, **{str(one): one for one in NeedSource}}
_PAUSE = {str(one): one for one in PauseReason}
_STATE = {str(one): one for one in State}
_BLANK = str(State.NOT_STARTED)


def _standing(away: bool, cell: list[Any]) -> Standing:
    _tier, seen, need, due, source, pause, asked, offered, moved, planned, state, on, done, of, by, held = cell
    progress = NOT_STARTED
    if state != _BLANK:
        holding = None if held is None else _holding(held)
        progress = Progress(_STATE[state], None if on is None else _day(on), done, of, by, holding)
    until = None if due is None else _day(due)
    reason = None if pause is None else _PAUSE[pause]
    return Standing(progress, seen, _NEED[need], until, _SOURCE[source], reason, asked, offered, moved, away, planned)


def _holding(held: list[Any]) -> Holding:
    award, granted, until, edition, source, first, applied, withdrawn, moved = held
    return Holding(
        award,
        _day(granted),
        None if until is None else _day(until),
        edition,
        source,
        _day(first),
        None if applied is None else _day(applied),
        None if withdrawn is None else _day(withdrawn),
        moved,
    )
