"""Who came to hold a level in some months, where they then worked, and after how many days."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from app.access.actor import PersonKind
from app.capability.models import Requirement
from app.capability.queries.over_time import held_before
from app.capability.rules import Need
from app.curriculum.models import Tier
from app.curriculum.rules import Audience
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.learning.models import Award, AwardEvent
from app.learning.rules import AwardEventKind
from app.organisation.models import Employment, Person, Team
from app.organisation.queries import Leaves
from app.oversight.queries.levels import main_posts
from app.oversight.rules.figures import Happened
from app.oversight.rules.waiting import Asked, waited

_award, _event, _requirement = table(Award), table(AwardEvent), table(Requirement)
_employment, _team, _person, _tier = table(Employment), table(Team), table(Person), table(Tier)


class Window(NamedTuple):
    """[first, end)"""

    first: date
    end: date


def trained(session: ReadSession, window: Window, levels: Sequence[str], leaves: Leaves) -> list[Happened]:
    """Everybody in the trust who came to hold a level in these days, by day. Two statements.

    A refresh is not one of them, nor what turned out to have been held before. Of one directorate nobody can ask: where
    somebody counts who came to hold two levels in two of them is only plain when both are known.
    """
    asked = _asked(session, window, levels)
    rows = session.execute(
        sa.select(_award.c.person_id, _award.c.tier, _event.c.occurred_on, _team.c.directorate_id)
        .select_from(_event.join(_award, _award.c.id == _event.c.award_id))
        .join(_employment, main_posts(_event.c.occurred_on))
        .join(_team, _team.c.id == _employment.c.team_id)
        .where(*_granted_in(window), _award.c.tier.in_(levels), ~held_before())
        .order_by(_event.c.occurred_on, _event.c.id)
    )
    return [
        Happened(person_id, level, on, place, waited(asked.get((person_id, level), ()), on, leaves.get(person_id, ())))
        for person_id, level, on, place in rows
    ]


def _granted_in(window: Window) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _event.c.kind == AwardEventKind.GRANTED,
        _event.c.occurred_on >= window.first,
        _event.c.occurred_on < window.end,
    )


def _asked(session: ReadSession, window: Window, levels: Sequence[str]) -> dict[tuple[int, str], list[Asked]]:
    """When it was decided that they need what they came to hold: over [decided, superseded), by person and level."""
    r = _requirement.c
    granted = sa.exists().where(_event.c.award_id == _award.c.id, *_granted_in(window))
    rows = session.execute(
        sa.select(r.person_id, r.tier, r.decided_at, r.superseded_at)
        .join(_award, sa.and_(_award.c.person_id == r.person_id, _award.c.tier == r.tier))
        .where(r.need == Need.REQUIRED, r.tier.in_(levels), granted)
        .order_by(r.decided_at)
    )
    found: dict[tuple[int, str], list[Asked]] = defaultdict(list)
    for person_id, level, decided_at, superseded_at in rows:
        ended = london_date(superseded_at) if superseded_at else None
        found[person_id, level].append((london_date(decided_at), ended))
    return found


def partners_trained(session: ReadSession, window: Window) -> list[Happened]:
    """Patient partners who came to hold their level, in no directorate. Only their number ever leaves here."""
    rows = session.execute(
        sa.select(_award.c.person_id, _award.c.tier, _event.c.occurred_on)
        .select_from(_event.join(_award, _award.c.id == _event.c.award_id))
        .join(_person, _person.c.id == _award.c.person_id)
        .join(_tier, _tier.c.slug == _award.c.tier)
        .where(
            *_granted_in(window),
            _person.c.kind == PersonKind.PARTNER,
            _tier.c.audience == Audience.PARTNER,
            ~held_before(),
        )
        .order_by(_event.c.occurred_on, _event.c.id)
    )
    return [Happened(person_id, level, on, 0) for person_id, level, on in rows]
