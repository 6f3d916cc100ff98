"""Which copies of standings may be read: those of the day, of this program, of whom nothing has changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.capability.copies import FORM, unpacked
from app.capability.models import StandingChange, StandingCopy
from app.capability.queries.begun import People
from app.capability.queries.standings import AsAt, Standings, blank_standings, standings
from app.curriculum.views import TierView
from app.kernel.db import ReadSession, table
from app.organisation.models import Employment
from app.organisation.queries import open_on

_copy, _change, _employment = table(StandingCopy), table(StandingChange), table(Employment)
MANY = 1_000
"""Where the copies of more people are out of date, none is looked at: everybody is worked out at once."""


_of_the_day = sa.and_(_copy.c.day == sa.bindparam("day", type_=sa.Date), _copy.c.form == FORM)
_NEWEST = sa.select(_copy.c.day).where(_copy.c.form == FORM).order_by(_copy.c.day.desc()).limit(1)
_CHANGED = sa.select(_change.c.person_id).distinct().limit(MANY + 1)


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of a day; `changed` are the people whose copy says no longer how they stand."""

    on: date
    changed: frozenset[int]

    @property
    def values(self) -> dict[str, Any]:
        """What `own_copy` leaves open."""
        return {"day": self.on, "changed": sorted(self.changed)} if self.changed else {"day": self.on}


def own_copy(person_id: sa.ColumnElement[int], *, changed: bool) -> sa.ColumnElement[bool]:
    """Whether a row of table(StandingCopy) is a person's and may be read: for an outer join.

    `changed`: some may not. The values are those of `Copies`.
    """
    current = sa.and_(_copy.c.person_id == person_id, _of_the_day)
    return sa.and_(current, person_id.not_in(sa.bindparam("changed", expanding=True))) if changed else current


def copies(session: ReadSession, on: date) -> Copies | None:
    """None where none may be read, as of any day but the newest.

    To be asked before they are: what changes in between waits for the next look.
    """
    if session.scalar(_NEWEST) != on:
        return None
    changed = frozenset(session.scalars(_CHANGED))
    return None if None in changed or len(changed) > MANY else Copies(on, changed)


def standings_by_copies(
    session: ReadSession,
    without: People,
    texts: Mapping[int, str | None],
    when: AsAt,
    tiers: tuple[TierView, ...],
) -> Standings:
    """Where people stand: `texts` are what the copy of each says, `without` those who have none, if there are any."""
    lacking = None in texts.values()
    known = standings(session, without, when, tiers) if lacking else blank_standings(tiers)
    told, away = dict(known.told), set(known.away)
    for person_id, text in texts.items():
        if text is not None:
            copy = unpacked(text)
            told[person_id] = copy.standings
            if copy.away:
                away.add(person_id)
    return Standings(tiers, known.blanks, told, frozenset(away))


def to_copy(session: ReadSession, today: date) -> list[int]:
    """Everybody with a main post today who has no copy of today, and whoever's copy is out of date. Two statements."""
    has = sa.exists().where(own_copy(_employment.c.person_id, changed=False))
    here = sa.select(_employment.c.person_id).where(_employment.c.is_primary, open_on(_employment, today), ~has)
    changed = sa.select(_change.c.person_id).where(_change.c.person_id.is_not(None)).distinct()
    return sorted({*session.scalars(here, {"day": today}), *session.scalars(changed)})


def any_to_remake(session: ReadSession) -> bool:
    """Whether something has changed that every copy is made of."""
    return session.execute(sa.select(_change.c.id).where(_change.c.person_id.is_(None)).limit(1)).first() is not None


def any_of_before(session: ReadSession, today: date) -> bool:
    """Whether a copy is left of a day before, or of another program."""
    return session.execute(sa.select(_copy.c.person_id).where(of_before(today)).limit(1)).first() is not None


def of_before(today: date) -> sa.ColumnElement[bool]:
    return sa.or_(_copy.c.day != today, _copy.c.form != FORM)
