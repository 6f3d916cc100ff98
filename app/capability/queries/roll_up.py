"""The totals of the whole trust, directorate by directorate, counted where the rows are: nobody's row is fetched.

They are the grid's own totals. Whoever has been on long leave has dates that moved, and is counted one by one.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.board import Filters, Which, kinds_of
from app.capability.models import Requirement
from app.capability.queries.boards import EVERYWHERE, Place, place
from app.capability.queries.grid import Choice
from app.capability.queries.reaching import these
from app.capability.queries.standings import AsAt, matrix_tiers, open_at, standings
from app.capability.rules import NOT_STARTED, Need, Progress, Standing, State, places_offered
from app.curriculum.views import TierView
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.queries import had_lapsed, holds
from app.organisation.models import Employment, Team
from app.organisation.queries import is_away, people_condition, was_away

_requirement = table(Requirement)
_employment, _team = table(Employment), table(Team)
_posts = _employment.join(_team, _team.c.id == _employment.c.team_id)

TOLD = frozenset({Which.REQUIRED, Which.COMPLETED, Which.GAP, Which.OVERDUE, Which.UNDECIDED})
"""What can be told of a cell without knowing how far somebody is who has not completed the level."""
Words = tuple[str, str, str]
"""A staff group, a band and a site."""


class Alike(NamedTuple):
    """So many cells of one directorate and tier, which all count as the same."""

    directorate_id: int
    tier: str
    standing: Standing
    cells: int


@dataclass(frozen=True, slots=True)
class RollUp:
    """`everybody` are people by directorate and words, whatever the filters; `people` and `counts` are of who fits.

    `tiers` are those that anybody is asked for, or the one that was chosen.
    """

    place: Place
    filters: Filters
    on: date
    every_tier: tuple[TierView, ...]
    tiers: tuple[TierView, ...]
    everybody: Counter[tuple[int, Words]]
    people: Counter[int]
    counts: Counter[tuple[int, str, Which]]

    def total(self, tier: str, which: Which) -> int:
        """Of all directorates."""
        return sum(self.counts[one, tier, which] for one, _ in self.place.directorates)


def in_totals(choice: Choice) -> bool:
    """Whether the totals of all that is in reach ask for nothing that only each person's own row can tell."""
    chosen = choice.filters
    return choice.directorate == EVERYWHERE and not (chosen.team > 0 or chosen.need or chosen.progress)


def roll_up(session: ReadSession, actor: Actor, choice: Choice, now: datetime, *, above: int) -> RollUp | None:
    """None where no more people than that fit, and where what is asked for can only be told by looking at each person.

    Raises NotFoundError for a level that the grid does not show. Twelve statements, however many people there are.
    """
    if not in_totals(choice):
        return None
    here = place(session, actor, choice.on, EVERYWHERE)
    everybody = _everybody(session, actor, choice.on)
    people: Counter[int] = Counter()
    for (directorate, words), count in everybody.items():
        if _belongs(words, choice.filters):
            people[directorate] += count
    if here is None or people.total() <= above:
        return None
    every_tier = matrix_tiers(session)
    tiers = tuple(t for t in every_tier if choice.filters.level in ("", t.slug))
    if not tiers:
        raise NotFoundError("level")
    fits = _fits(actor, choice)
    counts = _counted([*_known(session, fits, choice.on, now, tiers)], people, tiers, choice.on)
    needed = {tier for (_, tier, which), count in counts.items() if which is Which.REQUIRED and count}
    asked = tuple(t for t in tiers if choice.filters.level or t.slug in needed)
    return RollUp(here, choice.filters, choice.on, every_tier, asked, everybody, people, counts)


def _everybody(session: ReadSession, actor: Actor, on: date) -> Counter[tuple[int, Words]]:
    words = (_employment.c.staff_group, _employment.c.band, _team.c.site)
    rows = session.execute(
        sa.select(_team.c.directorate_id, *words, sa.func.count())
        .select_from(_posts)
        .where(people_condition(actor, Permission.SEE_CAPABILITY, on))
        .group_by(_team.c.directorate_id, *words)
    )
    return Counter({(row[0], (row[1], row[2], row[3])): row[4] for row in rows})


def _belongs(words: Words, chosen: Filters) -> bool:
    return all(asked in ("", word) for asked, word in zip((chosen.group, chosen.band, chosen.site), words, strict=True))


def _fits(actor: Actor, choice: Choice) -> sa.ColumnElement[bool]:
    """The same of a row of table(Employment) joined to table(Team)."""
    chosen = choice.filters
    pairs = ((_employment.c.staff_group, chosen.group), (_employment.c.band, chosen.band), (_team.c.site, chosen.site))
    reach = people_condition(actor, Permission.SEE_CAPABILITY, choice.on)
    return sa.and_(reach, *(column == asked for column, asked in pairs if asked))


def _known(
    session: ReadSession, fits: sa.ColumnElement[bool], on: date, now: datetime, tiers: tuple[TierView, ...]
) -> Iterator[Alike]:
    """Every cell about which somebody has decided."""
    when = AsAt.of(on, now)
    homes = sa.select(_employment.c.person_id, _team.c.directorate_id).select_from(_posts).where(fits, _moved(when))
    there = {row[0]: row[1] for row in session.execute(homes)}
    yield from _alike(session, sa.and_(fits, _employment.c.person_id.not_in(there)), when, tiers)
    known = standings(session, these(there), when, tiers)
    for person_id, directorate in there.items():
        for tier, standing in zip(tiers, known.of(person_id), strict=True):
            if standing.need is not None:
                yield Alike(directorate, tier.slug, standing, 1)


def _moved(when: AsAt) -> sa.ColumnElement[bool]:
    """Whether leave may change how somebody counts: a level is asked of them that they do not hold unless it moved."""
    r, person_id = _requirement.c, _employment.c.person_id
    later = sa.and_(r.due < when.on, sa.or_(was_away(r.person_id, r.due), is_away(r.person_id, when.on)))
    past = sa.or_(later, had_lapsed(r.person_id, when.on))
    asked = sa.exists().where(r.person_id == person_id, open_at(when.at), r.need == Need.REQUIRED, past)
    missing = asked.where(~holds(r.person_id, r.tier, when.on)).correlate(_employment)
    return sa.and_(was_away(person_id, when.on), missing)


def _alike(
    session: ReadSession, fits: sa.ColumnElement[bool], when: AsAt, tiers: tuple[TierView, ...]
) -> Iterator[Alike]:
    """One for each way of standing. Of dates it matters alone whether they are past: any such date stands for all."""
    offered, r = {t.slug: places_offered(t.delivered) for t in tiers}, _requirement.c
    done = sa.case((r.need == Need.REQUIRED, holds(r.person_id, r.tier, when.on)), else_=sa.false()).label("done")
    ways = (_team.c.directorate_id, r.tier, r.need, done)
    found = (
        sa.select(*ways, sa.func.min(r.due), sa.func.count())
        .select_from(_posts.join(_requirement, r.person_id == _employment.c.person_id))
        .where(fits, open_at(when.at), r.tier.in_(offered))
        .group_by(_team.c.directorate_id, r.tier, r.need, r.due < when.on, "done")
    )
    for directorate, tier, need, held, due, cells in session.execute(found):
        progress = Progress(State.COMPLETED) if held else NOT_STARTED
        yield Alike(directorate, tier, Standing(progress, need=need, due=due, offered=offered[tier]), cells)


def _counted(
    known: list[Alike], people: Counter[int], tiers: tuple[TierView, ...], on: date
) -> Counter[tuple[int, str, Which]]:
    counts: Counter[tuple[int, str, Which]] = Counter()
    for tier in tiers:
        for directorate, count in people.items():
            counts[directorate, tier.slug, Which.UNDECIDED] = count
    for one in known:
        counts[one.directorate_id, one.tier, Which.UNDECIDED] -= one.cells
        for which in kinds_of(one.standing, on) & TOLD:
            counts[one.directorate_id, one.tier, which] += one.cells
    return counts
