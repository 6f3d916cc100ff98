"""Who is on which course, how far they have come, and what they have done there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.curriculum.models import Activity, Course, Edition, Revision
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.models import Bookmark, Enrolment, Outcome
from app.learning.rules import EnrolmentSource

_course, _edition, _revision, _activity = table(Course), table(Edition), table(Revision), table(Activity)
_enrolment, _bookmark, _outcome = table(Enrolment), table(Bookmark), table(Outcome)


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """An enrolment with its bookmark. `revision_id` is the newest words of the edition it is pinned to."""

    id: int
    person_id: int
    course_id: int
    edition_id: int
    episode: int
    source: EnrolmentSource
    counts_from: date | None
    enrolled_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    closed_at: datetime | None
    revision_id: int
    module: str | None
    place: str | None
    bookmarked_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def was_taken_up(self) -> bool:
        """Open, or begun before it was closed."""
        return self.is_open or self.started_at is not None or self.completed_at is not None


def was_taken_up(place: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether a row of enrolments is open, or was begun: not one that was closed before anybody began it."""
    return sa.or_(place.c.closed_at.is_(None), place.c.started_at.is_not(None), place.c.completed_at.is_not(None))


def newest_words(edition_id: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    """The newest revision of the edition that a statement is looking at."""
    own = _revision.alias()
    return sa.select(sa.func.max(own.c.id)).where(own.c.edition_id == edition_id).scalar_subquery()


ENROLMENT_COLUMNS = (
    _enrolment.c.id,
    _enrolment.c.person_id,
    _enrolment.c.course_id,
    _enrolment.c.edition_id,
    _enrolment.c.episode,
    _enrolment.c.source,
    _enrolment.c.counts_from,
    _enrolment.c.enrolled_at,
    _enrolment.c.started_at,
    _enrolment.c.completed_at,
    _enrolment.c.closed_at,
    newest_words(_enrolment.c.edition_id).label("revision_id"),
    _bookmark.c.module,
    _bookmark.c.place,
    _bookmark.c.at,
)
_ENROLMENTS = sa.select(*ENROLMENT_COLUMNS).select_from(
    _enrolment.outerjoin(_bookmark, _bookmark.c.enrolment_id == _enrolment.c.id)
)
_OPEN = _ENROLMENTS.where(
    _enrolment.c.person_id == sa.bindparam("person_id"),
    _enrolment.c.course_id == sa.bindparam("course_id"),
    _enrolment.c.closed_at.is_(None),
)
_LATEST = (
    _ENROLMENTS.where(
        _enrolment.c.person_id == sa.bindparam("person_id"), _enrolment.c.course_id == sa.bindparam("course_id")
    )
    .order_by(_enrolment.c.episode.desc())
    .limit(1)
)
_ALL = _ENROLMENTS.where(_enrolment.c.person_id == sa.bindparam("person_id")).order_by(
    _enrolment.c.enrolled_at.desc(), _enrolment.c.id.desc()
)

# An outcome belongs to an enrolment when it is of the same person and course and not from before it counts.
COUNTS = sa.and_(
    _outcome.c.person_id == _enrolment.c.person_id,
    sa.or_(_enrolment.c.counts_from.is_(None), _outcome.c.occurred_on >= _enrolment.c.counts_from),
)
_DONE = (
    sa.select(_enrolment.c.id, _activity.c.key, sa.func.max(_outcome.c.occurred_on).label("day"))
    .select_from(_enrolment)
    .join(_outcome, COUNTS)
    .join(_activity, sa.and_(_activity.c.id == _outcome.c.activity_id, _activity.c.course_id == _enrolment.c.course_id))
    .where(_enrolment.c.id.in_(sa.bindparam("enrolment_ids", expanding=True)))
    .group_by(_enrolment.c.id, _activity.c.key)
)


def open_enrolment(session: ReadSession, person_id: int, course_id: int) -> EnrolmentRow | None:
    """The enrolment that a person has not finished, if they have one."""
    row = session.execute(_OPEN, {"person_id": person_id, "course_id": course_id}).first()
    return EnrolmentRow(*row) if row else None


def latest_enrolment(session: ReadSession, person_id: int, course_id: int) -> EnrolmentRow | None:
    """The newest episode, open or not."""
    row = session.execute(_LATEST, {"person_id": person_id, "course_id": course_id}).first()
    return EnrolmentRow(*row) if row else None


def enrolments_of(session: ReadSession, person_id: int) -> list[EnrolmentRow]:
    """Every episode of every course of a person, newest first."""
    return [EnrolmentRow(*row) for row in session.execute(_ALL, {"person_id": person_id})]


def own_enrolment(session: ReadSession, person_id: int, enrolment_id: int) -> EnrolmentRow:
    """One of a person's own enrolments. Raises NotFoundError for somebody else's."""
    wanted = _ENROLMENTS.where(_enrolment.c.id == enrolment_id, _enrolment.c.person_id == person_id)
    row = session.execute(wanted).first()
    if row is None:
        raise NotFoundError("enrolment")
    return EnrolmentRow(*row)


def done(session: ReadSession, enrolment_id: int) -> dict[str, date]:
    """The activities that count for this enrolment: key → the day on which each was last done."""
    return done_in(session, [enrolment_id])[enrolment_id]


def done_in(session: ReadSession, enrolment_ids: Sequence[int]) -> dict[int, dict[str, date]]:
    """The same for several enrolments, by one statement."""
    found: dict[int, dict[str, date]] = {enrolment_id: {} for enrolment_id in enrolment_ids}
    for row in session.execute(_DONE, {"enrolment_ids": enrolment_ids}) if enrolment_ids else ():
        found[row.id][row.key] = row.day
    return found
