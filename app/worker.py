"""qi worker: sends what waits in the outbox and does what the calendar asks, however often it is restarted."""

import logging
import signal
import threading
from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.accounts import deeds, weekly
from app.assessment.commands import HandInOverdue, hand_in_overdue
from app.assessment.queries import overdue
from app.capability.commands import remind, tell_of_month
from app.capability.copying import copy_standings
from app.capability.keeping import keep_needs
from app.intake.commands.past_staging import forget_past_uploads
from app.intake.commands.staging import forget_old as forget_old_files
from app.intake.following import tell_of_imports, welcome_waiting
from app.kernel import spool
from app.kernel.clock import Clock, SystemClock, london_date, london_time
from app.kernel.config import Settings
from app.kernel.db import Database, ReadSession, table
from app.kernel.mailer import send_waiting
from app.kernel.planner import count_rows
from app.learning.commands import ask_again
from app.marking.commands.taking import give_up_late
from app.organisation.models import Employment, Person
from app.oversight.commands import KeepReport, keep_report
from app.oversight.queries.kept import month_to_keep
from app.oversight.queries.report import report_as_at
from app.oversight.rules.figures import last_of
from app.planning.commands import ask_every_team
from app.ratings.commands import end_what_ceased, forget_leavers
from app.signing.commands import move_requests, move_uses

log = logging.getLogger("qi.worker")

MAIL_EVERY = 3.0
NIGHT_BEGINS = 3
"""The hour in London from which the night's work is done, once a day: the trust sleeps, and mails go at six."""
CALENDAR_EVERY = 60.0
WELCOMED_A_ROUND = 100
"""Joiners of a staff file, a few seconds' work: mails go out between two such rounds."""

_person, _employment = table(Person), table(Employment)


def may_receive(session: ReadSession, people: Collection[int], now: datetime) -> set[int]:
    """Partners, and staff with a post today or one that begins later: a leaver gets no mail."""
    today = london_date(now)
    works = sa.exists().where(
        _employment.c.person_id == _person.c.id,
        sa.or_(_employment.c.ends_on.is_(None), _employment.c.ends_on > today),
    )
    found = session.scalars(
        sa.select(_person.c.id).where(_person.c.id.in_(people), sa.or_(_person.c.kind == "partner", works))
    )
    return set(found)


def do_calendar(db: Database, settings: Settings, now: datetime) -> None:
    """What the day asks for, each in its own transaction and each harmless when done twice."""
    keep_needs(db, now)
    with db.write() as session:
        remind(session, SYSTEM, now)
    with db.write() as session:
        ask_again(session, SYSTEM, now)
    with db.write() as session:
        move_requests(session, settings, SYSTEM, now)
        move_uses(session, settings, SYSTEM, now)
    with db.write() as session:
        tell_of_month(session, settings, SYSTEM, now)
    with db.write() as session:
        weekly.gather(session, settings, now)
    with db.write() as session:
        give_up_late(session, SYSTEM, now)
    with db.write() as session:
        end_what_ceased(session, SYSTEM, now)
        forget_leavers(session, settings, SYSTEM, now)
    with db.write() as session:
        spool.sweep(session, settings.spool_dir, now)
        deeds.forget_old(session, now)
        forget_past_uploads(session, now)
        forget_old_files(session, now)
    keep_last_month(db, now)
    hand_in_what_is_overdue(db, now)
    copy_standings(db, now)  # last: whatever goes wrong with copies holds up nothing that people wait for


def do_night(db: Database, settings: Settings, now: datetime) -> None:
    """What is worked out for the whole trust once a night, and harmless when done twice."""
    with db.write() as session:
        ask_every_team(session, settings, SYSTEM, now)
    count_rows(db)


def keep_last_month(db: Database, now: datetime) -> None:
    """The report of the month that has ended, once, as soon as anybody works here.

    It is counted at one moment, while nobody who writes has to wait for it.
    """
    with db.snapshot() as session:
        month = month_to_keep(session, now)
        report = report_as_at(session, SYSTEM, last_of(month)) if month else None
    if month and report and report.trust.people:
        with db.write() as session:
            keep_report(session, SYSTEM, KeepReport(month=month, report=report), now)


def hand_in_what_is_overdue(db: Database, now: datetime) -> None:
    """Attempts whose time is over and to which nobody came back. One that cannot be marked holds up no other."""
    with db.read() as session:
        found = overdue(session, now)
    for attempt_id, person_id in found:
        try:
            with db.write() as session:
                hand_in_overdue(session, SYSTEM, HandInOverdue(attempt_id=attempt_id, person_id=person_id), now)
        except Exception:
            log.exception("attempt %d could not be handed in; the next round tries again", attempt_id)


class Worker:
    """Runs until it is told to stop; a fault in one round is logged and the next round tries again."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self.db = Database(settings.database_url, pool_size=1)
        self._stop = threading.Event()
        self._night: date | None = None
        """The last day whose night's work was done here."""

    def stop(self) -> None:
        self._stop.set()

    def run(self) -> None:
        rounds = 0
        while not self._stop.is_set():
            self._try_round(calendar=rounds % round(CALENDAR_EVERY / MAIL_EVERY) == 0)
            rounds += 1
            self._stop.wait(MAIL_EVERY)
        self.db.close()

    def _try_round(self, *, calendar: bool) -> None:
        now = self.clock.now()
        try:
            if calendar:
                do_calendar(self.db, self.settings, now)
                self._do_night_once(now)
            welcome_waiting(self.db, self.settings, now, WELCOMED_A_ROUND)
            tell_of_imports(self.db, self.settings, now)
            done = send_waiting(self.db, self.settings, may_receive, self.clock)
        except Exception:
            log.exception("the worker's round failed; it tries again")
        else:
            if done.sent or done.put_off or done.given_up:
                log.info("mails: %d sent, %d put off, %d given up", done.sent, done.put_off, done.given_up)

    def _do_night_once(self, now: datetime) -> None:
        today = london_date(now)
        if self._night != today and london_time(now).hour >= NIGHT_BEGINS:
            do_night(self.db, self.settings, now)
            self._night = today


def main(settings: Settings) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    worker = Worker(settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()
