"""The totals of the whole trust, directorate by directorate, counted where the rows are: nobody's row is fetched.

They are the grid's own totals. Whoever has been on long leave has dates that moved, and is counted one by one.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import NamedTuple

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.board import Filters, Which, kinds_of
from app.capability.models import Requirement
from app.capability.queries.boards import EVERYWHERE, Place, place
from app.capability.queries.grid import Choice
from app.capability.queries.reaching import these
from app.capability.queries.standings import AsAt, levels_needed, matrix_tiers, open_at
from app.capability.rules import Need, Progress, Standing, State
from app.curriculum.views import TierView
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.queries import all_held, holds, refreshed_later
from app.organisation.models import Employment, Team
from app.organisation.queries import ever_away, is_away, people_condition, stopped_clock

_requirement = table(Requirement)
_employment, _team = table(Employment), table(Team)
_posts = _employment.join(_team, _team.c.id == _employment.c.team_id)
_cells = _posts.join(_requirement, _requirement.c.person_id == _employment.c.person_id)

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


class _Way(IntEnum):
    """How somebody stands in a level about which something was decided."""

    NOT_ASKED = 0
    DONE = 1
    LATE = 2
    AHEAD = 3


_STANDING = {
    _Way.NOT_ASKED: Standing(need=Need.NOT_REQUIRED),
    _Way.DONE: Standing(Progress(State.COMPLETED), need=Need.REQUIRED),
    _Way.LATE: Standing(need=Need.REQUIRED, due=date.min),
    _Way.AHEAD: Standing(need=Need.REQUIRED),
}
"""One for all that count alike: of a date it matters alone whether it is past."""


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
    reach = people_condition(actor, Permission.SEE_CAPABILITY, choice.on)
    fits = sa.and_(reach, *_fits(choice.filters))
    people = _people(session, fits)
    if here is None or people.total() <= above:
        return None
    every_tier = matrix_tiers(session)
    tiers = tuple(t for t in every_tier if choice.filters.level in ("", t.slug))
    if not tiers:
        raise NotFoundError("level")
    counts = _counted([*_known(session, fits, choice.on, now, tiers)], people, tiers, choice.on)
    needed = {tier for (_, tier, which), count in counts.items() if which is Which.REQUIRED and count}
    asked = tuple(t for t in tiers if choice.filters.level or t.slug in needed)
    everybody = _people(session, reach).total() if _fits(choice.filters) else people.total()
    return RollUp(here, choice.filters, choice.on, every_tier, asked, everybody, _words(session, reach), people, counts)


def _people(session: ReadSession, who: sa.ColumnElement[bool]) -> Counter[int]:
    """By directorate; `who` is of a row of table(Employment) joined to table(Team)."""
    home = _team.c.directorate_id
    rows = session.execute(sa.select(home, sa.func.count()).select_from(_posts).where(who).group_by(home))
    return Counter({row[0]: row[1] for row in rows})


_WORDS = (_employment.c.staff_group, _employment.c.band, _team.c.site)


def _words(session: ReadSession, who: sa.ColumnElement[bool]) -> tuple[Words, ...]:
    rows = session.execute(sa.select(*_WORDS).distinct().select_from(_posts).where(who))
    return tuple((row[0], row[1], row[2]) for row in rows)


def _fits(chosen: Filters) -> list[sa.ColumnElement[bool]]:
    pairs = zip(_WORDS, (chosen.group, chosen.band, chosen.site), strict=True)
    return [column == asked for column, asked in pairs if asked]


def _known(
    session: ReadSession, fits: sa.ColumnElement[bool], on: date, now: datetime, tiers: tuple[TierView, ...]
) -> Iterator[Alike]:
    """Every cell about which somebody has decided."""
    when = AsAt.of(on, now)
    homes = sa.select(_employment.c.person_id, _team.c.directorate_id).select_from(_posts).where(fits, _moved(when))
    there = {row[0]: row[1] for row in session.execute(homes)}
    yield from _alike(session, sa.and_(fits, _employment.c.person_id.not_in(there)), when, tiers)
    known = levels_needed(session, these(there), when, tiers)
    for person_id, directorate in there.items():
        for tier, standing in zip(tiers, known.of(person_id), strict=True):
            if standing.need is not None:
                yield Alike(directorate, tier.slug, standing, 1)


def _moved(when: AsAt) -> sa.ColumnElement[bool]:
    """Whether leave may change how somebody counts: a level is asked of them that they do not hold unless it moved."""
    r, person_id = _requirement.c, _employment.c.person_id
    moved = stopped_clock(r.person_id, sa.func.date(r.decided_at), r.due)
    later = sa.and_(r.due < when.on, sa.or_(moved, is_away(r.person_id, when.on)))
    past = sa.or_(later, refreshed_later(r.person_id, r.tier, when.on))
    lacks = sa.case((past, ~holds(r.person_id, r.tier, when.on)), else_=sa.false())  # few are looked up
    asked = sa.and_(r.person_id == person_id, open_at(when.at), r.need == Need.REQUIRED)
    missing = sa.exists().where(asked, lacks).correlate(_employment)
    return sa.and_(person_id.in_(ever_away(when.on)), missing)


def _alike(
    session: ReadSession, fits: sa.ColumnElement[bool], when: AsAt, tiers: tuple[TierView, ...]
) -> Iterator[Alike]:
    """One for each way of standing of those who fit, asked as the database counts them soonest (ADR 27)."""
    here = sa.and_(fits, open_at(when.at), _requirement.c.tier == tiers[0].slug if len(tiers) == 1 else sa.true())
    count = _shared_out if session.get_bind().dialect.name == "postgresql" else _numbered
    yield from count(session, here, when, [t.slug for t in tiers])


def _shared_out(session: ReadSession, here: sa.ColumnElement[bool], when: AsAt, slugs: list[str]) -> Iterator[Alike]:
    """Grouped by words and by yes or no: PostgreSQL then knows that there are few, and lets processors share them."""
    r, every = _requirement.c, all_held(when.on).subquery()
    cells = _cells.outerjoin(every, sa.and_(every.c.person_id == r.person_id, every.c.tier == r.tier))
    told = {
        "home": _team.c.directorate_id,
        "level": r.tier,
        "free": r.need != Need.REQUIRED,
        "held": every.c.person_id.is_not(None),
        "late": r.due < when.on,
    }
    counted = sa.select(*(column.label(name) for name, column in told.items()), sa.func.count())
    for home, level, free, held, late, so_many in session.execute(
        counted.select_from(cells).where(here).group_by(*told)
    ):
        if level in slugs:
            way = _Way.NOT_ASKED if free else _Way.DONE if held else _Way.LATE if late else _Way.AHEAD
            yield Alike(home, level, _STANDING[way], so_many)


def _numbered(session: ReadSession, here: sa.ColumnElement[bool], when: AsAt, slugs: list[str]) -> Iterator[Alike]:
    """Told by one number, which SQLite sorts quickly; whether a level is held is looked up for each."""
    r = _requirement.c
    way = sa.case(
        (r.need != Need.REQUIRED, _Way.NOT_ASKED.value),
        (holds(r.person_id, r.tier, when.on), _Way.DONE.value),
        (r.due < when.on, _Way.LATE.value),
        else_=_Way.AHEAD.value,
    )
    column = sa.case({slug: len(_Way) * place for place, slug in enumerate(slugs)}, value=r.tier)
    told = (
        sa.select((_team.c.directorate_id * len(_Way) * len(slugs) + column + way).label("number"))
        .select_from(_cells)
        .where(here)
        .offset(0)  # told before they are grouped: else all that the number is made of is sorted
        .subquery()
    )
    found = sa.select(told.c.number, sa.func.count()).group_by(told.c.number)
    for number, count in session.execute(found):
        if number is not None:  # no level of those that are shown
            rest, stands = divmod(number, len(_Way))
            directorate, place = divmod(rest, len(slugs))
            yield Alike(directorate, slugs[place], _STANDING[_Way(stands)], count)


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
