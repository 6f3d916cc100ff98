"""Lists of completions of a test's own, and what an import makes of them."""

import csv
import io
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.curriculum.models import Activity, Course
from app.curriculum.queries import course_by_slug, latest_edition, latest_view
from app.intake.importing_past import PastFile, PastPreview, apply, preview
from app.intake.models.past import PastImport, PastImportLine
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.learning.commands import Enrol, RecordOutcome, enrol, record_outcome
from app.learning.models import Award, AwardEvent, Enrolment, Outcome
from app.learning.rules import OutcomeSource
from app.organisation.models import Person
from app.recognition.models import EvidenceItem
from tests.evidence.scene import acting
from tests.world import World

HEADER = {
    "number": "Employee Number",
    "name": "Name",
    "course": "Course",
    "on": "Completed On",
    "result": "Status",
    "provider": "Provider",
    "edition": "Edition",
    "minutes": "Minutes",
    "certificate": "Certificate No",
    "expiry": "Expiry Date",
    "ni": "NI Number",
    "born": "Date of Birth",
}
SECRET_NI, SECRET_BIRTH = "QQ123456C", "1961-03-07"


def row(number: str, course: str = "Pocket QI", on: str = "2025-05-06", **said: str) -> dict[str, str]:
    """One row: what is not said is empty."""
    empty = dict.fromkeys(HEADER, "")
    return {**empty, "number": number, "course": course, "on": on, "ni": SECRET_NI, "born": SECRET_BIRTH, **said}


def written(*rows: dict[str, str], without: tuple[str, ...] = ()) -> bytes:
    names = {key: words for key, words in HEADER.items() if key not in without}
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(names.values())
    writer.writerows([one[key] for key in names] for one in rows)
    return file.getvalue().encode()


class Bringing:
    """Lists brought into one world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def look(self, *rows: dict[str, str], without: tuple[str, ...] = (), **said: Any) -> PastPreview:
        file = PastFile(**{"name": "past.csv"} | said)
        return preview(self.world.db, file, written(*rows, without=without), self.world.now)

    def do(self, *rows: dict[str, str], **said: Any) -> PastPreview:
        shown = self.look(*rows, **said)
        self.apply(shown)
        return shown

    def apply(self, shown: PastPreview, *, good_rows: bool = True) -> int:
        return apply(self.world.db, SYSTEM, shown, self.world.clock, good_rows=good_rows)

    def _rows(self, wanted: sa.Select[Any]) -> list[Any]:
        with self.world.db.read() as session:
            return [tuple(found) for found in session.execute(wanted)]

    def enrolments(self, person: int) -> list[Any]:
        """Course, episode, source, the day of completion and whether it is closed."""
        one, course = table(Enrolment), table(Course)
        wanted = sa.select(course.c.slug, one.c.episode, one.c.source, one.c.completed_at, one.c.closed_at)
        found = wanted.join(course, course.c.id == one.c.course_id).where(one.c.person_id == person)
        rows = self._rows(found.order_by(course.c.slug, one.c.episode))
        return [(s, e, str(source), at.date() if at else None, bool(closed)) for s, e, source, at, closed in rows]

    def outcomes(self, person: int) -> dict[tuple[str, date, str], tuple[int, int]]:
        """By course, day and source: how many, and their minutes."""
        one, activity, course = table(Outcome), table(Activity), table(Course)
        wanted = (
            sa.select(course.c.slug, one.c.occurred_on, one.c.source, sa.func.count(), sa.func.sum(one.c.minutes))
            .select_from(one.join(activity, activity.c.id == one.c.activity_id))
            .join(course, course.c.id == activity.c.course_id)
            .where(one.c.person_id == person)
            .group_by(course.c.slug, one.c.occurred_on, one.c.source)
        )
        return {(slug, on, str(source)): (n, m) for slug, on, source, n, m in self._rows(wanted)}

    def levels(self, person: int) -> list[Any]:
        """Tier, kind, day, last day and source of everything that happened to levels."""
        award, event = table(Award), table(AwardEvent)
        wanted = sa.select(award.c.tier, event.c.kind, event.c.occurred_on, event.c.valid_until, event.c.source)
        found = wanted.join(event, event.c.award_id == award.c.id).where(award.c.person_id == person)
        rows = self._rows(found.order_by(event.c.occurred_on, event.c.id))
        return [(tier, str(kind), on, until, source) for tier, kind, on, until, source in rows]

    def items(self, person: int) -> list[Any]:
        one = table(EvidenceItem)
        wanted = sa.select(
            one.c.title, one.c.completed_on, one.c.provider, one.c.minutes, one.c.reference, one.c.source
        )
        return self._rows(wanted.where(one.c.person_id == person).order_by(one.c.completed_on, one.c.title))

    def kept(self) -> list[Any]:
        """What the newest import's record says was done."""
        line = table(PastImportLine)
        newest = sa.select(sa.func.max(table(PastImport).c.id)).scalar_subquery()
        wanted = sa.select(line.c.kind, line.c.employee_number, line.c.course, line.c.completed_on, line.c.says)
        return self._rows(wanted.where(line.c.import_id == newest).order_by(line.c.row))

    def everything(self) -> dict[str, list[Any]]:
        """All that a list may change, without the imports' own records."""
        models = (Enrolment, Outcome, Award, AwardEvent, EvidenceItem)
        return {table(m).name: self._rows(sa.select(table(m)).order_by(table(m).c.id)) for m in models}

    def events(self) -> int:
        with self.world.db.read() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(table(AuditEvent))) or 0


def learn_here(world: World, person: Person, on: date, *, last: int | None = None, again: bool = False) -> None:
    """The required activities of Pocket QI up to `last` on one day; all of them complete it."""
    now = datetime.combine(on, time(10), UTC)
    with world.db.write() as session:
        view = latest_view(session, latest_edition(session, course_by_slug(session, "pocket-qi").id).id)
        enrol(session, acting(person), Enrol(course_id=view.course_id, again=again), now)
        for activity in [a for a in view.activities if a.key in view.completion][:last]:
            command = RecordOutcome(
                person_id=person.id,
                activity_id=activity.id,
                occurred_on=on,
                minutes=activity.minutes,
                participatory_minutes=0,
                source=OutcomeSource.READ,
            )
            record_outcome(session, acting(person), command, now)


def reasons(shown: PastPreview) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.reason) for p in shown.plan.problems]
