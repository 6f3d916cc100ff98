"""The totals of the whole trust, directorate by directorate, counted where the rows are: nobody's row is fetched.

They are the grid's own totals.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.board import Filters, Which, kinds_of
from app.capability.queries.alike import POSTS, Alike, from_copies, from_rows
from app.capability.queries.boards import EVERYWHERE, Place, place
from app.capability.queries.copied import copies
from app.capability.queries.grid import Choice
from app.capability.queries.standings import AsAt, matrix_tiers
from app.curriculum.views import TierView
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Employment, Team
from app.organisation.queries import people_condition

_employment, _team = table(Employment), table(Team)

TOLD = frozenset({Which.REQUIRED, Which.COMPLETED, Which.GAP, Which.OVERDUE, Which.UNDECIDED})
"""What can be told of a cell without knowing how far somebody is who has not completed the level."""
Words = tuple[str, str, str]
"""A staff group, a band and a site."""


@dataclass(frozen=True, slots=True)
class RollUp:
    """`everybody` are so many, whatever the filters; `people` and `counts`, by directorate, are of who fits.

    `tiers` are those that anybody is asked for, or the one that was chosen; `words` what people can be chosen by.
    """

    place: Place
    filters: Filters
    on: date
    every_tier: tuple[TierView, ...]
    tiers: tuple[TierView, ...]
    everybody: int
    words: tuple[Words, ...]
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

    Raises NotFoundError for a level that the grid does not show. Eleven statements, however many people there are.
    """
    if not in_totals(choice):
        return None
    here = place(session, actor, choice.on, EVERYWHERE)
    if here is None:
        return None
    reach = people_condition(actor, Permission.SEE_CAPABILITY, choice.on)
    fits, every_tier = sa.and_(reach, *_fits(choice.filters)), matrix_tiers(session)
    tiers = tuple(t for t in every_tier if choice.filters.level in ("", t.slug))
    when, held = AsAt.of(choice.on, now), copies(session, choice.on)
    copied = from_copies(session, fits, held, when, every_tier, tiers) if held else None
    people = copied.people if copied else _people(session, fits)
    if people.total() <= above:
        return None
    if not tiers:
        raise NotFoundError("level")
    cells = copied.cells if copied else [*from_rows(session, fits, when, tiers)]
    counts = _counted(cells, people, tiers, choice.on)
    needed = {tier for (_, tier, which), count in counts.items() if which is Which.REQUIRED and count}
    asked = tuple(t for t in tiers if choice.filters.level or t.slug in needed)
    everybody = _people(session, reach).total() if _fits(choice.filters) else people.total()
    return RollUp(here, choice.filters, choice.on, every_tier, asked, everybody, _words(session, reach), people, counts)


def _people(session: ReadSession, who: sa.ColumnElement[bool]) -> Counter[int]:
    """By directorate; `who` is of a row of table(Employment) joined to table(Team)."""
    home = _team.c.directorate_id
    rows = session.execute(sa.select(home, sa.func.count()).select_from(POSTS).where(who).group_by(home))
    return Counter({row[0]: row[1] for row in rows})


_WORDS = (_employment.c.staff_group, _employment.c.band, _team.c.site)


def _words(session: ReadSession, who: sa.ColumnElement[bool]) -> tuple[Words, ...]:
    rows = session.execute(sa.select(*_WORDS).distinct().select_from(POSTS).where(who))
    return tuple((row[0], row[1], row[2]) for row in rows)


def _fits(chosen: Filters) -> list[sa.ColumnElement[bool]]:
    pairs = zip(_WORDS, (chosen.group, chosen.band, chosen.site), strict=True)
    return [column == asked for column, asked in pairs if asked]


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
