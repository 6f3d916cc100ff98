"""The filters above the grid."""

from collections import Counter
from dataclasses import dataclass
from typing import Self

from app.capability.choosing import EVERY_TEAM, GridQuery
from app.capability.pages.parts import Option, options
from app.capability.queries.grid import Grid
from app.capability.wording import NEEDS, STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterBar:
    directorates: tuple[Option, ...]
    teams: tuple[Option, ...]
    groups: tuple[Option, ...]
    bands: tuple[Option, ...]
    levels: tuple[Option, ...]
    needs: tuple[Option, ...]
    states: tuple[Option, ...]
    as_at: str
    every_level: bool
    more_open: bool
    """Whether one of those filters is set that are folded away at first."""

    @classmethod
    def of(cls, grid: Grid, query: GridQuery) -> Self:
        people = Counter(m.team_id for m in grid.whole.members)
        everybody = (EVERY_TEAM, f"Every team ({len(grid.whole.members):,})")
        teams = [(str(t.id), f"{t.name} ({people[t.id]:,})") for t in grid.place.teams]
        return cls(
            directorates=options(
                ((str(i), name) for i, name in grid.place.directorates), str(grid.place.directorate_id)
            ),
            teams=options([*teams, everybody], str(grid.filters.team or EVERY_TEAM)),
            groups=_any({m.staff_group for m in grid.whole.members}, query.group),
            bands=_any({m.band for m in grid.whole.members if m.band}, query.band),
            levels=options([("", "All"), *((t.slug, t.title) for t in grid.whole.tiers)], query.level),
            needs=options([("", "All"), *((str(n), text) for n, text in NEEDS.items())], query.decided),
            states=options([("", "All"), *((str(s), text) for s, text in STATES.items())], query.progress),
            as_at=query.as_at,
            every_level=grid.filters.every_level,
            more_open=any((query.group, query.band, query.level, query.decided, query.progress, query.as_at)),
        )


def _any(values: set[str], chosen: str) -> tuple[Option, ...]:
    return options([("", "All"), *((v, v) for v in sorted(values))], chosen)
