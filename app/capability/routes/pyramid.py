"""What there is to learn, for anybody who asks."""

from app.access.gates import Anyone
from app.capability.pages.pyramid import PyramidPage
from app.capability.queries.pyramid import pyramid as every_level
from app.web.router import Answer, Router
from app.web.visit import Visit

router = Router("capability")


@router.page("/pyramid", access=Anyone())
def pyramid(visit: Visit) -> Answer:
    ways = every_level(visit.session, visit.visitor, visit.now)
    return PyramidPage.of(ways, visit.visitor, visit.path_for, visit.today)
