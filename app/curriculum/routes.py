from app.access.actor import PersonKind
from app.access.gates import Anyone, SignedIn
from app.curriculum import queries
from app.curriculum.pages.competencies import CompetenciesPage
from app.curriculum.pages.glossary import GlossaryPage
from app.curriculum.rules import Audience
from app.curriculum.views import CourseView
from app.web.router import Answer, Router
from app.web.visit import Visit

router = Router("curriculum")
AUDIENCES = {PersonKind.STAFF: Audience.STAFF, PersonKind.PARTNER: Audience.PARTNER}


@router.page("/glossary", access=SignedIn())
def glossary(visit: Visit) -> Answer:
    return GlossaryPage.of(queries.words(visit.session, AUDIENCES[visit.actor.kind]))


@router.page("/competencies", access=Anyone())
def competencies(visit: Visit) -> Answer:
    """What there is to be able to do, and which course teaches it: the same for everybody but for the links."""
    session = visit.session
    courses = [course for audience in AUDIENCES.values() for course in queries.all_courses(session, audience)]
    return CompetenciesPage.of(
        queries.competencies(session),
        queries.levels(session),
        queries.tiers(session),
        courses,
        lambda course: _address(visit, course),
    )


def _address(visit: Visit, course: CourseView) -> str:
    """Where a course is for whoever looks; nothing for a course that is not for people like them."""
    own = visit.visitor is not None and AUDIENCES.get(visit.visitor.kind) is course.audience
    return visit.path_for("learning:course", slug=course.slug) if own else ""
