"""Years that are kept, and what waits for HR to keep it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.queries.standings import matrix_tiers
from app.curriculum.views import TierView
from app.equality.models import EqualityCount, EqualityYear, YearState
from app.equality.rules.characteristics import Characteristic
from app.equality.rules.counts import Label
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Person

_year, _count, _person = table(EqualityYear), table(EqualityCount), table(Person)


@dataclass(frozen=True, slots=True)
class YearRow:
    id: int
    year: int
    as_at: date
    state: YearState
    read_at: datetime
    read_by: str
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CountRow:
    characteristic: Characteristic
    tier: str
    label: Label
    people: int
    trained: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The counts of one level in one year. `year` None: no year is kept, and there is nothing to see."""

    year: YearRow | None
    years: tuple[YearRow, ...]
    tier: TierView
    tiers: tuple[TierView, ...]
    counts: tuple[CountRow, ...]
    brings: bool


def brings(actor: Actor) -> bool:
    """Whether the actor is HR of the whole trust."""
    return actor.reach(Permission.BRING_EQUALITY).trust


def shown(session: ReadSession, actor: Actor, tier: str, year: int) -> Shown:
    """One level; the first, and the newest year, where the address says none. For HR and whoever sees all of the trust.

    Raises NotFoundError for a level or year that is not there, and for everybody else.
    """
    if not (brings(actor) or actor.reach(Permission.SEE_CAPABILITY).trust):
        raise NotFoundError("page")
    tiers = matrix_tiers(session)
    level = next((one for one in tiers if tier in {"", one.slug}), None)
    kept = years(session, YearState.KEPT)
    chosen = next((one for one in kept if year in {0, one.year}), None)
    if level is None or (year and chosen is None):
        raise NotFoundError("counts")
    counts = counts_of(session, chosen.id, level.slug) if chosen else ()
    return Shown(chosen, kept, level, tiers, counts, brings(actor))


def years(session: ReadSession, state: YearState) -> tuple[YearRow, ...]:
    """The newest first."""
    wanted = _years().where(_year.c.state == state).order_by(_year.c.year.desc())
    return tuple(_row(row) for row in session.execute(wanted))


def counts_of(session: ReadSession, year_id: int, tier: str = "") -> tuple[CountRow, ...]:
    wanted = sa.select(
        _count.c.characteristic, _count.c.tier, _count.c.kind, _count.c.name, _count.c.people, _count.c.trained
    )
    wanted = wanted.where(_count.c.year_id == year_id).order_by(_count.c.characteristic, _count.c.tier, _count.c.place)
    if tier:
        wanted = wanted.where(_count.c.tier == tier)
    return tuple(CountRow(c, slug, Label(kind, name), *n) for c, slug, kind, name, *n in session.execute(wanted))


def year_of(session: ReadSession, actor: Actor, year_id: int, state: YearState) -> YearRow:
    """A year that HR reads, keeps or takes back. Raises NotFoundError, also where no HR of the whole trust asks."""
    found = session.execute(_years().where(_year.c.id == year_id, _year.c.state == state)).first()
    if found is None or not brings(actor):
        raise NotFoundError("year")
    return _row(found)


def _years() -> sa.Select[Any]:
    return sa.select(
        _year.c.id, _year.c.year, _year.c.as_at, _year.c.state, _year.c.read_at, _person.c.name, _year.c.said
    ).join(_person, _person.c.id == _year.c.read_by_id)


def _row(row: sa.Row[Any]) -> YearRow:
    return YearRow(row.id, row.year, row.as_at, row.state, row.read_at, row.name, row.said)
