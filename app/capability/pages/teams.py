"""The lead's first screen: one sentence, what waits, and the grid of one team."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from markupsafe import Markup

from app.capability.board import DEFINITIONS, Board, Which
from app.capability.choosing import EVERY_TEAM, GridQuery
from app.capability.month import Event
from app.capability.pages.filters import FilterBar
from app.capability.pages.links import Links
from app.capability.pages.needs import NeedBar
from app.capability.pages.parts import Kept, Part, PathFor, after_colon, kept, listed
from app.capability.pages.rows import Look, grid_rows
from app.capability.pages.say import month_words, said_of, waiting_words
from app.capability.queries.grid import Grid
from app.capability.queries.waiting import Undoable, Waiting
from app.capability.rules import DEVELOPMENT_ONLY
from app.capability.wording import need_words
from app.web.page import FieldError, Page, errors_of
from app.web.words import clock_time, day, plural

WHO_LEADS = (
    "You, the others who lead this directorate or these teams, and the QI team. "
    "Each person sees what is asked of them and how far they are, and nobody else's."
)
EXPLAINED = (Which.REQUIRED, Which.COMPLETED, Which.GAP, Which.NO_PLACE, Which.UNDECIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One level: its heading, and the totals beneath it."""

    slug: str
    short: str
    label: str
    """The same for the style sheet: letters, digits, spaces and hyphens alone."""
    idle: bool
    """Nobody here has a decision about it: its column is narrow."""
    for_whom: str
    completed: Part
    required: Part
    undecided: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    name: str
    href: str
    people: Part
    levels: tuple[tuple[Part, Part], ...]
    """For each level: completed, of required."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """A save that can be taken back."""

    decision_id: int
    said: str

    @classmethod
    def of(cls, found: Undoable, today: date) -> Self:
        level = found.tier if found.tiers == 1 else plural(found.tiers, "level")
        cells = plural(found.cells, "person", "people") if found.tiers == 1 else plural(found.cells, "cell")
        need = after_colon(need_words(found.need, found.due, today))
        return cls(
            decision_id=found.decision_id,
            said=f"{level} for {cells}: {need}. Saved at {clock_time(found.made_at)}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    what: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsPage(Page):
    template: ClassVar[str] = "capability/teams.html"
    who_sees: ClassVar[str] = WHO_LEADS

    title: str
    say: tuple[Part, ...]
    waiting: tuple[Part, ...]
    month: tuple[Part, ...]
    undo: Undo | None
    filters: FilterBar
    errors: tuple[FieldError, ...]
    caption: str
    empty: str
    every_person: str
    choosable: bool
    past: str
    rows: Markup
    columns: tuple[Column, ...]
    folded: str
    unfold: str
    kept: tuple[Kept, ...]
    bar: NeedBar
    teams: tuple[TeamRow, ...]
    over_time: str
    plan: str
    time: str
    definitions: tuple[Definition, ...]
    development_only: str

    @classmethod
    def of(
        cls,
        grid: Grid,
        query: GridQuery,
        waits: Waiting,
        events: Sequence[Event],
        undo: Undoable | None,
        path_for: PathFor,
        today: date,
        errors: Mapping[str, str],
    ) -> Self:
        links = Links(path_for, grid, query)
        board, now = grid.shown, grid.shown.on == today
        look = Look(now, not grid.filters.team, path_for("capability:person", person_id=0)[:-1])
        return cls(
            title=grid.place.directorate,
            say=said_of(grid, links),
            waiting=waiting_words(waits, path_for("capability:decisions")),
            month=month_words(events, today, path_for("capability:month", directorate=grid.place.directorate_id)),
            undo=Undo.of(undo, today) if undo else None,
            filters=FilterBar.of(grid, query),
            errors=errors_of(errors),
            caption=_caption(grid),
            empty=_empty(grid),
            every_person=links.grid(group="", band="", level="", decided="", progress=""),
            choosable=now and bool(board.tiers),
            past="" if now else f"This is how it was on {day(board.on)}. To decide, look at it as at today.",
            rows=grid_rows(board, look),
            columns=tuple(_columns(board, links)),
            folded=_folded(grid),
            unfold=links.grid(levels=EVERY_TEAM),
            kept=kept(links.carried),
            bar=NeedBar.of({}),
            teams=tuple(_teams(grid, links)),
            over_time=path_for("capability:over_time", directorate=grid.place.directorate_id),
            plan=path_for("planning:plan", directorate=grid.place.directorate_id),
            time=path_for("planning:time", directorate=grid.place.directorate_id),
            definitions=tuple(
                Definition(what=w.replace("_", " ").capitalize(), meaning=DEFINITIONS[w]) for w in EXPLAINED
            ),
            development_only=DEVELOPMENT_ONLY,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoTeamsPage(Page):
    """A lead whose directorate has no team yet."""

    template: ClassVar[str] = "capability/no_teams.html"
    who_sees: ClassVar[str] = WHO_LEADS

    contact: str


def team_name(grid: Grid) -> str:
    return grid.place.team(grid.filters.team).name if grid.filters.team else ""


def _caption(grid: Grid) -> str:
    people = plural(len(grid.shown.members), "person", "people")
    return f"{team_name(grid) or 'Every team'}, {people}, as at {day(grid.shown.on)}"


def _empty(grid: Grid) -> str:
    """Why there is nobody to show; empty when there is."""
    if grid.shown.members:
        return ""
    here = [m for m in grid.whole.members if grid.filters.team in (0, m.team_id)]
    if here:
        return f"None of the {plural(len(here), 'person', 'people')} here fits these filters."
    return f"Nobody has their main post in {team_name(grid) or grid.place.directorate} on {day(grid.shown.on)}."


def _columns(board: Board, links: Links) -> Iterator[Column]:
    counts, idle = board.tally(), board.idle_tiers()
    for tier in board.tiers:
        yield Column(
            slug=tier.slug,
            short=tier.short,
            label="".join(c if c.isalnum() or c in " -" else " " for c in tier.short),
            idle=tier in idle,
            for_whom=tier.for_whom,
            completed=links.number(counts[tier.slug, Which.COMPLETED], Which.COMPLETED, tier.slug),
            required=links.number(counts[tier.slug, Which.REQUIRED], Which.REQUIRED, tier.slug),
            undecided=links.number(counts[tier.slug, Which.UNDECIDED], Which.UNDECIDED, tier.slug),
        )


def _folded(grid: Grid) -> str:
    names = [t.title for t in grid.folded]
    if not names:
        return ""
    return f"Folded, because nobody here has a decision about them yet: {listed(names)}."


def _teams(grid: Grid, links: Links) -> Iterator[TeamRow]:
    for team_id, name, board in grid.by_team():
        counts, team = board.tally(), str(team_id)
        yield TeamRow(
            name=name,
            href=links.grid(team=team),
            people=links.number(len(board.members), Which.PEOPLE, team=team),
            levels=tuple(
                (
                    links.number(counts[t.slug, Which.COMPLETED], Which.COMPLETED, t.slug, team=team),
                    links.number(counts[t.slug, Which.REQUIRED], Which.REQUIRED, t.slug, team=team),
                )
                for t in grid.shown.tiers
            ),
        )
