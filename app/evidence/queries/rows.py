"""The rows of evidence: one statement that a person's record, the trust's figures and every export are made from.

A row is a course that somebody worked on in the period, in one post (a mover has one row for each), or a level that
they held on the period's last day. One person's record asks for levels past their refresh date as well: time never
withdraws a completion, but what is past its date is not held, and no figure of the trust counts it. Attempts and
answers are not in this statement, so no score can leave with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import PersonKind
from app.curriculum.models import Course, Edition, Revision, Tier
from app.curriculum.rules import Audience
from app.evidence.models import Certificate
from app.evidence.queries.sources import People, learning, levels, post_on
from app.evidence.rules import Period, RecordKind
from app.kernel.db import ReadSession, one_of, table
from app.organisation.models import Directorate, Employment, Person, Team
from app.organisation.queries import leaves_of
from app.organisation.rules import Spell, moved_by

_course, _edition, _revision, _tier = table(Course), table(Edition), table(Revision), table(Tier)
_certificate, _person = table(Certificate), table(Person)

POST_THEN = table(Employment).alias("post_then")
POST_NOW = table(Employment).alias("post_now")
TEAM_THEN, TEAM_NOW = table(Team).alias("team_then"), table(Team).alias("team_now")
_directorate_then = table(Directorate).alias("directorate_then")
_directorate_now = table(Directorate).alias("directorate_now")

TIER = _tier.c.slug
_TODAY: sa.BindParameter[date] = sa.bindparam("today", type_=sa.Date)
_KIND = one_of(RecordKind)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """`*_then`: where they worked on the day; `*_now`: where they work today, empty for those who left."""

    person_id: int
    name: str
    list_name: str
    employee_number: str | None
    staff_group: str
    job_role: str
    band: str
    team_then: str
    directorate_then: str
    team_now: str
    directorate_now: str
    kind: RecordKind
    tier: str
    level: str
    course: str
    edition: int | None
    enrolment_id: int | None
    first_on: date | None
    last_on: date | None
    minutes: int
    participatory_minutes: int
    completed_on: date | None
    passed_on: date | None
    certificate: str | None
    certificate_withdrawn: bool
    held_since: date | None
    held_until: date | None
    clock_from: date | None
    """The day from which long leave moves `held_until`; `moved`: by how many days it has."""
    moved: int = 0

    def is_held(self, on: date) -> bool:
        """Whether its refresh date, if it is a level and has one, is not past."""
        return self.held_until is None or self.held_until >= on


def _titles() -> sa.Subquery:
    """The title of each edition in its newest words."""
    newest = sa.select(sa.func.max(_revision.c.id)).group_by(_revision.c.edition_id)
    return sa.select(_revision.c.edition_id, _revision.c.title).where(_revision.c.id.in_(newest)).subquery("titled")


def statement(among: People = None, *, lapsed: bool = False) -> sa.Select[Any]:
    """The rows of everybody, or of some people. Patient partners are in none, nor what authors tried in a gallery."""
    found = sa.union_all(learning(among), levels(among, lapsed=lapsed)).subquery("found")
    titled = _titles()
    either = sa.func.coalesce
    return (
        sa.select(
            _person.c.id,
            _person.c.name,
            _person.c.list_name,
            either(POST_THEN.c.employee_number, POST_NOW.c.employee_number),
            either(POST_THEN.c.staff_group, POST_NOW.c.staff_group, ""),
            either(POST_THEN.c.job_role, POST_NOW.c.job_role, ""),
            either(POST_THEN.c.band, POST_NOW.c.band, ""),
            either(TEAM_THEN.c.name, ""),
            either(_directorate_then.c.name, ""),
            either(TEAM_NOW.c.name, ""),
            either(_directorate_now.c.name, ""),
            sa.type_coerce(found.c.kind, _KIND),
            _tier.c.slug,
            _tier.c.title,
            either(sa.case((found.c.kind == RecordKind.LEARNING.value, titled.c.title)), ""),
            _edition.c.number,
            found.c.enrolment_id,
            found.c.first_on,
            found.c.last_on,
            found.c.minutes,
            found.c.participatory_minutes,
            found.c.completed_on,
            found.c.passed_on,
            _certificate.c.code,
            _certificate.c.withdrawn_on.is_not(None),
            found.c.held_since,
            found.c.held_until,
            found.c.clock_from,
        )
        .select_from(found)
        .join(_person, _person.c.id == found.c.person_id)
        .outerjoin(POST_THEN, POST_THEN.c.id == found.c.post_id)
        .outerjoin(TEAM_THEN, TEAM_THEN.c.id == POST_THEN.c.team_id)
        .outerjoin(_directorate_then, _directorate_then.c.id == TEAM_THEN.c.directorate_id)
        .outerjoin(POST_NOW, post_on(POST_NOW, _person.c.id, _TODAY))
        .outerjoin(TEAM_NOW, TEAM_NOW.c.id == POST_NOW.c.team_id)
        .outerjoin(_directorate_now, _directorate_now.c.id == TEAM_NOW.c.directorate_id)
        .outerjoin(_course, _course.c.id == found.c.course_id)
        .outerjoin(_edition, _edition.c.id == found.c.edition_id)
        .outerjoin(titled, titled.c.edition_id == found.c.edition_id)
        .outerjoin(_tier, _tier.c.slug == either(found.c.tier, _course.c.tier))
        .outerjoin(
            _certificate,
            sa.and_(_certificate.c.enrolment_id == found.c.enrolment_id, found.c.completed_on.is_not(None)),
        )
        .where(_person.c.kind == PersonKind.STAFF)
        .where(sa.or_(_course.c.id.is_(None), _course.c.audience != Audience.AUTHOR))
        .order_by(
            _person.c.sort_key, _person.c.id, found.c.kind, _tier.c.position, found.c.first_on, found.c.enrolment_id
        )
    )


def read(
    session: ReadSession,
    wanted: sa.Select[Any],
    period: Period,
    today: date,
    among: People = None,
    *,
    lapsed: bool = False,
) -> tuple[EvidenceRow, ...]:
    """Two statements. `among`: whose rows they can be, to narrow the work of the second."""
    days = {"starts": period.starts_on, "ends": period.ends_on, "today": today}
    rows = (EvidenceRow(*row) for row in session.execute(wanted, days))
    on = min(period.ends_on, today)
    leaves = leaves_of(session, among, on)
    moved = (_moved(row, leaves[row.person_id], on) if row.person_id in leaves else row for row in rows)
    return tuple(row for row in moved if lapsed or row.is_held(period.ends_on))


def _moved(row: EvidenceRow, spells: Sequence[Spell], on: date) -> EvidenceRow:
    if row.held_until is None or row.clock_from is None:
        return row
    days = moved_by(spells, row.clock_from, row.held_until, on)
    return replace(row, held_until=row.held_until + timedelta(days=days), moved=days)
