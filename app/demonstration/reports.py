"""The report of each month, kept as the worker keeps it: in the first night after the month."""

from datetime import UTC, date, datetime, time

from app.access.actor import SYSTEM
from app.demonstration.calendar import Calendar
from app.kernel.db import WriteSession
from app.learning.rules import add_months
from app.oversight.commands import KeepReport, keep_report
from app.oversight.queries.kept import month_to_keep
from app.oversight.queries.report import report_as_at
from app.oversight.rules.figures import last_of


def plan_reports(calendar: Calendar, first: date, last: date) -> None:
    """One for every month that ends in the story, with what was known by then."""
    night = add_months(first.replace(day=1), 1)
    while night <= last:
        calendar.plan(datetime.combine(night, time(2), tzinfo=UTC), _keep)
        night = add_months(night, 1)


def _keep(session: WriteSession, now: datetime) -> None:
    month = month_to_keep(session, now)
    if month is not None:
        report = report_as_at(session, SYSTEM, last_of(month))
        keep_report(session, SYSTEM, KeepReport(month=month, report=report), now)
