"""Counts of many, for those who plan."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.ratings import queries
from app.ratings.pages.counts import CountsPage
from app.web.router import Answer, Router
from app.web.visit import Visit

router = Router("ratings")


@router.page("/ratings/counts", access=Requires(Permission.SEE_RATING_COUNTS))
def counts(visit: Visit, place: str = "") -> Answer:
    queries.must_be_on(visit.session)
    chosen = int(place) if place.isascii() and place.isdecimal() and len(place) < 10 else None  # noqa: PLR2004
    return CountsPage.of(queries.counts(visit.session, visit.actor, chosen, visit.today), visit.path_for)
