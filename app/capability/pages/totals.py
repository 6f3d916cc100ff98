"""The totals beneath the grid: by level, by team, and by directorate where there are several."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.capability.board import DEFINITIONS, Board, Which
from app.capability.choosing import EVERY_TEAM
from app.capability.measures import named
from app.capability.ordering import Order
from app.capability.pages.links import Links
from app.capability.pages.parts import Part
from app.capability.queries.grid import Grid
from app.capability.queries.roll_up import RollUp
from app.curriculum.views import TierView

DONE = (Which.COMPLETED, Which.REQUIRED)
EXPLAINED = (Which.PEOPLE, Which.REQUIRED, Which.COMPLETED, Which.GAP, Which.NO_PLACE, Which.UNDECIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One level: its heading, and the totals beneath it."""

    slug: str
    short: str
    label: str
    """The same for the style sheet: letters, digits, spaces and hyphens alone."""
    idle: bool
    """Nobody here has a decision about it: its column is narrow."""
    sorts: bool
    """The people stand in the order of this level's dates or states."""
    for_whom: str
    completed: Part
    required: Part
    undecided: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsRow:
    """A team or a directorate."""

    name: str
    href: str
    people: Part
    levels: tuple[tuple[Part, Part], ...]
    """For each level: completed, of required."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    what: str
    meaning: str


def columns(board: Board, links: Links, order: Order) -> Iterator[Column]:
    return _columns(board.tiers, board.tally(), board.idle_tiers(), links, order)


def columns_of_all(rolled: RollUp, links: Links) -> Iterator[Column]:
    counts = {(t.slug, which): rolled.total(t.slug, which) for t in rolled.tiers for which in (*DONE, Which.UNDECIDED)}
    return _columns(rolled.tiers, counts, (), links, Order())


def _columns(
    tiers: Sequence[TierView],
    counts: Mapping[tuple[str, Which], int],
    idle: Sequence[TierView],
    links: Links,
    order: Order,
) -> Iterator[Column]:
    for tier in tiers:
        yield Column(
            slug=tier.slug,
            short=tier.short,
            label="".join(c if c.isalnum() or c in " -" else " " for c in tier.short),
            idle=tier in idle,
            sorts=order.level == tier.slug,
            for_whom=tier.for_whom,
            completed=links.number(counts[tier.slug, Which.COMPLETED], Which.COMPLETED, tier.slug),
            required=links.number(counts[tier.slug, Which.REQUIRED], Which.REQUIRED, tier.slug),
            undecided=links.number(counts[tier.slug, Which.UNDECIDED], Which.UNDECIDED, tier.slug),
        )


def by_team(grid: Grid, links: Links) -> Iterator[TotalsRow]:
    """Every team of a directorate; of more than one directorate, those that have anybody."""
    home = {t.id: t.directorate for t in grid.place.teams}
    for team_id, name, board in grid.by_team():
        if board.members or not grid.place.wide:
            said = f"{home[team_id]}: {name}" if grid.place.wide else name
            yield _row(said, board, grid, links, team=str(team_id))


def by_directorate(grid: Grid, links: Links) -> Iterable[TotalsRow]:
    """Nothing where one directorate is looked at. Of a selection its numbers are lists of the selection."""
    if not grid.place.wide or grid.place.selection_id:
        return
    for directorate_id, name, board in grid.by_directorate():
        yield _row(name, board, grid, links, team=EVERY_TEAM, directorate=str(directorate_id))


def rolled_up(rolled: RollUp, links: Links) -> Iterator[TotalsRow]:
    """Every directorate that has anybody who fits."""
    for directorate_id, name in rolled.place.directorates:
        if people := rolled.people[directorate_id]:
            counts = {
                (t.slug, which): rolled.counts[directorate_id, t.slug, which] for t in rolled.tiers for which in DONE
            }
            where = {"team": EVERY_TEAM, "directorate": str(directorate_id)}
            yield _totals(name, people, counts, rolled.tiers, links, **where)


def _row(name: str, board: Board, grid: Grid, links: Links, **where: str) -> TotalsRow:
    tiers = grid.shown.tiers
    return _totals(name, len(board.members), _done(board, tiers), tiers, links, **where)


def _done(board: Board, tiers: Sequence[TierView]) -> dict[tuple[str, Which], int]:
    """Of each of these tiers, how many cells count as what a row of totals says."""
    shown = board.only([t.slug for t in tiers])
    columns = ((t.slug, [m.kinds[i] for m in board.members]) for t, i in zip(shown.tiers, shown.columns, strict=True))
    return {(slug, which): sum([which in kinds for kinds in column]) for slug, column in columns for which in DONE}


def _totals(
    name: str,
    people: int,
    counts: Mapping[tuple[str, Which], int],
    tiers: Sequence[TierView],
    links: Links,
    **where: str,
) -> TotalsRow:
    return TotalsRow(
        name=name,
        href=links.part(**where),
        people=links.number(people, Which.PEOPLE, **where),
        levels=tuple(
            (
                links.number(counts[t.slug, Which.COMPLETED], Which.COMPLETED, t.slug, **where),
                links.number(counts[t.slug, Which.REQUIRED], Which.REQUIRED, t.slug, **where),
            )
            for t in tiers
        ),
    )


def definitions() -> Iterator[Definition]:
    for which in EXPLAINED:
        yield Definition(what=named(which), meaning=DEFINITIONS[which])
