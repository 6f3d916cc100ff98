"""HR reads a year's file, looks at its counts, and keeps them or not; what is kept can be taken back, whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.equality.models import EqualityCount, EqualityYear, YearState
from app.equality.queries.years import brings, year_of
from app.equality.rules.characteristics import year_words
from app.equality.rules.counts import Count
from app.kernel import audit
from app.kernel.bulk import write_many
from app.kernel.db import WriteSession, table
from app.kernel.errors import NotFoundError, RuleBrokenError
from app.organisation.models import Trust

_year, _trust = table(EqualityYear), table(Trust)
ONCE_KEPT = ("rows", "known", "people", "in_post")
"""What stays of the remarks once the counts are kept: how many, and no line."""
_COLUMNS = ("year_id", "characteristic", "tier", "place", "kind", "name", "people", "trained")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadYear:
    """`said` is what was noticed, by line of the file. It names no word of any cell."""

    year: int
    as_at: date
    counts: tuple[Count, ...]
    said: Mapping[str, Any]


def draft_year(session: WriteSession, actor: Actor, command: ReadYear, now: datetime) -> int:
    """Counts that wait to be kept, in place of those that waited before.

    Raises RuleBrokenError for a year that is kept.
    """
    if not brings(actor):
        raise NotFoundError("year")
    _one_at_a_time(session)
    refuse_kept(session, command.year)
    session.execute(sa.delete(_year).where(_year.c.year == command.year, _year.c.state == YearState.DRAFT))
    made = EqualityYear(
        year=command.year,
        as_at=command.as_at,
        state=YearState.DRAFT,
        read_at=now,
        read_by_id=actor.person_id,
        said=dict(command.said),
    )
    session.add(made)
    session.flush()
    rows = (
        (made.id, c.characteristic, c.tier, place, c.label.kind, c.label.name, c.people, c.trained)
        for place, c in enumerate(command.counts)
    )
    write_many(session, EqualityCount, _COLUMNS, rows)
    read = int(command.said.get("rows", 0))
    audit.record(session, actor, "read equality file", _year.name, made.id, now=now, rows=read)
    return made.id


def keep_year(session: WriteSession, actor: Actor, year_id: int, now: datetime) -> int:
    """The year whose counts are kept from now on. Raises NotFoundError for what is gone, RuleBrokenError for a year
    that is kept.
    """
    _one_at_a_time(session)
    draft = year_of(session, actor, year_id, YearState.DRAFT)
    refuse_kept(session, draft.year)
    said = {key: draft.said[key] for key in ONCE_KEPT if key in draft.said}
    session.execute(sa.update(_year).where(_year.c.id == year_id).values(state=YearState.KEPT, said=said))
    audit.record(session, actor, "keep equality counts", _year.name, year_id, now=now, fields=("state",))
    return draft.year


def set_year_aside(session: WriteSession, actor: Actor, year_id: int, now: datetime) -> None:
    """Raises NotFoundError for what is gone."""
    _end(session, actor, year_id, YearState.DRAFT, "set equality file aside", now)


def take_year_back(session: WriteSession, actor: Actor, year_id: int, now: datetime) -> int:
    """The year of which nothing is kept any more. Raises NotFoundError for what is gone."""
    return _end(session, actor, year_id, YearState.KEPT, "take back equality counts", now)


def _end(session: WriteSession, actor: Actor, year_id: int, state: YearState, action: str, now: datetime) -> int:
    _one_at_a_time(session)
    found = year_of(session, actor, year_id, state)
    session.execute(sa.delete(_year).where(_year.c.id == year_id))
    audit.record(session, actor, action, _year.name, year_id, now=now)
    return found.year


def refuse_kept(session: WriteSession, year: int) -> None:
    """A second count beside a kept one, or in its place, could tell of whoever makes the difference."""
    kept = sa.select(_year.c.id).where(_year.c.year == year, _year.c.state == YearState.KEPT)
    if session.scalar(kept) is not None:
        raise RuleBrokenError(
            f"The counts of {year_words(year)} are kept already. Take them back first, all of them; then read the file."
        )


def _one_at_a_time(session: WriteSession) -> None:
    session.execute(sa.select(_trust.c.id).with_for_update()).all()
