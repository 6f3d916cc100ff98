"""People are put on the course that a rule asks of them, and taken off it when nothing asks and they had not begun."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from app.access.actor import Actor
from app.capability.enrolling import Move
from app.capability.queries.enrolling import Placing, begun_alone, placing
from app.capability.queries.reaching import these
from app.kernel.clock import london_date
from app.kernel.db import WriteSession
from app.learning.commands import enrol_by_rule, take_off


def settle_places(session: WriteSession, actor: Actor, people: Collection[int], now: datetime) -> int:
    """Bring the places of these people to what is asked of them today. Returns how many changed; twice: none.

    Hold the people still first.
    """
    session.flush()
    found = placing(session, these(people), london_date(now))
    place(session, actor, found, now)
    return len(found)


def place(session: WriteSession, actor: Actor, found: Sequence[Placing], now: datetime) -> None:
    """Do this, one audit event each."""
    on, off = defaultdict[str, list[int]](list), [p.enrolment_id for p in found if p.move is Move.OFF]
    for one in found:
        if one.move is Move.ON:
            on[one.tier].append(one.person_id)
    courses = begun_alone(session) if on else {}
    for tier, people in on.items():
        enrol_by_rule(session, actor, courses[tier], people, now)
    if off:
        take_off(session, actor, off, now)
