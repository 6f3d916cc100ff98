"""Copies of where people stand, made, made anew and taken away. They say nothing new, so nobody is named for them."""

from collections.abc import Sequence
from datetime import date, datetime, time

import sqlalchemy as sa

from app.capability.copies import FORM, UNDECIDED, Told, letter, packed
from app.capability.models import StandingChange, StandingCopy
from app.capability.queries.copied import of_before
from app.capability.queries.reaching import these
from app.capability.queries.standings import AsAt, matrix_tiers, standings
from app.kernel.clock import LONDON
from app.kernel.db import WriteSession, table
from app.organisation.models import Employment
from app.organisation.queries import open_on

_copy, _change, _employment = table(StandingCopy), table(StandingChange), table(Employment)


def copy_again(session: WriteSession, people: Sequence[int], today: date) -> int:
    """Make the copies of these people, of those who have a main post today; returns how many.

    What was noted about them is taken away first, and they are looked at afterwards: a change that is committed
    meanwhile keeps its note, and the copy is made once more.
    """
    session.execute(sa.delete(_change).where(_change.c.person_id.in_(people)))
    session.execute(sa.delete(_copy).where(_copy.c.person_id.in_(people)))
    here = session.scalars(
        sa.select(_employment.c.person_id)
        .where(_employment.c.person_id.in_(people), _employment.c.is_primary, open_on(_employment, today))
        .distinct()
    ).all()
    # Until the end of the day, and not until now: whatever is written by then leaves a note of its own.
    end = datetime.combine(today, time.max, LONDON)
    tiers = matrix_tiers(session)
    known = standings(session, these(here), AsAt(today, end), tiers)
    rows = []
    for person_id in here:
        away, told = person_id in known.away, known.told.get(person_id, {})
        counts = "".join(letter(told[t.slug], today) if t.slug in told else UNDECIDED for t in tiers)
        text = packed(Told(away, dict(told)))
        rows.append({"person_id": person_id, "day": today, "form": FORM, "counts": counts, "told": text})
    if rows:
        session.execute(sa.insert(_copy), rows)
    return len(rows)


def forget_copies(session: WriteSession) -> None:
    """Take all of them away: something that every copy is made of has changed."""
    session.execute(sa.delete(_change).where(_change.c.person_id.is_(None)))
    session.execute(sa.delete(_copy))


def forget_copies_before(session: WriteSession, today: date) -> None:
    """Take those away that nobody has made anew: of whoever has no post any more."""
    session.execute(sa.delete(_copy).where(of_before(today)))
