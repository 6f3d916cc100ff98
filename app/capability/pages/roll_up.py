"""The whole trust at a glance, where there are too many people to show by name: its directorates, level by level."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from markupsafe import Markup

from app.capability.board import Which
from app.capability.choosing import EVERY_TEAM, GridQuery
from app.capability.pages.filters import FilterBar, chosen_words
from app.capability.pages.links import Links
from app.capability.pages.parts import Kept, Part, PathFor, kept
from app.capability.pages.rows import NO_ROWS, total_rows
from app.capability.pages.teams import WHO_LEADS
from app.capability.pages.totals import Column, Definition, columns_of_all, definitions, rolled_up
from app.capability.queries.kept import KeptView
from app.capability.queries.roll_up import RollUp
from app.capability.rules import DEVELOPMENT_ONLY
from app.curriculum.views import TierView
from app.web.page import FieldError, Page, errors_of
from app.web.words import day, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelBar:
    """One level in the whole trust: how many who need it have completed it, as numbers and as a bar."""

    title: str
    completed: Part
    required: Part
    overdue: Part
    done: int
    of: int
    per_cent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUpPage(Page):
    template: ClassVar[str] = "capability/roll_up.html"
    who_sees: ClassVar[str] = WHO_LEADS

    title: str
    say: str
    views: tuple[Part, ...]
    selection: str
    filters: FilterBar
    errors: tuple[FieldError, ...]
    kept: tuple[Kept, ...]
    bars: tuple[LevelBar, ...]
    columns: tuple[Column, ...]
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
        rolled: RollUp,
        query: GridQuery,
        views: Sequence[KeptView],
        path_for: PathFor,
        errors: Mapping[str, str],
        *,
        ratings: tuple[str, str, str],
    ) -> Self:
        """`ratings`: where people are judged, where their skills are, and the counts."""
        links = Links(path_for, rolled, query)
        columns = tuple(columns_of_all(rolled, links))
        return cls(
            title=rolled.place.directorate,
            say=_say(rolled, query),
            views=tuple(Part(text=v.name, href=path_for("capability:teams", **v.query)) for v in views),
            selection="",
            filters=FilterBar.of_totals(rolled, query),
            errors=errors_of(errors),
            kept=kept(links.carried),
            bars=tuple(_bars(rolled, links)),
            columns=columns,
            directorates=total_rows(rolled_up(rolled, links), columns),
            teams=NO_ROWS,
            over_time="",
            plan="",
            time="",
            ratings=ratings[0],
            skills=ratings[1],
            counts=ratings[2],
            definitions=tuple(definitions()),
            development_only=DEVELOPMENT_ONLY,
        )


def _say(rolled: RollUp, query: GridQuery) -> str:
    only = f" (only {', '.join(chosen_words(query))})" if chosen_words(query) else ""
    places = sum(1 for count in rolled.people.values() if count)
    return (
        f"{rolled.people.total():,} people{only} in {plural(places, 'directorate')}, as at {day(rolled.on)}. "
        "They are too many to show by name: choose a directorate, or open a number."
    )


def _bars(rolled: RollUp, links: Links) -> Iterator[LevelBar]:
    for tier in rolled.tiers:
        if rolled.total(tier.slug, Which.REQUIRED):
            yield _bar(rolled, tier, links)


def _bar(rolled: RollUp, tier: TierView, links: Links) -> LevelBar:
    counts = {w: rolled.total(tier.slug, w) for w in (Which.COMPLETED, Which.REQUIRED, Which.OVERDUE)}
    numbers = {w: links.number(count, w, tier.slug, team=EVERY_TEAM) for w, count in counts.items()}
    done, of = counts[Which.COMPLETED], counts[Which.REQUIRED]
    return LevelBar(
        title=tier.title,
        completed=numbers[Which.COMPLETED],
        required=numbers[Which.REQUIRED],
        overdue=numbers[Which.OVERDUE],
        done=done,
        of=of,
        per_cent=f"{100 * done // of} per cent",
    )
