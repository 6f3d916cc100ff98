"""The named list behind a number."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from app.capability.board import DEFINITIONS, Entry, Which, kinds_of
from app.capability.choosing import ListQuery
from app.capability.pages.filters import chosen_words
from app.capability.pages.links import Links
from app.capability.pages.parts import Part, PathFor
from app.capability.pages.teams import WHO_LEADS, team_name
from app.capability.queries.grid import Grid
from app.capability.rules import DEVELOPMENT_ONLY, Used
from app.capability.wording import progress_words, standing_words
from app.learning.life_wording import Names, explained
from app.web.page import Page
from app.web.words import day, plural

TITLES = {
    Which.PEOPLE: "People",
    Which.REQUIRED: "required",
    Which.COMPLETED: "required and completed",
    Which.USED: "required, completed and used in practice",
    Which.GAP: "required and not completed",
    Which.STARTED: "required and started",
    Which.NOT_STARTED: "required and not started",
    Which.OVERDUE: "past the date",
    Which.NO_PLACE: "no place offered",
    Which.UNDECIDED: "not decided",
    Which.PAUSED: "paused",
    Which.PAUSE_OVER: "pause has ended",
    Which.WAIVED: "waived",
    Which.NOT_REQUIRED: "not required",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    name: str
    href: str
    post: str
    team: str
    level: str
    need: str
    progress: str
    explained: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    template: ClassVar[str] = "capability/list.html"
    who_sees: ClassVar[str] = WHO_LEADS

    title: str
    count: str
    definition: str
    where: str
    lines: tuple[Line, ...]
    levels: bool
    used: Part | None
    """How many of those who completed it have used it since, and the list of them."""
    back: str
    development_only: str

    @classmethod
    def of(cls, grid: Grid, query: ListQuery, which: Which, by: date | None, path_for: PathFor, names: Names) -> Self:
        """`names` are those of the editions on which levels rest."""
        board = grid.filtered
        entries = board.entries(which, query.of, by)
        level = next((t.title for t in board.tiers if t.slug == query.of), "")
        people, links = which is Which.PEOPLE, Links(path_for, grid, query)
        return cls(
            title=TITLES[which] if people else f"{level or 'Every level'}: {TITLES[which]}",
            count=plural(len(entries), "person", "people") if level or people else plural(len(entries), "need"),
            definition=f"{DEFINITIONS[which]}{f' Dates up to {day(by)}.' if by else ''}",
            where=_where(grid, query),
            lines=tuple(_line(e, board.on, path_for, names) for e in entries),
            levels=not people,
            used=_used(entries, links, query) if which is Which.COMPLETED else None,
            back=links.grid(),
            development_only=DEVELOPMENT_ONLY,
        )


def _where(grid: Grid, query: ListQuery) -> str:
    filters = ", ".join([team_name(grid) or "every team", *chosen_words(query)])
    return f"{grid.place.directorate}, {filters}. As at {day(grid.whole.on)}."


def _used(entries: list[Entry], links: Links, query: ListQuery) -> Part:
    count = sum(entry.standing.progress.used is Used.YES for entry in entries)
    return replace(links.number(count, Which.USED, query.of), text=f"{count:,} of them used in practice since")


def _line(entry: Entry, today: date, path_for: PathFor, names: Names) -> Line:
    member, tier, standing = entry
    held = standing.progress.holding if tier else None
    return Line(
        name=member.list_name,
        href=path_for("capability:person", person_id=member.person_id),
        post=", ".join(part for part in (member.job_role, f"band {member.band}" if member.band else "") if part),
        team=member.team,
        level=tier.short if tier else "",
        need="" if tier is None else standing_words(standing, today),
        progress="" if tier is None else progress_words(standing.progress, offered=standing.offered),
        explained=explained(held, names, today) if held else "",
        late=tier is not None and Which.OVERDUE in kinds_of(standing, today),
    )
