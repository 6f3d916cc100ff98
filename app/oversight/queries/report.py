"""The report of the trust, or of one directorate, as at a day with what is known today, by so many statements."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.queries.standings import matrix_tiers
from app.curriculum.views import TierView
from app.kernel.db import ReadSession
from app.kernel.errors import NotFoundError
from app.learning.rules import add_months
from app.organisation.queries import DirectorateRow, directorates, leaves_of
from app.oversight.queries import levels, plans, trained
from app.oversight.queries.reach import check_reach, names_people, told
from app.oversight.queries.trained import Window
from app.oversight.rules.figures import (
    TRUST,
    YEAR,
    Happened,
    Level,
    Measure,
    Part,
    Report,
    Value,
    first_of_each,
    last_of,
    median_days,
    months_of,
)

WHOLE_TRUST = "The trust"
BESIDE = 0
"""Levels that stand beside the pyramid come last, under it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What the statements answered: for every directorate looked at, or for the one."""

    as_at: date
    months: tuple[date, ...]
    levels: tuple[TierView, ...]
    people: Mapping[int, int]
    held: Counter[tuple[int, str]]
    happened: Sequence[Happened]
    by_place: Mapping[int, Sequence[Happened]]
    each: Counter[tuple[int, date | None]]
    overdue: Counter[tuple[int, date]]
    wanted: Mapping[tuple[int, str], int]
    hours: Mapping[Measure, Counter[tuple[int, date]]]
    partners: Sequence[Happened] | None


def report_for(session: ReadSession, actor: Actor, directorate_id: int, as_at: date) -> Report:
    """What an actor may read of a directorate or of the TRUST; the board is told of no small numbers.

    Raises NotFoundError for what is out of reach, and for a directorate that was not there on that day.
    """
    check_reach(actor, Permission.SEE_OVERSIGHT, directorate_id)
    if names_people(actor, directorate_id):
        found = report_as_at(session, actor, as_at, directorate_id)
    else:
        # What is withheld of one directorate depends on all the others.
        found = told(actor, report_as_at(session, actor, as_at))
    if found.part(directorate_id) is None:
        raise NotFoundError("directorate")
    return found


def report_as_at(session: ReadSession, actor: Actor, as_at: date, directorate_id: int = TRUST) -> Report:
    """The figures, with nothing withheld: `report_for` is what people read. A fixed number of statements.

    Of one directorate, the report holds nothing but it. Raises NotFoundError for one that was not there on that day.
    """
    found = _found(session, as_at, directorate_id)
    open_then = [
        one
        for one in directorates(session, actor, Permission.SEE_OVERSIGHT, on=as_at)
        if directorate_id in (TRUST, one.id)
    ]
    parts = tuple(_part(found, one) for one in open_then)
    if directorate_id != TRUST and not parts:
        raise NotFoundError("directorate")
    return Report(
        as_at=as_at,
        months=found.months,
        levels=tuple(Level(t.slug, t.short, t.path.step or BESIDE) for t in found.levels),
        trust=_part(found, None) if directorate_id == TRUST else parts[0],
        parts=parts,
    )


def _found(session: ReadSession, as_at: date, directorate_id: int) -> _Found:
    months, tiers = months_of(as_at), matrix_tiers(session)
    slugs = [tier.slug for tier in tiers]
    leaves = leaves_of(session, None, as_at)
    window = Window(months[0], add_months(months[-1], 1))
    days = sorted({*map(last_of, months), as_at})
    people = levels.people(session, as_at, directorate_id)
    happened = trained.trained(session, window, slugs, leaves)
    return _Found(
        as_at=as_at,
        months=months,
        levels=tiers,
        people=people,
        held=levels.held(session, as_at, slugs, leaves, directorate_id),
        happened=happened,
        by_place=_by_place(happened),
        each=_each_once(happened, months),
        overdue=levels.overdue(session, days, slugs, leaves),
        wanted=plans.wanted(session, as_at, people),
        hours={
            Measure.PROMISED: plans.promised(session, months, as_at, directorate_id),
            Measure.GIVEN: plans.given(session, window, directorate_id),
        },
        partners=trained.partners_trained(session, window) if directorate_id == TRUST else None,
    )


def _part(found: _Found, directorate: DirectorateRow | None) -> Part:
    """One directorate of what was found, or all of it."""
    here = None if directorate is None else directorate.id
    monthly, totals, timed = _learning(found, here)
    for measure, minutes in found.hours.items():
        monthly[measure] = tuple(float(_sum(minutes, here, month)) for month in found.months)
        totals[measure] = sum(value or 0 for value in monthly[measure][-YEAR:])
    late = [float(_sum(found.overdue, here, last_of(month))) for month in found.months]
    monthly[Measure.OVERDUE], totals[Measure.OVERDUE] = tuple(late), _sum(found.overdue, here, found.as_at)
    if here is None and found.partners is not None:
        partners = [first_of_each(month) for month in _by_month(found.partners, found.months)]
        monthly[Measure.PARTNERS] = tuple(float(len(month)) for month in partners)
        totals[Measure.PARTNERS] = len(first_of_each([one for month in partners[-YEAR:] for one in month]))
    return Part(
        directorate_id=here or TRUST,
        name=directorate.name if directorate else WHOLE_TRUST,
        people=found.people.get(here, 0) if here else sum(found.people.values()),
        held={tier.slug: _sum(found.held, here, tier.slug) for tier in found.levels},
        wanted=_wanted(found, here),
        monthly=monthly,
        totals=totals,
        timed=timed[:-1],
        timed_year=timed[-1],
    )


def _learning(
    found: _Found, here: int | None
) -> tuple[dict[Measure, tuple[Value, ...]], dict[Measure, Value], tuple[int, ...]]:
    """People trained and their days, by month and in the year; and of how many people the days are, likewise."""
    by_month = _by_month(found.happened if here is None else found.by_place.get(here, ()), found.months)
    medians = [median_days(month) for month in by_month]
    days, timed = median_days([one for month in by_month[-YEAR:] for one in month])
    return (
        {
            Measure.TRAINED: tuple(float(_sum(found.each, here, month)) for month in found.months),
            Measure.DAYS: tuple(value for value, _ in medians),
        },
        {Measure.TRAINED: _sum(found.each, here, None), Measure.DAYS: days},
        (*(count for _, count in medians), timed),
    )


def _each_once(happened: Sequence[Happened], months: Sequence[date]) -> Counter[tuple[int, date | None]]:
    """People by directorate and month, and in the year (None): each where they were at their first in that time.

    So the directorates add up to the trust.
    """
    by_month = _by_month(happened, months)
    found: Counter[tuple[int, date | None]] = Counter()
    for month, those in zip(months, by_month, strict=True):
        found.update((one.directorate_id, month) for one in first_of_each(those))
    year = [one for month in by_month[-YEAR:] for one in month]
    found.update((one.directorate_id, None) for one in first_of_each(year))
    return found


def _by_place(happened: Sequence[Happened]) -> dict[int, list[Happened]]:
    found: dict[int, list[Happened]] = defaultdict(list)
    for one in happened:
        found[one.directorate_id].append(one)
    return found


def _sum(counts: Counter[Any], here: int | None, of: object) -> int:
    """What is counted of a level, a month or a day in one directorate, or in all of them."""
    return counts[here, of] if here else sum(count for (_, one), count in counts.items() if one == of)


def _wanted(found: _Found, here: int | None) -> dict[str, int]:
    """The targets of a directorate; of the trust, what those of its directorates come to, where any has one."""
    sums: Counter[str] = Counter()
    for (place, level), count in found.wanted.items():
        if here in (None, place) and place in found.people:
            sums[level] += count
    return dict(sums)


def _by_month(happened: Sequence[Happened], months: Sequence[date]) -> list[list[Happened]]:
    places = {month: number for number, month in enumerate(months)}
    found: list[list[Happened]] = [[] for _ in months]
    for one in happened:
        found[places[one.on.replace(day=1)]].append(one)
    return found
