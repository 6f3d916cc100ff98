"""What somebody reads: how it is today, or a month that has ended as it was reported and with what is known today."""

from dataclasses import dataclass
from datetime import date, datetime

from app.access.actor import Actor
from app.kernel.db import ReadSession
from app.kernel.errors import NotFoundError
from app.oversight.queries.kept import Kept, kept_months, kept_report
from app.oversight.queries.report import report_for
from app.oversight.rules.differing import Difference, differences
from app.oversight.rules.figures import Part, Report, last_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A directorate or the TRUST; a month by its first day, or None for today; `known`: with what is known today."""

    directorate_id: int
    month: date | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """`reported_at` is when the month's report was kept, None where it was not; `as_reported`: this is it."""

    choice: Choice
    report: Report
    part: Part
    as_reported: bool
    reported_at: datetime | None
    differences: tuple[Difference, ...]
    kept: tuple[Kept, ...]


def read(session: ReadSession, actor: Actor, choice: Choice, today: date) -> Reading:
    """Raises NotFoundError for what is out of reach, for a month to come, and for a directorate that was not there."""
    kept = tuple(kept_months(session))
    if choice.month is None:
        return _reading(choice, report_for(session, actor, choice.directorate_id, today), kept)
    if last_of(choice.month) >= today:
        raise NotFoundError("month")
    reported = kept_report(session, actor, choice.directorate_id, choice.month)
    if reported is None:
        return _reading(choice, report_for(session, actor, choice.directorate_id, last_of(choice.month)), kept)
    known = _known(session, actor, choice)
    differ = differences(reported, known, choice.directorate_id) if known else []
    shown = known if known and choice.known else reported
    return _reading(choice, shown, kept, as_reported=shown is reported, differ=tuple(differ))


def _known(session: ReadSession, actor: Actor, choice: Choice) -> Report | None:
    """The same month with what is known today; None where, as is known today, the directorate was not there."""
    assert choice.month is not None
    try:
        return report_for(session, actor, choice.directorate_id, last_of(choice.month))
    except NotFoundError:
        return None


def _reading(
    choice: Choice,
    report: Report,
    kept: tuple[Kept, ...],
    *,
    as_reported: bool = False,
    differ: tuple[Difference, ...] = (),
) -> Reading:
    part = report.part(choice.directorate_id)
    assert part is not None, "both queries refuse a report that says nothing of it"
    made = next((one.made_at for one in kept if one.month == choice.month), None)
    return Reading(choice, report, part, as_reported, made, differ, kept)
