"""What somebody who went on in a newer edition is told."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from app.curriculum.changes import What
from app.kernel.clock import london_date
from app.learning.queries import LastMove
from app.web.words import day

NEW = {What.ADDED, What.NOW_REQUIRED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """`new` and `gone` are titles of activities."""

    say: str
    new: tuple[str, ...]
    gone: tuple[str, ...]

    @classmethod
    def of(cls, move: LastMove, finished: Collection[str], *, partner: bool) -> Self:
        on = day(london_date(move.moved_at))
        kept = "All that you had done counts on."
        said = (
            f"This course was written anew. You went on in the new one on {on}. {kept}"
            if partner
            else f"You went on in edition {move.to_number} on {on}. {kept}"
        )
        return cls(
            say=said,
            new=tuple(c.title for c in move.changes if c.what in NEW and c.required and c.key not in finished),
            gone=tuple(c.title for c in move.changes if c.what is What.GONE),
        )
