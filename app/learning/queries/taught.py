"""Taught sessions: what learners see of them, and what lies in their packs for those who teach."""

from dataclasses import dataclass

from app.access.actor import Actor
from app.access.permissions import Permission
from app.curriculum.queries import all_courses, course_by_slug, latest_edition, latest_view, pack_pages
from app.curriculum.rules import Audience, PackPart
from app.curriculum.views import CourseView, PackPageView, SessionView
from app.kernel.db import ReadSession
from app.kernel.errors import NotFoundError
from app.learning.queries.on_course import on_course


@dataclass(frozen=True, slots=True)
class Taught:
    """A taught session of a course."""

    view: CourseView
    session: SessionView


def taught(session: ReadSession, actor: Actor, slug: str, key: str) -> Taught:
    """As learners see it, in the words of their own edition. Raises NotFoundError."""
    return _taught(on_course(session, actor, slug).view, key)


def handout(session: ReadSession, found: Taught, key: str) -> PackPageView:
    """Raises NotFoundError."""
    pages = pack_pages(session, found.view.revision_id, PackPart.HANDOUT, found.session.key)
    for page in pages:
        if page.key == key:
            return page
    raise NotFoundError("handout")


def teaching(session: ReadSession, actor: Actor, slug: str) -> CourseView:
    """The newest words of a course, for those who teach it: also of the one for partners. Raises NotFoundError."""
    course = course_by_slug(session, slug)
    if course.audience not in _taught_audiences(actor):
        raise NotFoundError("course")
    return latest_view(session, latest_edition(session, course.id).id)


def teachable(session: ReadSession, actor: Actor) -> list[CourseView]:
    """The courses that have taught sessions, in the order of their tiers."""
    every = (view for audience in _taught_audiences(actor) for view in all_courses(session, audience))
    return [view for view in every if view.sessions]


def teaching_session(session: ReadSession, actor: Actor, slug: str, key: str) -> Taught:
    """The same for one session. Raises NotFoundError."""
    return _taught(teaching(session, actor, slug), key)


def plan(session: ReadSession, found: Taught) -> PackPageView:
    return pack_pages(session, found.view.revision_id, PackPart.PLAN, found.session.key)[0]


def slides(session: ReadSession, found: Taught) -> tuple[PackPageView, ...]:
    """Raises NotFoundError for a session without any."""
    pages = pack_pages(session, found.view.revision_id, PackPart.SLIDE, found.session.key)
    if not pages:
        raise NotFoundError("slides")
    return pages


def teaching_notes(session: ReadSession, view: CourseView) -> tuple[PackPageView, ...]:
    """What stands in the modules for whoever teaches them."""
    return pack_pages(session, view.revision_id, PackPart.NOTES)


def _taught_audiences(actor: Actor) -> tuple[Audience, ...]:
    everybody = (Audience.STAFF, Audience.PARTNER)
    return (*everybody, Audience.AUTHOR) if actor.may(Permission.AUTHOR) else everybody


def _taught(view: CourseView, key: str) -> Taught:
    found = view.session(key)
    if found is None:
        raise NotFoundError("session")
    return Taught(view, found)
