"""The plan of every directorate in reach, beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.capability.rules import DEVELOPMENT_ONLY
from app.planning.pages.plan import Choice, Links, PathFor, choices, definitions, years
from app.planning.queries.plans import Line, Plan
from app.planning.rules import year_end
from app.planning.wording import year_words
from app.web.page import Page
from app.web.words import day, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    level: str
    words: str
    gap: str
    missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectorateRow:
    name: str
    href: str
    staff: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAllPage(Page):
    """Every directorate in reach: held of target for each level, and what is missing."""

    template: ClassVar[str] = "planning/plan_all.html"
    who_sees: ClassVar[str] = "You, and others who lead several directorates; the QI team sees all of them."

    say: str
    directorates: tuple[Choice, ...]
    years: tuple[Choice, ...]
    year: str
    columns: tuple[str, ...]
    rows: tuple[DirectorateRow, ...]
    totals: tuple[Cell, ...]
    definitions: tuple[tuple[str, str], ...]
    year_number: int
    links: Links
    development_only: str

    @classmethod
    def of(cls, plan: Plan, links: Links, path_for: PathFor) -> Self:
        whole = [line for line in plan.lines if not line.staff_group]
        return cls(
            say=_say_all(plan, whole),
            directorates=choices(plan, 0),
            years=years(plan),
            year=year_words(plan.year),
            columns=tuple(t.short for t in plan.tiers),
            rows=tuple(
                DirectorateRow(
                    name=d.name,
                    href=path_for("planning:plan", directorate=d.id, year=plan.year),
                    staff=f"{next(x.counted.staff for x in whole if x.directorate.id == d.id):,}",
                    cells=tuple(_cell([x]) for x in whole if x.directorate.id == d.id),
                )
                for d in plan.chosen
            ),
            totals=tuple(_cell([x for x in whole if x.tier.slug == t.slug]) for t in plan.tiers),
            definitions=definitions(),
            year_number=plan.year,
            links=links,
            development_only=DEVELOPMENT_ONLY,
        )


def _say_all(plan: Plan, whole: Sequence[Line]) -> str:
    missing = sum(line.gap or 0 for line in whole)
    in_groups = sum(line.gap or 0 for line in plan.lines if line.staff_group)
    unset = [d.name for d in plan.chosen if not any(x.target for x in plan.lines if x.directorate.id == d.id)]
    said = f"Until {day(year_end(plan.year))}, {plural(missing, 'level is', 'levels are')} still to be reached."
    if in_groups:
        said += f" Staff groups with a target of their own miss {in_groups:,}."
    if not unset:
        return said
    return f"{said} {plural(len(unset), 'directorate has', 'directorates have')} no target for that year."


def _cell(lines: Sequence[Line]) -> Cell:
    held = sum(line.counted.held for line in lines)
    wanted = [line.wanted for line in lines if line.wanted is not None]
    missing = sum(line.gap or 0 for line in lines)
    return Cell(
        level=lines[0].tier.short if lines else "",
        words=f"{held:,} of {sum(wanted):,}" if wanted else f"{held:,}, no target",
        gap=f"{missing:,} missing" if missing else "",
        missing=bool(missing),
    )
