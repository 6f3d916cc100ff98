"""For whom all competencies are worth rating: improvement leaders and above, and whoever wants to."""

from collections.abc import Callable, Collection
from datetime import date

from app.curriculum.queries import tiers
from app.kernel.db import ReadSession
from app.learning.queries import holdings
from app.ratings.queries.voices import Voices
from app.ratings.rules import Voice

FROM = "improvement-leaders"

Needs = Callable[[ReadSession, int, Collection[str]], bool]
"""Whether one of these tiers is asked of a person; the room that knows it stands above this one."""


def may_rate_all(session: ReadSession, person_id: int, voices: Voices, today: date, needs: Needs) -> bool:
    """Whether a lead rates all competencies of a person: who holds or needs such a level, or did so and shared it."""
    if any(row.about and row.voice is Voice.OWN for row in voices.rows):
        return True
    deep = deep_tiers(session)
    held = holdings(session, [person_id], today).get(person_id, {})
    return any(t in deep and not h.withdrawn for t, h in held.items()) or needs(session, person_id, deep)


def deep_tiers(session: ReadSession) -> frozenset[str]:
    """The tiers that stand as high in the pyramid as improvement leaders, or higher."""
    steps = {tier.slug: tier.path.step for tier in tiers(session)}
    lowest = steps.get(FROM)
    return frozenset(slug for slug, step in steps.items() if lowest and step and step >= lowest)
