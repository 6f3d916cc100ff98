from app.access.gates import Requires
from app.access.permissions import Permission
from app.learning import queries
from app.learning.pages.partners import AskPage, PartnerHomePage
from app.web.router import Answer, Nav, Router
from app.web.visit import Visit

router = Router("learning")
PARTNERS = Requires(Permission.LEARN_AS_PARTNER)


@router.page("/my-course", access=PARTNERS, nav=Nav("My course", order=10, lands=50))
def partner_home(visit: Visit) -> Answer:
    return PartnerHomePage.of(
        queries.courses_for(visit.session, visit.actor),
        queries.next_step(visit.session, visit.actor.person_id),
        queries.own_contact(visit.session, visit.actor),
        visit.actor,
        visit.core.settings,
    )


@router.page("/ask", access=PARTNERS, nav=Nav("Ask someone", order=20))
def ask(visit: Visit) -> Answer:
    return AskPage.of(queries.own_contact(visit.session, visit.actor), visit.core.settings)
