"""Who is there today and holds a level, by directorate and staff group, and when what they hold ends."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa

from app.access.actor import PersonKind
from app.capability.models import LevelRequest, Requirement
from app.capability.queries.standings import on_plan, unanswered
from app.capability.rules import Need
from app.kernel.db import ReadSession, table
from app.learning.models import Award, AwardEvent
from app.learning.rules import AwardEventKind
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import leaves_of, open_on
from app.organisation.rules import Spell, moved_by
from app.planning.forecast.places import months_until

_person, _employment, _team = table(Person), table(Employment), table(Team)
_award, _event = table(Award), table(AwardEvent)
_requirement, _request = table(Requirement), table(LevelRequest)
_GIVING = {AwardEventKind.GRANTED, AwardEventKind.REFRESHED}

Place = tuple[int, str]
"""A directorate and a staff group in it."""


@dataclass(slots=True)
class Here:
    """People of a part of the trust. `due` counts the levels that end in each month from this one on.

    `held_months` are the months for which today's holders have held the level, of the whole months that are looked at.
    """

    headcount: int = 0
    holders: int = 0
    waiting: int = 0
    held_months: float = 0
    due: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def without(self) -> int:
        return self.headcount - self.holders


@dataclass(frozen=True, slots=True)
class Holders:
    """Everybody with a main post today. Of the levels that came to an end in those months, so many lapsed."""

    parts: Mapping[Place, Here]
    ended: int
    lapsed: int

    def of(self, directorate_id: int, group: str = "") -> Here:
        """A directorate, or a staff group in it."""
        return _together(
            here for (place, name), here in self.parts.items() if place == directorate_id and group in {"", name}
        )


def _together(parts: Iterable[Here]) -> Here:
    whole = Here()
    for one in parts:
        whole.headcount += one.headcount
        whole.holders += one.holders
        whole.waiting += one.waiting
        whole.held_months += one.held_months
        for month, count in one.due.items():
            whole.due[month] += count
    return whole


def holders(session: ReadSession, tier: str, today: date, since: date) -> Holders:
    """Today's holders of a level, and what became of levels that ended from `since` on. Four statements."""
    parts: dict[Place, Here] = defaultdict(Here)
    for directorate_id, group, count in session.execute(
        sa.select(_team.c.directorate_id, _employment.c.staff_group, sa.func.count())
        .select_from(posts_on(today))
        .group_by(_team.c.directorate_id, _employment.c.staff_group)
    ):
        parts[directorate_id, group].headcount = count
    leaves = leaves_of(session, None, today)
    ended, lapsed, holding = 0, 0, set()
    for person_id, place, events in _events(session, tier, today):
        spell = _Held(leaves.get(person_id, ()), today).through(events, since)
        ended, lapsed = ended + spell.ended, lapsed + spell.lapsed
        if spell.holds:
            holding.add(person_id)
            _add(parts[place], spell, today, since)
    for person_id, directorate_id, group in session.execute(_wanting(tier, today)):
        parts[directorate_id, group].waiting += person_id not in holding
    return Holders(dict(parts), ended, lapsed)


def holder_ids(session: ReadSession, tier: str, today: date) -> set[int]:
    """Everybody in post who holds the level today. Two statements."""
    leaves = leaves_of(session, None, today)
    return {
        person_id
        for person_id, _place, events in _events(session, tier, today)
        if _Held(leaves.get(person_id, ()), today).through(events, today).holds
    }


def _add(here: Here, spell: "_Held", today: date, since: date) -> None:
    here.holders += 1
    here.held_months += max((today.replace(day=1) - max(spell.began, since)).days, 0) / 30.44
    if spell.until is not None:
        here.due[months_until(today, spell.until + timedelta(days=1))] += 1


@dataclass(slots=True)
class _Held:
    """What a person's events leave, as the grid counts it: long leave moves the day on which a level ends."""

    leaves: Iterable[Spell]
    today: date
    began: date = date.min
    until: date | None = None
    has: bool = False
    ended: int = 0
    lapsed: int = 0

    @property
    def holds(self) -> bool:
        return self.has and (self.until is None or self.until >= self.today)

    def through(self, events: Iterable["_Event"], since: date) -> "_Held":
        for kind, on, until in events:
            if kind in _GIVING:
                self._end(on, since)
                kept = self.has and (self.until is None or self.until >= on)
                self.began = self.began if kept else on
                self.has, self.until = True, self._moved(on, until)
            elif kind is AwardEventKind.WITHDRAWN:
                self.has = False
        self._end(self.today, since)
        return self

    def _end(self, on: date, since: date) -> None:
        """Count a level whose end has come: refreshed before it, or not by that day."""
        if self.has and self.until is not None and since <= self.until < self.today:
            self.ended += 1
            self.lapsed += self.until < on

    def _moved(self, on: date, until: date | None) -> date | None:
        spells = list(self.leaves)
        return until if until is None or not spells else until + timedelta(moved_by(spells, on, until, self.today))


_Event = tuple[AwardEventKind, date, date | None]


def posts_on(today: date) -> sa.Join:
    """Main posts of staff on a day, with their teams."""
    return _employment.join(
        _person,
        sa.and_(
            _person.c.id == _employment.c.person_id,
            _person.c.kind == PersonKind.STAFF,
            _employment.c.is_primary,
            open_on(_employment, today),
        ),
    ).join(_team, _team.c.id == _employment.c.team_id)


def _events(session: ReadSession, tier: str, today: date) -> Iterable[tuple[int, Place, list[_Event]]]:
    """Each person in post who was ever granted the level, where they are, and what happened to it up to today."""
    rows = session.execute(
        sa.select(
            _employment.c.person_id,
            _team.c.directorate_id,
            _employment.c.staff_group,
            _event.c.kind,
            _event.c.occurred_on,
            _event.c.valid_until,
        )
        .select_from(
            posts_on(today)
            .join(_award, sa.and_(_award.c.person_id == _employment.c.person_id, _award.c.tier == tier))
            .join(_event, _event.c.award_id == _award.c.id)
        )
        .where(_event.c.occurred_on <= today)
        .order_by(_event.c.occurred_on, _event.c.id)
    )
    found: dict[int, tuple[Place, list[_Event]]] = {}
    for person_id, directorate_id, group, *event in rows:
        found.setdefault(person_id, ((directorate_id, group), []))[1].append((event[0], event[1], event[2]))
    return ((person_id, place, events) for person_id, (place, events) in found.items())


def _wanting(tier: str, today: date) -> sa.Select[tuple[int, int, str]]:
    """Those in post who need the level, or asked for it, wait or are on the plan, and have no need set for it."""
    # Lists of people, and no question about each of them: PostgreSQL asks those one by one in a large trust.
    decided = sa.select(_requirement.c.person_id).where(
        _requirement.c.tier == tier, _requirement.c.superseded_at.is_(None)
    )
    need = decided.where(_requirement.c.need == Need.REQUIRED)
    asked = sa.select(_request.c.person_id).where(_request.c.tier == tier, sa.or_(unanswered(), on_plan()))
    person = _employment.c.person_id
    return (
        sa.select(person, _team.c.directorate_id, _employment.c.staff_group)
        .select_from(posts_on(today))
        .where(sa.or_(person.in_(need), sa.and_(person.in_(asked), person.not_in(decided))))
    )
