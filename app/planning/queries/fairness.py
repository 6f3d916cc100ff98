"""Who holds a level, in groups. Three statements for people, whatever their number."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.queries.standings import matrix_tiers
from app.curriculum.views import TierView
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Directorate, Employment, Team
from app.organisation.queries import DirectorateRow, directorates
from app.planning.fairness import NOBODY, Part, Shown, shown
from app.planning.grouping import (
    BAND_GROUPS,
    NOT_KEPT,
    Dimension,
    band_group,
    basis_words,
    pattern_words,
    site_words,
)
from app.planning.queries.holders import holder_ids, posts_on

_employment, _team, _directorate = table(Employment), table(Team), table(Directorate)
EVERYWHERE = -1
"""The whole trust, for those who reach it."""


@dataclass(frozen=True, slots=True)
class Fairness:
    """`place` None: the whole trust. What may be shown, for each way of grouping."""

    tier: TierView
    tiers: tuple[TierView, ...]
    place: DirectorateRow | None
    directorates: tuple[DirectorateRow, ...]
    everywhere: bool
    today: date
    shown: tuple[tuple[Dimension, Shown], ...]
    not_kept: tuple[Dimension, ...] = ()
    """By what nobody here can be grouped, because nobody wrote it down."""


def fairness(session: ReadSession, actor: Actor, tier: str, directorate_id: int, today: date) -> Fairness | None:
    """Of one directorate in reach, or (0, or EVERYWHERE) of the trust for those who reach it, or of their first.

    None when the actor reaches no whole directorate. Raises NotFoundError for what is not there or out of reach.
    """
    reached = directorates(session, actor, Permission.SEE_CAPABILITY, today)
    if not reached:
        return None
    trust = actor.reach(Permission.SEE_CAPABILITY).trust
    place = _place(reached, directorate_id, trust=trust)
    tiers = matrix_tiers(session)
    level = next((one for one in tiers if tier in {"", one.slug}), None)
    if level is None:
        raise NotFoundError("level")
    counted = _counted(session, level.slug, place, today)
    not_kept = tuple(one for one in Dimension if counted[one] and set(counted[one]) <= NOT_KEPT)
    ways = [one for one in Dimension if place is None or one is not Dimension.DIRECTORATE]
    return Fairness(
        level,
        tiers,
        place,
        tuple(reached),
        trust,
        today,
        tuple((one, shown(_ordered(one, counted[one]))) for one in ways if one not in not_kept),
        not_kept,
    )


def _place(reached: list[DirectorateRow], directorate_id: int, *, trust: bool) -> DirectorateRow | None:
    if directorate_id in {0, EVERYWHERE} and trust:
        return None
    found = next((one for one in reached if directorate_id in {0, one.id}), None)
    if found is None:
        raise NotFoundError("directorate")
    return found


def _counted(
    session: ReadSession, tier: str, place: DirectorateRow | None, today: date
) -> dict[Dimension, dict[str, Part]]:
    holding = holder_ids(session, tier, today)
    people = sa.select(
        _employment.c.person_id,
        _employment.c.staff_group,
        _employment.c.band,
        _employment.c.basis,
        _employment.c.pattern,
        _team.c.site,
        _directorate.c.name,
    ).select_from(posts_on(today).join(_directorate, _directorate.c.id == _team.c.directorate_id))
    if place is not None:
        people = people.where(_team.c.directorate_id == place.id)
    found: dict[Dimension, dict[str, Part]] = {one: defaultdict(lambda: NOBODY) for one in Dimension}
    for person_id, group, band, basis, pattern, site, directorate in session.execute(people):
        one = Part(1, int(person_id in holding))
        names = (
            group, band_group(band), basis_words(basis), pattern_words(pattern), site_words(site), directorate,
        )  # fmt: skip
        for way, name in zip(Dimension, names, strict=True):
            found[way][name] = found[way][name].plus(one)
    return found


def _ordered(way: Dimension, parts: dict[str, Part]) -> dict[str, Part]:
    """Bands as they rise, everything else by name; what nobody wrote down comes last."""
    rising = {name: place for place, name in enumerate(BAND_GROUPS)}
    order = rising if way is Dimension.BAND else dict.fromkeys(NOT_KEPT, 1)
    return {name: parts[name] for name in sorted(parts, key=lambda name: (order.get(name, 0), name))}
