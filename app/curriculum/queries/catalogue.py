"""Which courses there are, and which edition and revision is the newest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.curriculum.framework import CompetencyView, JudgementView, LevelView, TierPath
from app.curriculum.models import Activity, Competency, CompetencyLevel, Course, Edition, Judgement, Revision, Tier
from app.curriculum.queries.memory import course_view, course_views
from app.curriculum.rules import Audience
from app.curriculum.views import CourseView, TermView, TierView
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError

_course, _edition, _revision = table(Course), table(Edition), table(Revision)
_activity, _tier = table(Activity), table(Tier)
_competency, _level, _judgement = table(Competency), table(CompetencyLevel), table(Judgement)

_NEWEST_EDITION = (
    sa.select(_edition.c.id)
    .where(_edition.c.course_id == _course.c.id)
    .order_by(_edition.c.number.desc())
    .limit(1)
    .correlate(_course)
    .scalar_subquery()
)
_NEWEST_REVISION = (
    sa.select(_revision.c.id)
    .where(_revision.c.edition_id == _NEWEST_EDITION)
    .order_by(_revision.c.number.desc())
    .limit(1)
    .correlate(_course)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class CourseRow:
    id: int
    slug: str
    tier: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class EditionRow:
    id: int
    course_id: int
    number: int
    loaded_at: datetime


def course_by_slug(session: ReadSession, slug: str, audience: Audience | None = None) -> CourseRow:
    """The course at this address. Raises NotFoundError, also for a course of another audience than the one given."""
    row = session.execute(
        sa.select(_course.c.id, _course.c.slug, _course.c.tier, _course.c.audience).where(_course.c.slug == slug)
    ).first()
    if row is None or audience not in (None, row.audience):
        raise NotFoundError("course")
    return CourseRow(*row)


def all_courses(session: ReadSession, audience: Audience) -> list[CourseView]:
    """The newest words of the newest edition of each course for this audience, in the order of the tiers."""
    newest = session.scalars(
        sa.select(_NEWEST_REVISION)
        .select_from(_course.join(_tier, _tier.c.slug == _course.c.tier))
        .where(_course.c.audience == audience)
        .order_by(_tier.c.position, _course.c.slug)
    ).all()
    return course_views(session, [revision_id for revision_id in newest if revision_id is not None])


def latest_edition(session: ReadSession, course_id: int) -> EditionRow:
    """The edition that a new enrolment is pinned to. Raises NotFoundError for an unknown course."""
    row = session.execute(
        sa.select(_edition.c.id, _edition.c.course_id, _edition.c.number, _edition.c.loaded_at)
        .where(_edition.c.course_id == course_id)
        .order_by(_edition.c.number.desc())
        .limit(1)
    ).first()
    if row is None:
        raise NotFoundError("edition")
    return EditionRow(*row)


def latest_revision(session: ReadSession, edition_id: int) -> int:
    """The id of the newest words of an edition: what a page shows, and what a new attempt is pinned to."""
    found: int | None = session.scalar(
        sa.select(_revision.c.id)
        .where(_revision.c.edition_id == edition_id)
        .order_by(_revision.c.number.desc())
        .limit(1)
    )
    if found is None:
        raise NotFoundError("revision")
    return found


def latest_view(session: ReadSession, edition_id: int) -> CourseView:
    """The course in the newest words of this edition."""
    return course_view(session, latest_revision(session, edition_id))


def edition_names(session: ReadSession) -> dict[int, str]:
    """Pocket QI edition 2: of each edition by its id, in its newest words. One statement, and few rows of any trust."""
    newest = sa.select(sa.func.max(_revision.c.id)).group_by(_revision.c.edition_id)
    rows = session.execute(
        sa.select(_edition.c.id, _revision.c.title, _edition.c.number)
        .join(_revision, _revision.c.edition_id == _edition.c.id)
        .where(_revision.c.id.in_(newest))
    )
    return {row.id: f"{row.title} edition {row.number}" for row in rows}


def activity_ids(session: ReadSession, course_id: int) -> dict[str, int]:
    """Every activity that the course has or had in any edition: its key in the files, its row."""
    rows = session.execute(sa.select(_activity.c.key, _activity.c.id).where(_activity.c.course_id == course_id))
    return {row.key: row.id for row in rows}


def words(session: ReadSession, audience: Audience) -> list[TermView]:
    """The terms that the courses for this audience explain, by the alphabet."""
    found = {term.term: term for course in all_courses(session, audience) for term in course.terms}
    return sorted(found.values(), key=lambda term: term.term.casefold())


_TIERS = sa.select(_tier).order_by(_tier.c.position)


def tiers(session: ReadSession) -> list[TierView]:
    """The levels of the pyramid, in their order."""
    rows = session.execute(_TIERS)
    return [TierView(**{**row._mapping, "path": _path(row.path)}) for row in rows]  # noqa: SLF001  its public name


def _path(stored: Mapping[str, Any]) -> TierPath:
    said: dict[str, Any] = {k: tuple(value) if isinstance(value, list) else value for k, value in stored.items()}
    return TierPath(**said)


def competencies(session: ReadSession) -> list[CompetencyView]:
    """What somebody who improves care can do, in the framework's order."""
    rows = session.execute(sa.select(_competency).order_by(_competency.c.position))
    return [CompetencyView(**row._mapping) for row in rows]  # noqa: SLF001


def levels(session: ReadSession) -> list[LevelView]:
    """How well somebody may be able to do it, from 0 up."""
    rows = session.execute(sa.select(_level).order_by(_level.c.level))
    return [LevelView(row.level, row.name, row.meaning) for row in rows]


def judgements(session: ReadSession) -> list[JudgementView]:
    """What can be judged of a person as a whole, in the framework's order; none where it gives no examples."""
    wanted = sa.select(*_judgement.c["key", "meaning", "ward", "community"]).order_by(_judgement.c.position)
    return [JudgementView(**row._mapping) for row in session.execute(wanted)]  # noqa: SLF001
