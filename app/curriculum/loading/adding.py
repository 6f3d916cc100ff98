"""The rows of a new edition or revision. Nothing here changes a row that exists."""

from datetime import datetime

from app.access.actor import SYSTEM
from app.curriculum.checking import CheckedCourse
from app.curriculum.loading.packs import pack_pages
from app.curriculum.loading.planning import Plan, What
from app.curriculum.loading.stored import stored_guide
from app.curriculum.models import Activity, Course, Edition, MarkingGuide, ModuleText, Question, Revision
from app.curriculum.rules import ActivityKind, Audience
from app.kernel import audit
from app.kernel.db import WriteSession


def add(session: WriteSession, checked: CheckedCourse, plan: Plan, now: datetime) -> None:
    """Add what the plan says, with one audit event; nothing when it is unchanged."""
    if plan.what is What.UNCHANGED:
        return
    course_id = plan.course_id or _add_course(session, checked)
    edition_id = plan.edition_id or _add_edition(session, course_id, plan, now)
    revision = _add_revision(session, edition_id, checked, plan, now)
    _add_activities(session, course_id, checked, plan)
    _add_texts(session, revision.id, checked)
    _add_questions(session, revision.id, checked)
    _add_guides(session, revision.id, checked)
    session.add_all(pack_pages(revision.id, checked))
    entity, entity_id = ("edition", edition_id) if plan.what is What.EDITION else ("revision", revision.id)
    audit.record(session, SYSTEM, f"load {entity}", entity, entity_id, now=now)


def _add_course(session: WriteSession, checked: CheckedCourse) -> int:
    course = Course(slug=checked.course.slug, tier=checked.course.tier, audience=Audience(checked.course.audience))
    session.add(course)
    session.flush()
    return course.id


def _add_edition(session: WriteSession, course_id: int, plan: Plan, now: datetime) -> int:
    edition = Edition(course_id=course_id, number=plan.edition, rules_hash=plan.rules_hash, loaded_at=now)
    session.add(edition)
    session.flush()
    return edition.id


def _add_revision(
    session: WriteSession, edition_id: int, checked: CheckedCourse, plan: Plan, now: datetime
) -> Revision:
    revision = Revision(
        edition_id=edition_id,
        number=plan.revision,
        content_hash=plan.content_hash,
        loaded_at=now,
        title=checked.course.title,
        public_title=checked.course.public_title,
        course=plan.stored,
    )
    session.add(revision)
    session.flush()
    return revision


def _add_activities(session: WriteSession, course_id: int, checked: CheckedCourse, plan: Plan) -> None:
    for module in checked.course.modules:
        for activity in module.activities:
            if activity.id not in plan.activities:
                session.add(Activity(course_id=course_id, key=activity.id, kind=ActivityKind(activity.kind)))


def _add_texts(session: WriteSession, revision_id: int, checked: CheckedCourse) -> None:
    places = {module.id: place for place, module in enumerate(checked.course.modules, start=1)}
    for made in checked.modules:
        session.add(
            ModuleText(
                revision_id=revision_id,
                key=made.module.id,
                position=places[made.module.id],
                title=made.module.title,
                html=made.html,
                easy_html=made.easy_html,
            )
        )


def _add_questions(session: WriteSession, revision_id: int, checked: CheckedCourse) -> None:
    for quiz, read in checked.quizzes.items():
        for place, question in enumerate(read.questions, start=1):
            session.add(
                Question(
                    revision_id=revision_id,
                    quiz=quiz,
                    key=question.key,
                    kind=question.kind,
                    position=place,
                    shown=dict(question.shown),
                    marking=dict(question.marking),
                )
            )


def _add_guides(session: WriteSession, revision_id: int, checked: CheckedCourse) -> None:
    for key, read in checked.guides.items():
        guide, samples = stored_guide(read)
        session.add(MarkingGuide(revision_id=revision_id, key=key, guide=guide, samples=samples))
