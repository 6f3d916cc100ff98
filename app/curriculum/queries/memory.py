"""Revisions never change: what they say is read once in each process, then kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.pool import Pool

from app.curriculum.guides import GuideView, guide_view
from app.curriculum.models import Activity, Course, Edition, MarkingGuide, ModuleText, Question, Revision
from app.curriculum.unpacking import unpack
from app.curriculum.views import CourseView, QuestionView
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError

MOST_REVISIONS = 200

_course, _edition, _revision = table(Course), table(Edition), table(Revision)
_activity, _text, _question = table(Activity), table(ModuleText), table(Question)
_guide = table(MarkingGuide)

_WHOLE = sa.select(
    _course.c.id.label("course_id"),
    _course.c.slug,
    _course.c.tier,
    _course.c.audience,
    _edition.c.id.label("edition_id"),
    _edition.c.number.label("edition_number"),
    _revision.c.id.label("revision_id"),
    _revision.c.number.label("revision_number"),
    _revision.c.loaded_at,
    _revision.c.title,
    _revision.c.public_title,
    _revision.c.course,
).select_from(
    _revision.join(_edition, _edition.c.id == _revision.c.edition_id).join(
        _course, _course.c.id == _edition.c.course_id
    )
)


@dataclass(slots=True)
class _Kept:
    """What has been read from one database."""

    views: dict[int, CourseView] = field(default_factory=dict)
    html: dict[tuple[int, str, bool], str] = field(default_factory=dict)
    questions: dict[tuple[int, str], tuple[QuestionView, ...]] = field(default_factory=dict)
    guides: dict[tuple[int, str], GuideView] = field(default_factory=dict)


# By the engine's pool, which the reader and the writer of one database share: one process may serve several databases.
_memory: WeakKeyDictionary[Pool, _Kept] = WeakKeyDictionary()


def course_view(session: ReadSession, revision_id: int) -> CourseView:
    """The course as this revision has it. Raises NotFoundError."""
    return course_views(session, [revision_id])[0]


def course_views(session: ReadSession, revision_ids: Sequence[int]) -> list[CourseView]:
    """Several, in the order asked for, by two statements at most."""
    kept = _kept(session).views
    if missing := [r for r in revision_ids if r not in kept]:
        kept |= _read(session, missing)
    try:
        return [kept[r] for r in revision_ids]
    except KeyError:
        raise NotFoundError("revision") from None


def module_html(session: ReadSession, revision_id: int, module: str, *, easy: bool = False) -> str:
    """A module's prepared HTML, the trust's words still to be filled in (`app.curriculum.words.fill`).

    Raises NotFoundError where the revision has no such module, or the module no easy-read text.
    """
    kept = _kept(session).html
    key = (revision_id, module, easy)
    if key not in kept:
        column = _text.c.easy_html if easy else _text.c.html
        found = session.scalar(sa.select(column).where(_text.c.revision_id == revision_id, _text.c.key == module))
        if found is None:
            raise NotFoundError("module")
        kept[key] = found
    return kept[key]


def questions(session: ReadSession, revision_id: int, quiz: str) -> tuple[QuestionView, ...]:
    """A quiz's questions in the file's order, with their marking: never hand a whole QuestionView to a page."""
    kept = _kept(session).questions
    key = (revision_id, quiz)
    if key not in kept:
        rows = session.execute(
            sa.select(_question)
            .where(_question.c.revision_id == revision_id, _question.c.quiz == quiz)
            .order_by(_question.c.position)
        )
        kept[key] = tuple(QuestionView(r.key, r.kind, r.quiz, r.position, r.shown, r.marking) for r in rows)
    return kept[key]


def marking_guide(session: ReadSession, revision_id: int, key: str) -> GuideView:
    """A task's marking guide, with its samples: those are for markers alone. Raises NotFoundError."""
    kept = _kept(session).guides
    if (revision_id, key) not in kept:
        row = session.execute(sa.select(_guide).where(_guide.c.revision_id == revision_id, _guide.c.key == key)).first()
        if row is None:
            raise NotFoundError("marking guide")
        kept[revision_id, key] = guide_view(key, row.guide, row.samples)
    return kept[revision_id, key]


def _read(session: ReadSession, revision_ids: Sequence[int]) -> dict[int, CourseView]:
    rows = session.execute(_WHOLE.where(_revision.c.id.in_(revision_ids))).all()
    ids: dict[int, dict[str, int]] = {}
    activities = sa.select(_activity.c.course_id, _activity.c.key, _activity.c.id)
    for a in session.execute(activities.where(_activity.c.course_id.in_({row.course_id for row in rows}))):
        ids.setdefault(a.course_id, {})[a.key] = a.id
    return {row.revision_id: unpack(row, ids.get(row.course_id, {})) for row in rows}


def _kept(session: ReadSession) -> _Kept:
    pool = session.get_bind().engine.pool
    kept = _memory.get(pool)
    if kept is None or len(kept.views) > MOST_REVISIONS:
        kept = _memory[pool] = _Kept()
    return kept
