"""How many came to hold a level, month by month, where they then worked."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor, ScopeKind
from app.access.permissions import Permission
from app.capability.queries.boards import Place, place
from app.capability.queries.standings import matrix_tiers
from app.capability.rules import months_before
from app.curriculum.views import TierView
from app.kernel.db import ReadSession, table
from app.learning.models import Award, AwardEvent
from app.learning.rules import AwardEventKind
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import open_on, teams_within

MONTHS = 24

_award, _event = table(Award), table(AwardEvent)
_person, _employment, _team = table(Person), table(Employment), table(Team)


@dataclass(frozen=True, slots=True)
class Reached:
    """A person came to hold a level, on a day, in the team where they then worked."""

    name: str
    team: str
    on: date


@dataclass(frozen=True, slots=True)
class OverTime:
    """For each level that anybody came to hold in these months, which are whole ones: who did, by date and name."""

    place: Place
    months: tuple[date, ...]
    levels: tuple[tuple[TierView, tuple[Reached, ...]], ...]
    whole: bool
    """Whether the actor reaches all of the directorate, and not only teams of it."""

    def counts(self, reached: Sequence[Reached]) -> tuple[int, ...]:
        """How many in each month."""
        by_month = Counter(one.on.replace(day=1) for one in reached)
        return tuple(by_month[month] for month in self.months)


def over_time(session: ReadSession, actor: Actor, directorate_id: int, today: date) -> OverTime | None:
    """Of a directorate in reach, or the first; None when the actor reaches no team. A mover counts where they were.

    Raises NotFoundError for a directorate that is missing or out of reach.
    """
    here = place(session, actor, today, directorate_id)
    if here is None:
        return None
    months = months_before(today, MONTHS)
    held = sa.select(_award.c.tier, _person.c.list_name, _team.c.name, _event.c.occurred_on).select_from(
        _event.join(_award, _award.c.id == _event.c.award_id)
        .join(_person, _person.c.id == _award.c.person_id)
        .join(_employment, _employment.c.person_id == _person.c.id)
        .join(_team, _team.c.id == _employment.c.team_id)
    )
    rows = session.execute(
        held.where(
            _event.c.kind == AwardEventKind.GRANTED,
            ~held_before(),
            _event.c.occurred_on >= months[0],
            _event.c.occurred_on < today.replace(day=1),
            _employment.c.is_primary,
            open_on(_employment, _event.c.occurred_on),
            _team.c.directorate_id == here.directorate_id,
            teams_within(actor.reach(Permission.SEE_CAPABILITY)),
        ).order_by(_event.c.occurred_on, _person.c.sort_key, _person.c.id)
    )
    reached: dict[str, list[Reached]] = defaultdict(list)
    for tier, *who in rows:
        reached[tier].append(Reached(*who))
    levels = tuple((t, tuple(reached[t.slug])) for t in matrix_tiers(session) if t.slug in reached)
    reach = actor.reach(Permission.SEE_CAPABILITY)
    whole = reach.covers(ScopeKind.DIRECTORATE, here.directorate_id)
    return OverTime(here, months, levels, whole)


def held_before() -> sa.ColumnElement[bool]:
    """Whether the level was granted on an earlier day, known only later, and not taken back in between."""
    earlier, taken = _event.alias("earlier"), _event.alias("taken")
    between = sa.exists().where(
        taken.c.award_id == _event.c.award_id,
        taken.c.kind == AwardEventKind.WITHDRAWN,
        taken.c.occurred_on.between(earlier.c.occurred_on, _event.c.occurred_on),
    )
    return sa.exists().where(
        earlier.c.award_id == _event.c.award_id,
        earlier.c.kind == AwardEventKind.GRANTED,
        earlier.c.occurred_on < _event.c.occurred_on,
        ~between,
    )
