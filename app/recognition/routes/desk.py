"""What an assessor looks at."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.recognition import commands, queries
from app.recognition.pages.desk import DeskPage, UndecidedPage
from app.recognition.routes.handing import handed_over
from app.recognition.routes.shown import case_page
from app.web.router import Answer, Router
from app.web.visit import Deed, Visit

router = Router("recognition")
ASSESSORS = Requires(Permission.RECOGNISE)


@router.page("/recognition", access=ASSESSORS)
def desk(visit: Visit, page: int = 1) -> Answer:
    return DeskPage.of(
        queries.waiting(visit.session, visit.actor, visit.today, page),
        queries.decided_lately(visit.session, visit.actor),
        queries.rules_in_force(visit.session),
        visit.path_for,
        visit.today,
    )


@router.page("/recognition/items", access=ASSESSORS)
def undecided(visit: Visit, q: str = "", page: int = 1) -> Answer:
    words = q[:100]
    found = queries.undecided(visit.session, visit.actor, words, page)
    return UndecidedPage.of(found, queries.rules_in_force(visit.session), words, visit.path_for)


@router.page("/recognition/items/{item_id}", access=ASSESSORS)
def case(visit: Visit, item_id: int) -> Answer:
    return case_page(visit, item_id)


@router.action("/recognition/files/{file_id}", access=ASSESSORS)
def take_file(deed: Deed, file_id: int) -> Answer:
    command = commands.TakeFile(file_id=file_id)
    return handed_over(commands.take_file(deed.session, deed.actor, command, deed.now))
