"""The lead's first screen: one sentence, what waits, and the grid of one team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from markupsafe import Markup

from app.capability.choosing import EVERY_TEAM, GridQuery, part_of
from app.capability.month import Event
from app.capability.ordering import By
from app.capability.pages.filters import FilterBar, chosen_words
from app.capability.pages.links import Links, fits_a_screen
from app.capability.pages.needs import NeedBar
from app.capability.pages.parts import Kept, Part, PathFor, after_colon, kept, listed
from app.capability.pages.rows import NO_ROWS, Look, grid_rows, total_rows
from app.capability.pages.say import month_words, said_of, waiting_words
from app.capability.pages.totals import Column, Definition, by_directorate, by_team, columns, definitions
from app.capability.queries.grid import Grid
from app.capability.queries.kept import KeptView
from app.capability.queries.waiting import Undoable, Waiting
from app.capability.rules import DEVELOPMENT_ONLY
from app.capability.wording import need_words
from app.web.page import FieldError, Page, errors_of
from app.web.words import clock_time, day, plural

WHO_LEADS = (
    "You, the others who lead this directorate or these teams, and the QI team. "
    "Each person sees what is asked of them and how far they are, and nobody else's."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """A save that can be taken back."""

    decision_id: int
    said: str

    @classmethod
    def of(cls, found: Undoable, today: date) -> Self:
        if found.tiers == 1:
            what = f"{found.tier} for {plural(found.cells, 'person', 'people')}"
        else:
            what = f"{plural(found.cells, 'cell')} in {plural(found.tiers, 'level')}"
        need = after_colon(need_words(found.need, found.due, today))
        return cls(
            decision_id=found.decision_id,
            said=f"{what}: {need}. Saved at {clock_time(found.made_at)}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsPage(Page):
    template: ClassVar[str] = "capability/teams.html"
    who_sees: ClassVar[str] = WHO_LEADS

    title: str
    say: tuple[Part, ...]
    waiting: tuple[Part, ...]
    month: tuple[Part, ...]
    undo: Undo | None
    views: tuple[Part, ...]
    selection: str
    filters: FilterBar
    errors: tuple[FieldError, ...]
    caption: str
    empty: str
    every_person: str
    too_many: str
    choosable: bool
    past: str
    rows: Markup
    columns: tuple[Column, ...]
    by_name: bool
    width: int
    folded: str
    unfold: str
    kept: tuple[Kept, ...]
    bar: NeedBar
    directorates: Markup
    teams: Markup
    over_time: str
    plan: str
    time: str
    ratings: str
    skills: str
    counts: str
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
        views: Sequence[KeptView],
        path_for: PathFor,
        today: date,
        errors: Mapping[str, str],
        *,
        ratings: tuple[str, str, str] = ("", "", ""),
    ) -> Self:
        """`ratings`: where this team is judged, where its people's skills are, and where the counts are."""
        links, here, one = Links(path_for, grid, query), grid.place, part_of(grid.place)
        board, now, order = grid.shown, grid.shown.on == today, query.choice(today).order
        shown, shown_columns = fits_a_screen(grid), tuple(columns(board, links, order))
        look = Look(now, not grid.filters.team, path_for("capability:person", person_id=0)[:-1])
        month = path_for("capability:month", directorate=one)
        return cls(
            title=here.directorate,
            say=said_of(grid, links, today),
            waiting=waiting_words(waits, path_for("capability:decisions")),
            month=() if here.selection_id else month_words(events, today, month),
            undo=Undo.of(undo, today) if undo else None,
            views=tuple(Part(text=v.name, href=path_for("capability:teams", **v.query)) for v in views),
            selection=path_for("capability:selection", selection_id=here.selection_id) if here.selection_id else "",
            filters=FilterBar.of(grid, query),
            errors=errors_of(errors),
            caption=_caption(grid, query),
            empty=_empty(grid),
            every_person=links.grid(group="", band="", site="", level="", decided="", progress=""),
            too_many="" if shown else _too_many(len(board.members)),
            choosable=now and bool(board.tiers),
            past="" if now else f"This is how it was on {day(board.on)}. To decide, look at it as at today.",
            rows=grid_rows(board, look) if shown else NO_ROWS,
            columns=shown_columns,
            by_name=order.by is By.NAME,
            width=len(board.tiers),
            folded=_folded(grid),
            unfold=links.grid(levels=EVERY_TEAM),
            kept=kept(links.carried),
            bar=NeedBar.of({}),
            directorates=total_rows(by_directorate(grid, links), shown_columns),
            teams=total_rows(by_team(grid, links), shown_columns),
            over_time="" if here.wide else path_for("capability:over_time", directorate=one),
            plan="" if here.wide else path_for("planning:plan", directorate=one),
            time="" if here.wide else path_for("planning:time", directorate=one),
            ratings=ratings[0],
            skills=ratings[1],
            counts=ratings[2],
            definitions=tuple(definitions()),
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


def _caption(grid: Grid, query: GridQuery) -> str:
    people = plural(len(grid.shown.members), "person", "people")
    only = f", only {', '.join(chosen_words(query))}" if chosen_words(query) else ""
    return f"{team_name(grid) or 'Every team'}, {people}, as at {day(grid.shown.on)}{only}"


def _empty(grid: Grid) -> str:
    """Why there is nobody to show; empty when there is."""
    if grid.shown.members:
        return ""
    here = [m for m in grid.whole.members if grid.filters.team in (0, m.team_id)]
    if here:
        return f"None of the {plural(len(here), 'person', 'people')} here fits these filters."
    return f"Nobody has their main post in {team_name(grid) or grid.place.directorate} on {day(grid.shown.on)}."


def _too_many(people: int) -> str:
    return (
        f"{people:,} people fit: too many for one screen. Choose a directorate, a team or a filter to see them by "
        "name. The totals below count all of them, and so does a download."
    )


def _folded(grid: Grid) -> str:
    names = [t.title for t in grid.folded]
    if not names:
        return ""
    return f"Folded, because nobody here has a decision about them yet: {listed(names)}."
