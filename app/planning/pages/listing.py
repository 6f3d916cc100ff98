"""The people behind a number of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from app.capability.rules import DEVELOPMENT_ONLY
from app.curriculum.views import TierView
from app.organisation.queries import DirectorateRow
from app.planning.counting import DEFINITIONS, What
from app.planning.pages.plan import WHO_SEES, PathFor
from app.planning.queries.plans import Behind
from app.web.page import Page
from app.web.words import day, plural

TITLES = {
    What.STAFF: "Staff",
    What.HELD: "hold it",
    What.LEARNING: "learning",
    What.NEEDED: "needed and not begun",
    What.REQUESTED: "requested",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    name: str
    href: str
    post: str
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanListPage(Page):
    template: ClassVar[str] = "planning/list.html"
    who_sees: ClassVar[str] = WHO_SEES

    title: str
    count: str
    definition: str
    where: str
    lines: tuple[Line, ...]
    back: str
    development_only: str

    @classmethod
    def of(
        cls,
        found: tuple[DirectorateRow, TierView, Sequence[Behind]],
        what: What,
        group: str,
        year: str,
        path_for: PathFor,
        today: date,
    ) -> Self:
        directorate, tier, people = found
        return cls(
            title=TITLES[what] if what is What.STAFF else f"{tier.title}: {TITLES[what]}",
            count=plural(len(people), "person", "people"),
            definition=DEFINITIONS[what],
            where=f"{directorate.name}{f', {group}' if group else ''}. As at {day(today)}.",
            lines=tuple(
                Line(
                    name=one.list_name,
                    href=path_for("capability:person", person_id=one.person_id),
                    post=f"{one.job_role}, band {one.band}" if one.band else one.job_role,
                    team=one.team,
                )
                for one in people
            ),
            back=path_for("planning:plan", directorate=directorate.id, year=year),
            development_only=DEVELOPMENT_ONLY,
        )
