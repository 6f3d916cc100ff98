"""Planned cohorts as a calendar: a line for each month, a column for each level."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.cohorts.queries import CohortRow
from app.cohorts.rules import CohortState
from app.cohorts.wording import WHO_SEES, days_words, for_words
from app.curriculum.views import TierView
from app.kernel.clock import london_date
from app.learning.rules import add_months
from app.web.page import Page
from app.web.words import day, plural

PathFor = Callable[..., str]
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A cohort in its month."""

    title: str
    href: str
    days: str
    places: str
    whom: str
    going_on: bool
    """It began in an earlier month than the calendar shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    month: str
    places: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedLine:
    title: str
    level: str
    days: str
    why: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage(Page):
    template: ClassVar[str] = "cohorts/calendar.html"
    who_sees: ClassVar[str] = WHO_SEES

    say: str
    columns: tuple[str, ...]
    rows: tuple[MonthRow, ...]
    totals: tuple[Cell, ...]
    dropped: tuple[DroppedLine, ...]

    @classmethod
    def of(
        cls, found: Sequence[CohortRow], tiers: Sequence[TierView], path_for: PathFor, today: date
    ) -> "CalendarPage":
        planned = [c for c in found if c.state is CohortState.PLANNED]
        shown = [t for t in tiers if any(c.tier == t.slug for c in planned)]
        last = max((c.starts_on for c in planned), default=today)
        return cls(
            say=_say(planned),
            columns=tuple(t.short for t in shown),
            rows=tuple(_month(m, planned, shown, path_for, today) for m in _months(today, last)) if planned else (),
            totals=tuple(_total(t, planned) for t in shown),
            dropped=tuple(_dropped(c) for c in found if c.state is CohortState.DROPPED),
        )


def _say(planned: Sequence[CohortRow]) -> str:
    if not planned:
        return "No cohort is planned yet."
    places = plural(sum(c.places for c in planned), "place")
    return f"{plural(len(planned), 'cohort is', 'cohorts are')} planned, with {places} in all."


def _months(today: date, last: date) -> list[date]:
    """This month and those after it: a year, or as many as it takes to the last first day."""
    first = today.replace(day=1)
    more = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, turn) for turn in range(max(MONTHS, more))]


def _month(
    month: date, planned: Sequence[CohortRow], tiers: Sequence[TierView], path_for: PathFor, today: date
) -> MonthRow:
    this = month == today.replace(day=1)
    here = [c for c in planned if c.starts_on.replace(day=1) == month or (this and c.starts_on < month)]
    by_tier: dict[str, list[CohortRow]] = defaultdict(list)
    for cohort in here:
        by_tier[cohort.tier].append(cohort)
    return MonthRow(
        month=f"{month:%B %Y}",
        places=f"{sum(c.places for c in here):,}" if here else "",
        cells=tuple(
            Cell(label=t.short, entries=tuple(_entry(c, path_for, month) for c in by_tier[t.slug])) for t in tiers
        ),
    )


def _entry(cohort: CohortRow, path_for: PathFor, month: date) -> Entry:
    return Entry(
        title=cohort.title,
        href=path_for("cohorts:cohort", cohort_id=cohort.id),
        days=days_words(cohort.starts_on, cohort.ends_on),
        places=plural(cohort.places, "place"),
        whom=for_words(cohort.kept),
        going_on=cohort.starts_on < month,
    )


def _total(tier: TierView, planned: Sequence[CohortRow]) -> Cell:
    of_tier = [c for c in planned if c.tier == tier.slug]
    words = f"{plural(sum(c.places for c in of_tier), 'place')} in {plural(len(of_tier), 'cohort')}"
    return Cell(
        label=tier.short,
        entries=(Entry(title=words, href="", days="", places="", whom="", going_on=False),),
    )


def _dropped(cohort: CohortRow) -> DroppedLine:
    return DroppedLine(
        title=cohort.title,
        level=cohort.tier_title,
        days=days_words(cohort.starts_on, cohort.ends_on),
        why=cohort.why_dropped,
        on=day(london_date(cohort.dropped_at)) if cohort.dropped_at else "",
    )
