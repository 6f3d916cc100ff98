"""A month's joiners, movers and leavers in reach: what each needs today, and what a team loses with those who went."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.month import CAME, WENT, Event, Month, Part, Turn, gone_from, the_only_one
from app.capability.queries.spells import colleagues_in, counted
from app.capability.queries.standings import AsAt, Standings, matrix_tiers, standings
from app.capability.rules import HELD, Held, NeedSource, Progress, progress_of
from app.curriculum.views import TierView
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.queries import Histories, histories
from app.organisation.models import Directorate, Employment, Person, Team
from app.organisation.queries import people_condition, teams

_person, _employment, _team, _directorate = table(Person), table(Employment), table(Team), table(Directorate)
_begun_post = _employment.alias("begun_post")

EVERY_DIRECTORATE = -1
"""All that the actor reaches; 0 is the only one there is, or all where there are several."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A level that somebody held on their last day, and whether nobody of those who stay in their team holds it."""

    tier: TierView
    progress: Progress
    only_one: bool


@dataclass(frozen=True, slots=True)
class Here:
    """Where somebody works today, within reach."""

    team_id: int
    directorate_id: int


@dataclass(frozen=True, slots=True)
class MonthFound:
    """`directorates` are those in reach in that month; `now` says where those who came work today, if in reach."""

    month: Month
    part: Part
    directorates: tuple[tuple[int, str], ...]
    events: tuple[Event, ...]
    now: dict[int, Here]
    known: Standings
    lost: dict[tuple[int, date], tuple[Lost, ...]]
    today: date

    @property
    def place(self) -> str:
        """The directorate that is looked at; nothing when it is all of them."""
        return next((name for i, name in self.directorates if i == self.part.directorate_id), "")

    def of(self, turn: Turn) -> list[Event]:
        return [e for e in self.events if e.turn is turn]

    def decided(self, person_id: int) -> bool:
        """Whether a lead decided anything about somebody: the introduction is asked of every starter by itself."""
        return any(s.need is not None and s.source is not NeedSource.STARTER for s in self.known.of(person_id))

    def waiting(self) -> set[int]:
        """Those who came, are in reach today, and about whom no lead decided anything."""
        return {e.person_id for e in self.events if e.turn in CAME and e.person_id in self.now} - {
            p for p in self.now if self.decided(p)
        }


def this_month(session: ReadSession, actor: Actor, directorate_id: int, today: date) -> tuple[Event, ...]:
    """What happened in a directorate's teams in reach this month, what is known to come included."""
    return counted(session, actor.reach(Permission.SEE_CAPABILITY), directorate_id, Month.of(today))


def month_of(session: ReadSession, actor: Actor, directorate_id: int, month: Month, now: datetime) -> MonthFound | None:
    """None when the actor reaches no team. Raises NotFoundError for a directorate out of reach, or none of ours."""
    today = london_date(now)
    reach = actor.reach(Permission.SEE_CAPABILITY)
    directorates = _directorates(session, actor, month)
    if not directorates and directorate_id in (0, EVERY_DIRECTORATE):
        return None
    chosen = _chosen(directorate_id, directorates)
    found = counted(session, reach, chosen, month)
    here, known = _today(session, actor, month, now)
    return MonthFound(
        month=month,
        part=Part(reach, chosen),
        directorates=directorates,
        events=found,
        now=here,
        known=known,
        lost=_lost(session, [e for e in found if e.turn in WENT], month, known.tiers, today),
        today=today,
    )


def _today(session: ReadSession, actor: Actor, month: Month, now: datetime) -> tuple[dict[int, Here], Standings]:
    """Where those whose main post began in the month work today and how they stand, as far as they are in reach."""
    today = london_date(now)
    came = sa.and_(
        people_condition(actor, Permission.SEE_CAPABILITY, today), _employment.c.person_id.in_(_begun(month))
    )
    posts = _employment.join(_team, _team.c.id == _employment.c.team_id)
    rows = session.execute(
        sa.select(_employment.c.person_id, _team.c.id, _team.c.directorate_id).select_from(posts).where(came)
    )
    people = sa.select(_employment.c.person_id).select_from(posts).where(came)
    known = standings(session, people, AsAt.of(today, now), matrix_tiers(session))
    return {person_id: Here(*place) for person_id, *place in rows}, known


def _directorates(session: ReadSession, actor: Actor, month: Month) -> tuple[tuple[int, str], ...]:
    """Those with a team in reach that was open on some day of the month, by name."""
    reached = teams(session, actor, Permission.SEE_CAPABILITY)
    open_then = (t for t in reached if t.starts_on < month.next and (t.ends_on is None or t.ends_on >= month.first))
    return tuple({t.directorate_id: t.directorate for t in open_then}.items())


def _chosen(wanted: int, directorates: tuple[tuple[int, str], ...]) -> int:
    if wanted == EVERY_DIRECTORATE or not wanted:
        return directorates[0][0] if len(directorates) == 1 else 0
    if wanted not in dict(directorates):
        raise NotFoundError("directorate")
    return wanted


def _begun(month: Month) -> sa.Select[tuple[int]]:
    """Everybody with a main post that began in the month."""
    e = _begun_post.c
    return sa.select(e.person_id).where(e.is_primary, e.starts_on >= month.first, e.starts_on < month.next)


def _lost(
    session: ReadSession, went: list[Event], month: Month, tiers: tuple[TierView, ...], today: date
) -> dict[tuple[int, date], tuple[Lost, ...]]:
    """By person and the day of their going: what they held on their last day here. Two statements at most."""
    if not went:
        return {}
    colleagues = colleagues_in(session, {e.post.team_id for e in went}, month)
    people = {p for team in colleagues.values() for p, _ in team} | {e.person_id for e in went}
    known = histories(session, people, today)
    found = {}
    for event in went:
        team = colleagues[event.post.team_id]
        on = min(today, gone_from(event) - timedelta(days=1))
        mine = _held(known, event.person_id, on)
        theirs = {p: frozenset(_held(known, p, on)) for p, _ in team}
        only = the_only_one(event, mine, team, theirs)
        found[event.person_id, event.on] = tuple(Lost(t, mine[t.slug], t.slug in only) for t in tiers if t.slug in mine)
    return found


def _held(known: Histories, person_id: int, on: date) -> dict[str, Progress]:
    """Tier → progress of what somebody held on a day; what had lapsed or was withdrawn is not held."""
    held = {
        tier: progress_of(Held(h.granted_on, h.valid_until), None, on)
        for tier, h in known.on(person_id, on).items()
        if not h.withdrawn
    }
    return {tier: progress for tier, progress in held.items() if progress.state in HELD}
