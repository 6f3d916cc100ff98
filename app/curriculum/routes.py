from app.access.actor import PersonKind
from app.access.gates import SignedIn
from app.curriculum import queries
from app.curriculum.pages import GlossaryPage
from app.curriculum.rules import Audience
from app.web.router import Answer, Router
from app.web.visit import Visit

router = Router("curriculum")
AUDIENCES = {PersonKind.STAFF: Audience.STAFF, PersonKind.PARTNER: Audience.PARTNER}


@router.page("/glossary", access=SignedIn())
def glossary(visit: Visit) -> Answer:
    return GlossaryPage.of(queries.words(visit.session, AUDIENCES[visit.actor.kind]))
