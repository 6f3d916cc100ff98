"""The filters above the grid."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from app.capability.choosing import EVERY_TEAM, GridQuery, part_of
from app.capability.ordering import By
from app.capability.pages.parts import Option, options
from app.capability.queries.boards import Place
from app.capability.queries.grid import Grid
from app.capability.queries.kept import SELECTION
from app.capability.queries.roll_up import RollUp, Words
from app.capability.wording import NEEDS, PROGRESSES
from app.curriculum.views import TierView

ORDERS = {By.NAME: "Name", By.TEAM: "Team", By.BAND: "Band"}
ORDERS_OF_A_LEVEL = {By.DUE: "date", By.STATE: "furthest behind first"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterBar:
    """`parts` are what one may look at: directorates, all of them, and one's own selections."""

    parts: tuple[Option, ...]
    parts_label: str
    teams: tuple[Option, ...]
    groups: tuple[Option, ...]
    bands: tuple[Option, ...]
    sites: tuple[Option, ...]
    levels: tuple[Option, ...]
    needs: tuple[Option, ...]
    states: tuple[Option, ...]
    orders: tuple[Option, ...]
    as_at: str
    every_level: bool
    more_open: bool
    """Whether one of those filters is set that are folded away at first."""
    narrowed: bool
    """Whether the people are fewer than those who are there: an order or a day narrows nothing."""

    @classmethod
    def of(cls, grid: Grid, query: GridQuery) -> Self:
        members, every_level = grid.whole.members, grid.filters.every_level
        words = [(m.staff_group, m.band, m.site) for m in members]
        return cls._of(grid.place, query, grid.whole.tiers, _teams(grid), words, every_level=every_level)

    @classmethod
    def of_totals(cls, rolled: RollUp, query: GridQuery) -> Self:
        """Of so many people no team is offered before a directorate is chosen."""
        everybody = options([(EVERY_TEAM, f"Every team ({rolled.everybody:,})")], EVERY_TEAM)
        return cls._of(rolled.place, query, rolled.every_tier, everybody, rolled.words, every_level=False)

    @classmethod
    def _of(
        cls,
        place: Place,
        query: GridQuery,
        tiers: Sequence[TierView],
        teams: tuple[Option, ...],
        words: Sequence[Words],
        *,
        every_level: bool,
    ) -> Self:
        groups, bands, sites = ({w for w in found if w} for found in zip(*words, strict=True)) if words else [set()] * 3
        narrow = (query.group, query.band, query.site, query.level, query.decided, query.progress)
        return cls(
            parts=options(_parts(place), part_of(place)),
            parts_label="Directorate or selection" if place.selections else "Directorate",
            teams=teams,
            groups=_any(groups, query.group),
            bands=_any(bands, query.band),
            sites=_any({*sites, query.site} - {""}, query.site) if sites or query.site else (),
            levels=options([("", "All"), *((t.slug, t.title) for t in tiers)], query.level),
            needs=options([("", "All"), *((str(n), text) for n, text in NEEDS.items())], query.decided),
            states=options([("", "All"), *((str(s), text) for s, text in PROGRESSES.items())], query.progress),
            orders=options(_orders(tiers), query.sort or By.NAME),
            as_at=query.as_at,
            every_level=every_level,
            more_open=any((*narrow, query.sort, query.as_at)),
            narrowed=any(narrow),
        )


def _parts(place: Place) -> Iterator[tuple[str, str]]:
    for directorate_id, name in place.directorates:
        yield str(directorate_id), name
    if len(place.directorates) > 1:
        yield EVERY_TEAM, "Every directorate"
    for kept in place.selections:
        yield f"{SELECTION}{kept.id}", f"My selection: {kept.name}"


def _teams(grid: Grid) -> tuple[Option, ...]:
    """Of more than one directorate only the teams that have anybody, each with its directorate."""
    wide, people = grid.place.wide, Counter(m.team_id for m in grid.whole.members)
    everybody = (EVERY_TEAM, f"Every team ({len(grid.whole.members):,})")
    shown = [t for t in grid.place.teams if not wide or people[t.id] or t.id == grid.filters.team]
    teams = [(str(t.id), f"{f'{t.directorate}: ' if wide else ''}{t.name} ({people[t.id]:,})") for t in shown]
    return options([everybody, *teams] if wide else [*teams, everybody], str(grid.filters.team or EVERY_TEAM))


def _orders(tiers: Sequence[TierView]) -> Iterator[tuple[str, str]]:
    for by, said in ORDERS.items():
        yield by, said
    for tier in tiers:
        for by, said in ORDERS_OF_A_LEVEL.items():
            yield f"{by}.{tier.slug}", f"{tier.short}: {said}"


def _any(values: set[str], chosen: str) -> tuple[Option, ...]:
    return options([("", "All"), *((v, v) for v in sorted(values))], chosen)


def chosen_words(query: GridQuery) -> list[str]:
    """What the people shown were chosen by, in words: staff group Students, band 5, need: required."""
    chosen = {
        "staff group ": query.group,
        "band ": query.band,
        "site ": query.site,
        "need: ": NEEDS[query.decided].lower() if query.decided else "",
        "progress: ": PROGRESSES[query.progress].lower() if query.progress else "",
    }
    return [f"{label}{value}" for label, value in chosen.items() if value]
