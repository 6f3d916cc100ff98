"""Who was in post, and who was trained in a year: needed while a file is read. One statement each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.kernel.db import ReadSession, table
from app.learning.models import Award, AwardEvent
from app.learning.rules import AwardEventKind
from app.organisation.models import Employment
from app.organisation.queries import open_on
from app.planning.queries.holders import posts_on

_employment, _award, _event = table(Employment), table(Award), table(AwardEvent)
_GIVING = {AwardEventKind.GRANTED, AwardEventKind.REFRESHED}


@dataclass(frozen=True, slots=True)
class InPost:
    """Everybody in a main post on a day, and those of them who have an employee number, by it."""

    people: frozenset[int]
    by_number: Mapping[str, int]


def in_post_on(session: ReadSession, on: date) -> InPost:
    """By every number that they have or had; one that two people had belongs to whoever had it on that day."""
    there = sa.select(_employment.c.person_id).select_from(posts_on(on)).correlate(None)
    post = _employment.c
    held = sa.select(post.employee_number, post.person_id, open_on(_employment, on)).where(post.person_id.in_(there))
    found: dict[str, int] = {}
    people: set[int] = set()
    for number, person_id, then in session.execute(held):
        people.add(person_id)
        if number and (then or number not in found):
            found[number] = person_id
    return InPost(frozenset(people), found)


def trained_between(session: ReadSession, tiers: Sequence[str], first: date, last: date) -> dict[str, set[int]]:
    """Who completed each level, for the first time or again, from `first` to `last`, and was not found not to have."""
    found: dict[str, set[int]] = {tier: set() for tier in tiers}
    events = (
        sa.select(_award.c.tier, _award.c.person_id, _event.c.kind, _event.c.occurred_on)
        .join(_award, _award.c.id == _event.c.award_id)
        .where(_award.c.tier.in_(tiers), _event.c.occurred_on >= first)
        .order_by(_event.c.id)
    )
    for tier, person_id, kind, on in session.execute(events):
        if kind in _GIVING and on <= last:
            found[tier].add(person_id)
        elif kind is AwardEventKind.WITHDRAWN:
            found[tier].discard(person_id)
    return found
