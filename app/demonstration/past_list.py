"""A list of completions from the system that the demonstration's trust had before, brought in by HR."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.access.actor import Actor
from app.intake.importing_past import PastFile, apply, preview
from app.kernel.clock import SettableClock
from app.kernel.db import Database

HEADER = ("Employee Number", "Last Name", "First Name", "Course", "Completed On", "Provider", "Minutes", "Status")
COURSES = (
    ("Pocket QI", "The trust’s earlier learning system", "420", 500),
    ("Quality improvement foundations", "A regional improvement academy", "360", 900),
    ("Bronze improvement badge", "A regional improvement academy", "180", 1200),
)
PEOPLE_AND_COURSES = 14


def bring_past_list(db: Database, hr: Actor, known: Sequence[Sequence[str]], now: datetime) -> None:
    """`known` are members of staff as a staff file has them: number, family name, first name."""
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow(HEADER)
    for at, (number, family, given, *_) in enumerate(known[:PEOPLE_AND_COURSES]):
        course, provider, minutes, days = COURSES[at % len(COURSES)]
        on = (now - timedelta(days=days + 11 * at)).strftime("%d/%m/%Y")
        status = "In progress" if at == PEOPLE_AND_COURSES - 1 else "Completed"
        lines.writerow((number, family, given, course, on, provider, minutes, status))
    shown = preview(db, PastFile(name="earlier-learning-system.csv"), written.getvalue().encode(), now)
    apply(db, hr, shown, SettableClock(now), good_rows=True)
