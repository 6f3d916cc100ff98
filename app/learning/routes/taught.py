from collections.abc import Mapping

from markupsafe import Markup

from app.access.gates import Requires
from app.access.permissions import Permission
from app.curriculum.words import trust_words
from app.learning import queries
from app.learning.pages.taught import PaperPage, PlanPage, SessionPage, SlidesPage, TeachCoursePage, TeachPage
from app.learning.routes.courses import LEARNERS
from app.web.router import Answer, Router
from app.web.visit import Visit

router = Router("learning")
TEACHERS = Requires(Permission.TEACH)


@router.page("/sessions/{course}/{session}", access=LEARNERS)
def session(visit: Visit, course: str, session: str) -> Answer:
    found = queries.taught(visit.session, visit.actor, course, session)
    return SessionPage.of(found, teaches=visit.actor.may(Permission.TEACH))


@router.page("/sessions/{course}/{session}/handouts/{handout}", access=LEARNERS)
def handout(visit: Visit, course: str, session: str, handout: str) -> Answer:
    found = queries.taught(visit.session, visit.actor, course, session)
    page = queries.handout(visit.session, found, handout)
    return PaperPage.handout(found, page, _words(visit), printing=visit.flag("print"))


@router.page("/teach", access=TEACHERS)
def teach(visit: Visit) -> Answer:
    return TeachPage.of(queries.teachable(visit.session, visit.actor))


@router.page("/teach/{course}", access=TEACHERS)
def teach_course(visit: Visit, course: str) -> Answer:
    view = queries.teaching(visit.session, visit.actor, course)
    return TeachCoursePage.of(view, queries.teaching_notes(visit.session, view), _words(visit))


@router.page("/teach/{course}/{session}/plan", access=TEACHERS)
def plan(visit: Visit, course: str, session: str) -> Answer:
    found = queries.teaching_session(visit.session, visit.actor, course, session)
    page = queries.plan(visit.session, found)
    return PlanPage.plan(found, page, _words(visit), printing=visit.flag("print"))


@router.page("/teach/{course}/{session}/slides", access=TEACHERS)
def slides(visit: Visit, course: str, session: str) -> Answer:
    """`?present=1` fills the screen, `?notes=1` adds what is said."""
    found = queries.teaching_session(visit.session, visit.actor, course, session)
    pages = queries.slides(visit.session, found)
    return SlidesPage.of(found, pages, _words(visit), presenting=visit.flag("present"), notes=visit.flag("notes"))


def _words(visit: Visit) -> Mapping[str, Markup]:
    return trust_words(visit.core.settings)
