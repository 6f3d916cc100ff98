"""How many cells of each directorate and level count as the same: counted where the rows are, nobody's row is fetched.

From copies where there are any of the day, and otherwise from what they are made of (ADR 27, ADR 28).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from enum import IntEnum
from typing import NamedTuple

import sqlalchemy as sa

from app.capability.copies import AHEAD, DONE, LATE, NOT_ASKED
from app.capability.models import Requirement, StandingCopy
from app.capability.queries.copied import MANY, Copies, own_copy
from app.capability.queries.reaching import these
from app.capability.queries.standings import AsAt, levels_needed, open_at
from app.capability.rules import Need, Progress, Standing, State
from app.curriculum.views import TierView
from app.kernel.db import ReadSession, table
from app.learning.queries import all_held, holds, refreshed_later
from app.organisation.models import Employment, Team
from app.organisation.queries import ever_away, is_away, stopped_clock

_requirement, _copy = table(Requirement), table(StandingCopy)
_employment, _team = table(Employment), table(Team)
POSTS = _employment.join(_team, _team.c.id == _employment.c.team_id)
_cells = POSTS.join(_requirement, _requirement.c.person_id == _employment.c.person_id)


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


_LETTERS = {NOT_ASKED: _Way.NOT_ASKED, DONE: _Way.DONE, LATE: _Way.LATE, AHEAD: _Way.AHEAD}


class FromCopies(NamedTuple):
    """How many people fit, by directorate, and every cell of theirs about which somebody has decided."""

    people: Counter[int]
    cells: list[Alike]


def from_copies(
    session: ReadSession,
    fits: sa.ColumnElement[bool],
    held: Copies,
    when: AsAt,
    every_tier: tuple[TierView, ...],
    tiers: tuple[TierView, ...],
) -> FromCopies | None:
    """The same from copies; of the few who have none it is worked out. None where many have none.

    `every_tier`: those of the grid, which a copy has a letter for; `tiers`: those that are asked for.
    """
    home, posts = (
        _team.c.directorate_id,
        POSTS.outerjoin(_copy, own_copy(_employment.c.person_id, changed=bool(held.changed))),
    )
    alike = sa.select(home, _copy.c.counts, sa.func.count()).select_from(posts).where(fits)
    rows = session.execute(alike.group_by(home, _copy.c.counts), held.values).all()
    without = sum(people for _home, counts, people in rows if counts is None)
    if without > MANY:
        return None
    everybody, cells = Counter[int](), list[Alike]()
    for directorate, counts, people in rows:
        everybody[directorate] += people
        cells += [
            Alike(directorate, tier.slug, _STANDING[_LETTERS[letter]], people)
            for tier, letter in zip(every_tier, counts or "", strict=False)
            if letter in _LETTERS and tier in tiers
        ]
    if without:
        alone = sa.select(_employment.c.person_id, home).select_from(posts).where(fits, _copy.c.person_id.is_(None))
        cells += _one_by_one(session, {row[0]: row[1] for row in session.execute(alone, held.values)}, when, tiers)
    return FromCopies(everybody, cells)


def _one_by_one(
    session: ReadSession, there: Mapping[int, int], when: AsAt, tiers: tuple[TierView, ...]
) -> Iterator[Alike]:
    """`there`: where each of these people has their main post."""
    known = levels_needed(session, these(there.keys()), when, tiers)
    for person_id, directorate in there.items():
        for tier, standing in zip(tiers, known.of(person_id), strict=True):
            if standing.need is not None:
                yield Alike(directorate, tier.slug, standing, 1)


def from_rows(
    session: ReadSession, fits: sa.ColumnElement[bool], when: AsAt, tiers: tuple[TierView, ...]
) -> Iterator[Alike]:
    """Every cell about which somebody has decided, of those who fit, as at any day, without any copy.

    `fits` is of a row of table(Employment) joined to table(Team).
    """
    homes = sa.select(_employment.c.person_id, _team.c.directorate_id).select_from(POSTS).where(fits, _moved(when))
    there = {row[0]: row[1] for row in session.execute(homes)}
    yield from _alike(session, sa.and_(fits, _employment.c.person_id.not_in(there)), when, tiers)
    yield from _one_by_one(session, there, when, tiers)


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
