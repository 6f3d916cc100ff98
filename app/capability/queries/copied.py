"""Which copies of standings may be read: those of the day, of this program, of whom nothing has changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.capability.copies import FORM, unpacked
from app.capability.models import StandingChange, StandingCopy
from app.capability.queries.begun import People
from app.capability.queries.reaching import these
from app.capability.queries.standings import AsAt, Standings, blank_standings, standings
from app.curriculum.views import TierView
from app.kernel.db import ReadSession, table
from app.organisation.models import Employment
from app.organisation.queries import open_on

_copy, _change, _employment = table(StandingCopy), table(StandingChange), table(Employment)
MANY = 1_000
"""Where the copies of more people are out of date, none is looked at: everybody is worked out at once."""


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of a day; `changed` are the people whose copy says no longer how they stand."""

    on: date
    changed: frozenset[int]

    def own(self, person_id: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
        """Whether a row of table(StandingCopy) is the copy of a person: for an outer join."""
        current = sa.and_(_copy.c.person_id == person_id, _copy.c.day == self.on, _copy.c.form == FORM)
        return sa.and_(current, person_id.not_in(self.changed)) if self.changed else current


def copies(session: ReadSession, on: date) -> Copies | None:
    """None where none may be read. To be asked before they are: what changes in between waits for the next look."""
    rows = session.scalars(sa.select(_change.c.person_id).distinct().limit(MANY + 1))
    changed = frozenset(rows)
    return None if None in changed or len(changed) > MANY else Copies(on, changed)


def standings_by_copies(
    session: ReadSession,
    people: People,
    texts: Mapping[int, str | None],
    when: AsAt,
    tiers: tuple[TierView, ...],
) -> Standings:
    """Where these people stand. `texts`: what the copy of each says; of whom there is none, it is worked out."""
    without = [person_id for person_id, text in texts.items() if text is None]
    if without:
        some = people if 2 * len(without) > len(texts) else these(without)
        known = standings(session, some, when, tiers)
    else:
        known = blank_standings(tiers)
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
    has = sa.exists().where(Copies(today, frozenset()).own(_employment.c.person_id))
    here = sa.select(_employment.c.person_id).where(_employment.c.is_primary, open_on(_employment, today), ~has)
    changed = sa.select(_change.c.person_id).where(_change.c.person_id.is_not(None)).distinct()
    return sorted({*session.scalars(here), *session.scalars(changed)})


def any_to_remake(session: ReadSession) -> bool:
    """Whether something has changed that every copy is made of."""
    return session.execute(sa.select(_change.c.id).where(_change.c.person_id.is_(None)).limit(1)).first() is not None


def any_of_before(session: ReadSession, today: date) -> bool:
    """Whether a copy is left of a day before, or of another program."""
    return session.execute(sa.select(_copy.c.person_id).where(of_before(today)).limit(1)).first() is not None


def of_before(today: date) -> sa.ColumnElement[bool]:
    return sa.or_(_copy.c.day != today, _copy.c.form != FORM)
