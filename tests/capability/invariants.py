"""What must be true of every database of levels: a copy that may be read says what is worked out from the rest."""

from collections.abc import Iterator
from datetime import datetime, time

import sqlalchemy as sa

from app.capability.copies import FORM, letter, unpacked
from app.capability.models import StandingChange, StandingCopy
from app.capability.queries.reaching import these
from app.capability.queries.standings import AsAt, matrix_tiers, standings
from app.kernel.clock import LONDON
from app.kernel.db import ReadSession, table

_copy, _change = table(StandingCopy), table(StandingChange)


def copies_say_what_is_so(session: ReadSession) -> Iterator[str]:
    """Of whoever nothing was noted of, every standing and every letter, on the day of the copy."""
    noted = set(session.scalars(sa.select(_change.c.person_id).distinct()))
    if None in noted:
        return
    rows = session.execute(sa.select(_copy).where(_copy.c.form == FORM, _copy.c.person_id.not_in(noted))).all()
    tiers = matrix_tiers(session)
    for day in {row.day for row in rows}:
        mine = {row.person_id: row for row in rows if row.day == day}
        known = standings(session, these(mine), AsAt(day, datetime.combine(day, time.max, LONDON)), tiers)
        for person_id, row in mine.items():
            told = known.told.get(person_id, {})
            if unpacked(row.told) != (person_id in known.away, told):
                yield f"the copy of person {person_id} on {day} says otherwise than what it was made of"
            if row.counts != "".join(letter(known.one(person_id, t.slug), day) for t in tiers):
                yield f"the copy of person {person_id} on {day} counts otherwise"
