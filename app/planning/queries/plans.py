"""The plan of a directorate, or of every directorate in reach: what is wanted, there, and to come, tier by tier.

A fixed number of statements, however many people and directorates.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.queries.standings import AsAt, Standings, matrix_tiers, standings
from app.cohorts.queries import CohortRow, cohorts_between, offered
from app.cohorts.rules import Share
from app.curriculum.views import TierView
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import DirectorateRow, directorates, people_condition
from app.planning.counting import Counted, What, counts_as
from app.planning.queries.targets import TargetRow, open_targets
from app.planning.rules import YEARS_AHEAD, financial_year, gap, people_wanted, year_end

_person, _employment, _team = table(Person), table(Employment), table(Team)
_posts = _employment.join(_team, _team.c.id == _employment.c.team_id)
Counts = Counter[tuple[int, str, str, What]]
"""By directorate, staff group, tier (empty for STAFF) and what is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One tier of one directorate, or one staff group in it. `places` end within the year, `later` after it."""

    directorate: DirectorateRow
    tier: TierView
    staff_group: str
    target: TargetRow | None
    counted: Counted
    places: Share
    later: Share

    @property
    def wanted(self) -> int | None:
        if self.target is None:
            return None
        return people_wanted(self.target.kind, self.target.value, self.counted.staff)

    @property
    def gap(self) -> int | None:
        return gap(self.wanted, self.counted.held)


@dataclass(frozen=True, slots=True)
class Plan:
    """`chosen` are the directorates looked at, of those in reach; `cohorts` are the planned ones from today on."""

    directorates: tuple[DirectorateRow, ...]
    chosen: tuple[DirectorateRow, ...]
    year: int
    years: tuple[int, ...]
    on: date
    tiers: tuple[TierView, ...]
    lines: tuple[Line, ...]
    cohorts: tuple[CohortRow, ...]

    @property
    def one(self) -> DirectorateRow | None:
        """The directorate that is looked at; None when it is several."""
        return self.chosen[0] if len(self.chosen) == 1 else None


@dataclass(frozen=True, slots=True)
class Behind:
    """One person behind a number."""

    person_id: int
    list_name: str
    job_role: str
    band: str
    team: str
    staff_group: str


def plan(session: ReadSession, actor: Actor, directorate_id: int, year: int, now: datetime) -> Plan | None:
    """None when the actor leads no whole directorate. Raises NotFoundError for one out of reach, or no such year."""
    today = london_date(now)
    reached, chosen = chosen_of(session, actor, directorate_id, today)
    if not chosen:
        return None
    years = years_from(today)
    if year and year not in years:
        raise NotFoundError("year")
    year = year or years[0]
    tiers = matrix_tiers(session)
    counts = _counts(session, actor, chosen, AsAt.of(today, now), tiers)
    targets = open_targets(session, [d.id for d in chosen], year)
    ahead = cohorts_between(session, today, year_end(year + 2))
    return Plan(
        tuple(reached),
        tuple(chosen),
        year,
        years,
        today,
        tiers,
        tuple(_lines(chosen, tiers, targets, counts, ahead, year)),
        tuple(ahead),
    )


def years_from(today: date) -> tuple[int, ...]:
    """This financial year and those for which targets can be set."""
    this = financial_year(today)
    return tuple(range(this, this + YEARS_AHEAD + 1))


def behind(
    session: ReadSession, actor: Actor, directorate_id: int, tier: str, what: What, group: str, now: datetime
) -> tuple[DirectorateRow, TierView, list[Behind]]:
    """The people behind a number of one directorate (0: the first), by name; `tier` empty is the first.

    Raises NotFoundError for what is not in reach.
    """
    today = london_date(now)
    reached, chosen = chosen_of(session, actor, directorate_id, today)
    tiers = matrix_tiers(session)
    level = next((t for t in tiers if tier in ("", t.slug)), None)
    if not reached or level is None:
        raise NotFoundError("list")
    chosen = chosen[:1]
    here = _here(actor, chosen, today)
    people = sa.select(_employment.c.person_id).select_from(_posts).where(here)
    known = standings(session, people, AsAt.of(today, now), (level,))
    rows = session.execute(
        sa.select(
            _person.c.id,
            _person.c.list_name,
            _employment.c.job_role,
            _employment.c.band,
            _team.c.name,
            _employment.c.staff_group,
        )
        .select_from(_posts.join(_person, _person.c.id == _employment.c.person_id))
        .where(here)
        .order_by(_person.c.sort_key, _person.c.id)
    )
    found = [Behind(*row) for row in rows if group in ("", row.staff_group)]
    return chosen[0], level, [b for b in found if _counts_in(known, b.person_id, what)]


def _counts_in(known: Standings, person_id: int, what: What) -> bool:
    return what is What.STAFF or counts_as(known.of(person_id)[0]) is what


def chosen_of(
    session: ReadSession, actor: Actor, directorate_id: int, today: date
) -> tuple[Sequence[DirectorateRow], Sequence[DirectorateRow]]:
    """The whole directorates in reach, and those of them to look at. Raises NotFoundError for any other."""
    reached = directorates(session, actor, Permission.SEE_CAPABILITY, today)
    if not directorate_id:
        return reached, reached
    chosen = [d for d in reached if d.id == directorate_id]
    if not chosen:
        raise NotFoundError("directorate")
    return reached, chosen


def target_place(
    session: ReadSession, actor: Actor, directorate_id: int, year: int, today: date
) -> tuple[DirectorateRow, Sequence[DirectorateRow], int, tuple[int, ...]]:
    """Where targets are set: a directorate (0: the first), those there are, the year (0: this one) and those there are.

    Raises NotFoundError for any other.
    """
    reached, years = directorates(session, actor, Permission.SET_TARGETS, today), years_from(today)
    here = next((d for d in reached if directorate_id in (0, d.id)), None)
    if here is None or year not in (0, *years):
        raise NotFoundError("directorate")
    return here, reached, year or years[0], years


def _here(actor: Actor, chosen: Sequence[DirectorateRow], today: date) -> sa.ColumnElement[bool]:
    in_them = _team.c.directorate_id.in_([d.id for d in chosen])
    return sa.and_(people_condition(actor, Permission.SEE_CAPABILITY, today), in_them)


def _counts(
    session: ReadSession, actor: Actor, chosen: Sequence[DirectorateRow], when: AsAt, tiers: tuple[TierView, ...]
) -> Counts:
    here = _here(actor, chosen, when.on)
    people = sa.select(_employment.c.person_id).select_from(_posts).where(here)
    known = standings(session, people, when, tiers)
    found: Counts = Counter()
    wanted = sa.select(_employment.c.person_id, _team.c.directorate_id, _employment.c.staff_group)
    for person_id, directorate_id, group in session.execute(wanted.select_from(_posts).where(here)):
        found[directorate_id, group, "", What.STAFF] += 1
        for tier, standing in zip(tiers, known.of(person_id), strict=True):
            if what := counts_as(standing):
                found[directorate_id, group, tier.slug, what] += 1
    return found


def _lines(
    chosen: Sequence[DirectorateRow],
    tiers: Sequence[TierView],
    targets: Sequence[TargetRow],
    counts: Counts,
    ahead: Sequence[CohortRow],
    year: int,
) -> Iterator[Line]:
    """For each directorate and tier the whole of it, and then each staff group that has a target of its own."""
    end = year_end(year)
    for directorate in chosen:
        within = offered((c for c in ahead if c.ends_on <= end), directorate.id)
        later = offered((c for c in ahead if c.ends_on > end), directorate.id)
        for tier in tiers:
            own = {t.staff_group: t for t in targets if (t.directorate_id, t.tier) == (directorate.id, tier.slug)}
            for group in ("", *sorted(g for g in own if g)):
                yield Line(
                    directorate=directorate,
                    tier=tier,
                    staff_group=group,
                    target=own.get(group),
                    counted=_counted(counts, directorate.id, tier.slug, group),
                    places=Share() if group else within.get(tier.slug, Share()),
                    later=Share() if group else later.get(tier.slug, Share()),
                )


def _counted(counts: Mapping[Any, int], directorate_id: int, tier: str, group: str) -> Counted:
    def of(what: What) -> int:
        level = "" if what is What.STAFF else tier
        return sum(
            number
            for (place, its_group, its_tier, its_what), number in counts.items()
            if (place, its_tier, its_what) == (directorate_id, level, what) and group in ("", its_group)
        )

    return Counted(**{what.value: of(what) for what in What})
