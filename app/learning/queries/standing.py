"""Where one person stands with one course, by one statement: what the hottest page of all asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.curriculum.models import Activity, Course, Edition
from app.curriculum.rules import Audience
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.learning.models import Bookmark, Enrolment, Outcome
from app.learning.queries.enrolments import COUNTS, ENROLMENT_COLUMNS, EnrolmentRow, newest_words, was_taken_up

_course, _edition, _activity = table(Course), table(Edition), table(Activity)
_enrolment, _bookmark, _outcome = table(Enrolment), table(Bookmark), table(Outcome)

_NEWEST_EDITION = (
    sa.select(sa.func.max(_edition.c.id))
    .where(_edition.c.course_id == _course.c.id)
    .correlate(_course)
    .scalar_subquery()
)
_newest = _enrolment.alias("newest")
_LAST_EPISODE = (
    sa.select(sa.func.max(_newest.c.episode))
    .where(_newest.c.person_id == sa.bindparam("person_id"), _newest.c.course_id == _course.c.id, was_taken_up(_newest))
    .correlate(_course)
    .scalar_subquery()
)
# Every outcome that counts as key=day, because a second statement would cost as much again as all of this one.
_DONE = (
    sa.select(sa.func.aggregate_strings(_activity.c.key + "=" + sa.cast(_outcome.c.occurred_on, sa.String), ","))
    .select_from(_outcome.join(_activity, _activity.c.id == _outcome.c.activity_id))
    .where(COUNTS, _activity.c.course_id == _enrolment.c.course_id)
    .correlate(_enrolment)
    .scalar_subquery()
)
_STANDING = (
    sa.select(
        *ENROLMENT_COLUMNS,
        newest_words(sa.func.coalesce(_enrolment.c.edition_id, _NEWEST_EDITION)).label("words"),
        _DONE.label("done"),
    )
    .select_from(_course)
    .outerjoin(
        _enrolment,
        sa.and_(
            _enrolment.c.course_id == _course.c.id,
            _enrolment.c.person_id == sa.bindparam("person_id"),
            _enrolment.c.episode == _LAST_EPISODE,
        ),
    )
    .outerjoin(_bookmark, _bookmark.c.enrolment_id == _enrolment.c.id)
    .where(_course.c.slug == sa.bindparam("slug"), _course.c.audience == sa.bindparam("audience"))
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The words to show, the newest enrolment if there is one, and what counts for it: key → the last day."""

    revision_id: int
    enrolment: EnrolmentRow | None
    finished: Mapping[str, date]


def standing(session: ReadSession, person_id: int, slug: str, audience: Audience) -> Standing:
    """Raises NotFoundError for a missing course and for one of another audience."""
    row = session.execute(_STANDING, {"person_id": person_id, "slug": slug, "audience": audience}).first()
    if row is None or row.words is None:
        raise NotFoundError("course")
    *columns, words, done = row
    return Standing(words, EnrolmentRow(*columns) if row.id is not None else None, _days(done or ""))


def _days(done: str) -> dict[str, date]:
    found: dict[str, date] = {}
    for key, _, day in sorted(pair.partition("=") for pair in done.split(",") if pair):
        found[key] = date.fromisoformat(day)
    return found
