"""Progress as a chart over time: for each level, how many came to hold it each month."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.capability.choosing import EVERY_TEAM
from app.capability.pages.parts import PathFor
from app.capability.pages.teams import WHO_LEADS
from app.capability.queries.over_time import OverTime, Reached
from app.charts import NHS_MAKING_DATA_COUNT, ChartKind, Plan, Series, Wanted, analyse
from app.charts.drawing.picture import figure
from app.curriculum.views import TierView
from app.web.page import Page
from app.web.words import month, plural, short_day


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedLine:
    name: str
    team: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLine:
    slug: str
    title: str
    total: str
    chart_html: str
    reached: tuple[ReachedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTimePage(Page):
    template: ClassVar[str] = "capability/over_time.html"
    who_sees: ClassVar[str] = WHO_LEADS

    directorate: str
    grid: str
    report: str
    say: str
    levels: tuple[LevelLine, ...]

    @classmethod
    def of(cls, found: OverTime, path_for: PathFor) -> Self:
        place = {"directorate": str(found.place.directorate_id), "team": EVERY_TEAM}
        span = f"{month(found.months[0])} to {month(found.months[-1])}"
        nobody = "" if found.levels else " Nobody came to hold a level here in that time."
        return cls(
            directorate=found.place.directorate,
            grid=path_for("capability:teams", **place),
            report=_report(found, path_for),
            say=f"How many people came to hold a level each month, {span}, where they then worked.{nobody}",
            levels=tuple(
                LevelLine(
                    slug=tier.slug,
                    title=tier.short,
                    total=f"{plural(len(reached), 'person', 'people')} in these {len(found.months)} months",
                    chart_html=_chart(found, tier, reached),
                    reached=tuple(ReachedLine(name=r.name, team=r.team, on=short_day(r.on)) for r in reached),
                )
                for tier, reached in found.levels
            ),
        )


def _report(found: OverTime, path_for: PathFor) -> str:
    """Whoever leads some teams of a directorate reads no report of all of it."""
    return path_for("oversight:directorate", directorate_id=found.place.directorate_id) if found.whole else ""


def _chart(found: OverTime, tier: TierView, reached: Sequence[Reached]) -> str:
    """A C chart: how often something happens in months that are alike. Read by the rules that the courses teach."""
    series = Series.of(f"{tier.short}: people who came to hold it", found.months, found.counts(reached))
    plan = Plan(ChartKind.C, NHS_MAKING_DATA_COUNT, wanted=Wanted.INCREASE)
    return figure(analyse(series, plan), f"over-time-{tier.slug}")
