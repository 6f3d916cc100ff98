"""The worker keeps the copies of where everybody stands: of all once a day, and of whoever stands elsewhere since.

Each part is a short transaction of its own. A page that finds no copy of somebody works out where they stand.
"""

from datetime import datetime

from app.capability.commands.copying import copy_again, forget_copies, forget_copies_before
from app.capability.queries.copied import any_of_before, any_to_remake, to_copy
from app.kernel.alone import alone
from app.kernel.clock import london_date
from app.kernel.db import Database
from app.kernel.errors import BusyError

AT_ONCE = 500
"""People whose copies are made in one transaction: a fraction of a second."""


def copy_standings(db: Database, now: datetime) -> int:
    """Make every copy that is missing or out of date; returns how many. 0 while another worker does it."""
    try:
        with alone(db, "standings", "another worker copies where people stand"):
            return _copy_standings(db, now)
    except BusyError:
        return 0


def _copy_standings(db: Database, now: datetime) -> int:
    today = london_date(now)
    with db.read() as session:
        remake = any_to_remake(session)
    if remake:
        with db.write() as session:
            forget_copies(session)
    with db.read() as session:
        people = to_copy(session, today)
    made = 0
    for at in range(0, len(people), AT_ONCE):
        with db.write() as session:
            made += copy_again(session, people[at : at + AT_ONCE], today)
    with db.read() as session:
        left = any_of_before(session, today)
    if left:
        with db.write() as session:
            forget_copies_before(session, today)
    return made
