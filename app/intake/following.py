"""What follows an import, each in a short transaction of its own: joiners are welcomed, and HR is told."""

import logging
from datetime import datetime

from app.access.actor import SYSTEM
from app.intake.commands import WelcomeJoiner, give_up_joiner, tell_hr, welcome_joiner
from app.intake.queries import untold, waiting
from app.kernel.config import Settings
from app.kernel.db import Database
from app.kernel.errors import DomainError

log = logging.getLogger("qi.intake")


def welcome_waiting(db: Database, settings: Settings, now: datetime, most: int) -> int:
    """Welcome so many of those who joined with an import and wait for it. Returns how many waited."""
    with db.read() as session:
        found = waiting(session, most)
    for row in found:
        command = WelcomeJoiner(line_id=row.line_id, person_id=row.person_id)
        try:
            with db.write() as session:
                welcome_joiner(session, settings, SYSTEM, command, now)
        except DomainError:
            log.exception("joiner %d could not be welcomed; HR can invite them", row.person_id)
            with db.write() as session:
                give_up_joiner(session, command)
    return len(found)


def tell_of_imports(db: Database, settings: Settings, now: datetime) -> None:
    """Send HR a mail about each import of which they were not told yet."""
    with db.read() as session:
        if not untold(session):
            return
    with db.write() as session:
        tell_hr(session, settings, now)
