from app.access.gates import Requires
from app.access.permissions import Permission
from app.evidence import queries
from app.evidence.pages.home import MOST_FOUND, EvidenceHome, MatterPage
from app.evidence.rules import Matter
from app.kernel.errors import NotFoundError
from app.organisation.queries import find_people
from app.ratings.queries import has_counts
from app.web.router import Answer, Nav, Router
from app.web.visit import Visit

router = Router("evidence")
SEE = Requires(Permission.SEE_EVIDENCE)


@router.page("/evidence", access=SEE, nav=Nav("Evidence", 6, lands=20))
def home(visit: Visit, q: str = "") -> Answer:
    words = q[:100]
    found = (
        find_people(visit.session, visit.actor, Permission.SEE_EVIDENCE, words, visit.today, MOST_FOUND + 1)
        if words.strip()
        else []
    )
    matters = queries.matters(visit.session, visit.actor, visit.today)
    counts = visit.path_for("ratings:counts") if has_counts(visit.session, visit.actor, visit.today) else ""
    return EvidenceHome.of(queries.staff_data(visit.session), matters, words, found, visit.today, counts)


@router.page("/evidence/matters/{matter}", access=SEE)
def matter(visit: Visit, matter: str) -> Answer:
    if matter not in set(Matter):
        raise NotFoundError("matter")
    wanted = Matter(matter)
    return MatterPage.of(wanted, queries.people_with(visit.session, visit.actor, wanted, visit.today), visit.today)
