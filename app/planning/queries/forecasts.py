"""What a forecast begins with: people, holders, rates, planned places and the target, for each directorate in reach.

A fixed number of statements, however many directorates and people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.access.permissions import Permission
from app.capability.queries.standings import matrix_tiers
from app.capability.rules import months_before, places_offered
from app.cohorts.queries import CohortRow, cohorts
from app.cohorts.rules import CohortState
from app.curriculum.views import TierView
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.queries import DirectorateRow, directorates
from app.planning.forecast.fan import Goal
from app.planning.forecast.places import Planned, months_until, places_ahead
from app.planning.forecast.rates import Estimate, Past, estimate, headcounts, together
from app.planning.forecast.runs import MONTHS_AHEAD, Start
from app.planning.models import Target
from app.planning.queries.history import History, history
from app.planning.queries.holders import Here, Holders, holders
from app.planning.rules import TargetKind, financial_year, year_end

_target = table(Target)


@dataclass(frozen=True, slots=True)
class Aim:
    """A target that is ahead: what it asks for, and by when."""

    goal: Goal
    by: date
    staff_group: str

    def month(self, today: date) -> int:
        """After how many months from today the target's day has come."""
        return months_until(today, self.by) + 1


@dataclass(frozen=True, slots=True)
class Setting:
    """One directorate at one level. `planned` are the places of each month, `cohorts` how many planned ones give any.

    `granted` were granted the level within the last twelve whole months.
    """

    directorate: DirectorateRow
    here: Here
    estimate: Estimate
    planned: tuple[int, ...]
    cohorts: int
    aim: Aim | None
    granted: int

    @property
    def start(self) -> Start:
        due = tuple(self.here.due.get(month, 0) for month in range(MONTHS_AHEAD))
        return Start(self.here.headcount, self.here.holders, self.here.waiting, due)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every whole directorate in reach at one level. `groups` have a target of their own; `months` of history."""

    tier: TierView
    tiers: tuple[TierView, ...]
    group: str
    groups: tuple[str, ...]
    months: int
    today: date
    every: tuple[Setting, ...]

    def one(self, directorate_id: int) -> Setting:
        """The directorate asked for, or the first. Raises NotFoundError for one out of reach."""
        found = next((s for s in self.every if directorate_id in {0, s.directorate.id}), None)
        if found is None:
            raise NotFoundError("directorate")
        return found


def settings(session: ReadSession, actor: Actor, tier: str, today: date, group: str = "") -> Settings | None:
    """None when the actor reaches no whole directorate. Raises NotFoundError for a tier or group that is not there.

    Directorates out of reach count in the rates of the trust and in the sharing of places, and are not told.
    """
    reached = directorates(session, actor, Permission.SEE_CAPABILITY, today)
    if not reached:
        return None
    tiers = matrix_tiers(session)
    level = _level(tiers, tier)
    ids = {one.id for one in reached}
    targets = [one for one in _targets(session, level.slug, today) if one[0] in ids]
    groups = tuple(sorted({aim.staff_group for _, aim in targets if aim.staff_group}))
    if group and group not in groups:
        raise NotFoundError("staff group")
    past = history(session, level.slug, today, group)
    since = next(iter(months_before(today, past.months)), today.replace(day=1))
    there = holders(session, level.slug, today, since)
    every = directorates(session, SYSTEM, Permission.SEE_CAPABILITY, today)
    planned = [c for c in cohorts(session, today) if c.tier == level.slug and c.state is CohortState.PLANNED]
    counting = _Counting(level, group, today, past, there, every, planned)
    return Settings(
        level,
        tiers,
        group,
        groups,
        past.months,
        today,
        tuple(counting.setting(one, [aim for place, aim in targets if place == one.id]) for one in reached),
    )


def _level(tiers: Sequence[TierView], slug: str) -> TierView:
    """The tier asked for, or the first that is taught in cohorts: a forecast is about places."""
    in_cohorts = [one for one in tiers if not places_offered(one.delivered)]
    found = next((one for one in (tiers if slug else in_cohorts or tiers) if slug in {"", one.slug}), None)
    if found is None:
        raise NotFoundError("level")
    return found


def _targets(session: ReadSession, tier: str, today: date) -> list[tuple[int, Aim]]:
    """Targets in force whose day is still to come, the soonest first, each with its directorate."""
    t = _target.c
    rows = session.execute(
        sa.select(t.directorate_id, t.kind, t.value, t.year, t.staff_group)
        .where(t.tier == tier, t.year >= financial_year(today), t.superseded_at.is_(None))
        .order_by(t.year)
    )
    return [
        (place, Aim(Goal(value, kind is TargetKind.PER_CENT), year_end(year), group))
        for place, kind, value, year, group in rows
    ]


class _Counting:
    """Puts together what was found, for each directorate."""

    def __init__(
        self,
        tier: TierView,
        group: str,
        today: date,
        past: History,
        there: Holders,
        every: Sequence[DirectorateRow],
        planned: Sequence[CohortRow],
    ) -> None:
        self.tier, self.group, self.today, self.past, self.there = tier, group, today, past, there
        self.cohorts = [Planned(c.ends_on, c.places, c.by_directorate) for c in planned]
        self.without = {one.id: there.of(one.id).without for one in every}
        self.places = places_ahead(self.cohorts, self.without, list(self.without), today, MONTHS_AHEAD)
        self.trust = together(self._past(one) for one in every)._replace(ended=there.ended, lapsed=there.lapsed)

    def setting(self, one: DirectorateRow, aims: Sequence[Aim]) -> Setting:
        here = self.there.of(one.id, self.group)
        always_open = places_offered(self.tier.delivered)
        found = estimate(self._past(one), self.trust, here.headcount, self.past.begun, always_open=always_open)
        granted = self.past.of(one.id).granted
        return Setting(
            one,
            here,
            found,
            self._places(one.id, here),
            sum(not c.kept or one.id in c.kept for c in self.cohorts),
            next((aim for aim in aims if aim.staff_group == self.group), None),
            sum(count for month, count in granted.items() if month <= 12),  # noqa: PLR2004  a year
        )

    def _places(self, directorate_id: int, here: Here) -> tuple[int, ...]:
        """For a staff group its part of the directorate's places, by the people without the level."""
        places = self.places.get(directorate_id, (0,) * MONTHS_AHEAD)
        if not self.group:
            return places
        part, whole = here.without, self.without.get(directorate_id, 0)
        if not whole:
            part, whole = here.headcount, max(self.there.of(directorate_id).headcount, 1)
        until = [count * part // whole for count in accumulate(places, initial=0)]
        return tuple(after - before for before, after in pairwise(until))

    def _past(self, one: DirectorateRow) -> Past:
        """What was counted there, from the month after it was opened on."""
        flow, here = self.past.of(one.id), self.there.of(one.id, self.group)
        months = min(self.past.months, max(months_until(one.starts_on, self.today) - 1, 0))
        back = range(months, 0, -1)
        joined, left = [flow.joined.get(m, 0) for m in back], [flow.left.get(m, 0) for m in back]
        person_months = sum(headcounts(here.headcount, joined, left))
        held_by_all = here.headcount * self.past.months
        held = here.held_months / held_by_all if held_by_all else 0.0
        return Past(
            months=months,
            person_months=person_months,
            joined=sum(joined),
            left=sum(left),
            brought=min(flow.brought, sum(joined)),
            unplanned=sum(flow.granted.get(m, 0) for m in back),
            without_months=person_months * max(1 - held, 0.0),
        )
