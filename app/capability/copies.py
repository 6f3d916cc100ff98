"""Where a person stands in every level, as text that is quickly read again: what a copy holds (ADR 28)."""

import zlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from app.capability.board import Which, kinds_of
from app.capability.rules import Standing
from app.kernel.config import ROOT

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


_encoder, _decoder = msgspec.json.Encoder(), msgspec.json.Decoder(Told)


def packed(told: Told) -> str:
    return _encoder.encode(told).decode()


def unpacked(text: str) -> Told:
    """The same again: what is read compares as equal to what was packed."""
    return _decoder.decode(text)
