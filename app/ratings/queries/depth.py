"""For whom all competencies are worth rating: improvement leaders and above, and whoever wants to."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

import sqlalchemy as sa

from app.curriculum.queries import tiers
from app.kernel.db import ReadSession
from app.learning.queries import holdings
from app.ratings.queries.voices import Voices
from app.ratings.rules import Voice

FROM = "improvement-leaders"

People = Collection[int] | sa.Select[tuple[int]]
Needs = Callable[[ReadSession, People, Collection[str]], frozenset[int]]
"""Of which of these people one of these tiers is asked; the room that knows it stands above this one."""


def may_rate_all(session: ReadSession, person_id: int, voices: Voices, today: date, needs: Needs) -> bool:
    """Whether a lead rates all competencies of a person: who holds or needs such a level, or did so and shared it."""
    return bool(all_rated_of(session, [person_id], {person_id: voices}, today, needs))


def all_rated_of(
    session: ReadSession, people: People, voices: Mapping[int, Voices], today: date, needs: Needs
) -> frozenset[int]:
    """Of which of these people a lead rates all competencies. `voices` are what that lead may see of each.

    Four statements, however many people.
    """
    wanted = {i for i, v in voices.items() if any(row.about and row.voice is Voice.OWN for row in v.rows)}
    deep = deep_tiers(session)
    held = {
        person_id
        for person_id, levels in holdings(session, people, today).items()
        if any(t in deep and not h.withdrawn for t, h in levels.items())
    }
    return needs(session, people, deep) | held | wanted


def deep_tiers(session: ReadSession) -> frozenset[str]:
    """The tiers that stand as high in the pyramid as improvement leaders, or higher."""
    steps = {tier.slug: tier.path.step for tier in tiers(session)}
    lowest = steps.get(FROM)
    return frozenset(slug for slug, step in steps.items() if lowest and step and step >= lowest)
