from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.curriculum.queries import edition_names
from app.learning import commands, queries
from app.learning.pages.catalogue import CataloguePage
from app.learning.pages.completed import CompletedPage
from app.learning.pages.course import CoursePage
from app.learning.pages.help import HelpPage
from app.learning.queries import Holding
from app.learning.routes.going import go
from app.learning.rules import EnrolmentSource
from app.learning.wayfinding import way_in
from app.web.router import Answer, Nav, Router
from app.web.visit import Deed, Visit

router = Router("learning")
LEARNERS = Requires(Permission.LEARN, Permission.LEARN_AS_PARTNER)


@router.page("/courses", access=Requires(Permission.LEARN), nav=Nav("Courses", order=20))
def catalogue(visit: Visit) -> Answer:
    return CataloguePage.of(queries.courses_for(visit.session, visit.actor), _held(visit), visit.actor)


@router.page("/courses/{slug}", access=LEARNERS)
def course(visit: Visit, slug: str) -> Answer:
    found = queries.on_course(visit.session, visit.actor, slug)
    move = queries.last_move(visit.session, found.enrolment.id) if found.enrolment else None
    judged = queries.judged(visit.session, found.view)
    return CoursePage.of(found, _held(visit), judged, move, visit.actor)


def _held(visit: Visit) -> Mapping[str, Holding]:
    person_id = visit.actor.person_id
    return queries.holdings(visit.session, [person_id], visit.today).get(person_id, {})


@router.action("/courses/{slug}/enrol", access=LEARNERS, holds=True)
def enrol(deed: Deed, slug: str) -> Answer:
    """Join the course, and go straight to its first page."""
    found = queries.on_course(deed.session, deed.actor, slug)
    again = deed.posted.get("again") == "yes"
    command = commands.Enrol(course_id=found.view.course_id, source=EnrolmentSource.SELF, again=again)
    commands.enrol(deed.session, deed.actor, command, deed.now)
    begun = queries.on_course(deed.session, deed.actor, slug)
    return go(deed, way_in(begun))


@router.page("/completed/{enrolment_id}", access=LEARNERS)
def completed(visit: Visit, enrolment_id: int) -> Answer:
    finished = queries.completed_course(visit.session, visit.actor, enrolment_id)
    following = queries.next_step(visit.session, visit.actor.person_id)
    held = queries.own_level(visit.session, visit.actor.person_id, finished.view.awards, visit.today)
    return CompletedPage.of(finished, following, held, edition_names(visit.session), visit.actor, visit.today)


@router.page("/help", access=Requires(Permission.LEARN), nav=Nav("Help", order=40))
def help(visit: Visit) -> Answer:  # noqa: A001  the route's name
    return HelpPage.of(visit.core.settings, queries.coaches(visit.session, visit.today))
