from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import StaleError
from app.learning import commands, queries
from app.learning.commands import MoveLearners
from app.learning.commands.editions import Gone, Moving
from app.learning.pages.editions import EditionsPage, EveryEditionPage
from app.learning.pages.moving import MovePage, gone_words
from app.web.router import Answer, Router
from app.web.visit import Shown, Steps, Visit

router = Router("learning")
AUTHORS = Requires(Permission.AUTHOR)


@router.page("/editions", access=AUTHORS)
def every_edition(visit: Visit) -> Answer:
    return EveryEditionPage.of(queries.every_edition(visit.session))


@router.page("/courses/{slug}/editions", access=AUTHORS)
def editions(visit: Visit, slug: str) -> Answer:
    return EditionsPage.of(queries.editions_of(visit.session, slug))


@router.page("/courses/{slug}/editions/{number}", access=AUTHORS)
def move_page(visit: Visit, slug: str, number: int) -> Answer:
    return MovePage.of(queries.outlook(visit.session, slug, number))


@router.steps("/courses/{slug}/editions/{number}/move", access=AUTHORS)
def move(steps: Steps, slug: str, number: int) -> Answer:
    command = MoveLearners(course=slug, number=number, seen=steps.posted.get("seen", ""))
    try:
        gone = _in_turns(steps, command)
    except StaleError as stale:
        return Shown(_anew(steps, command, str(stale)), 409)
    return steps.go("learning:editions", flash=gone_words(gone, number), slug=slug)


def _in_turns(steps: Steps, command: MoveLearners) -> Gone:
    """Some hundred at a time, so that nobody's save waits for long; what was confirmed is asked in the first."""
    moving: Moving | None = None
    moved = completed = 0
    while True:
        with steps.core.db.write() as session:
            moving = moving or commands.confirm_move(session, steps.actor, command)
            some = commands.move_learners(session, steps.actor, moving, steps.now)
        if not some.moved:
            return Gone(moved, completed)
        moved, completed = moved + some.moved, completed + some.completed


def _anew(steps: Steps, command: MoveLearners, said: str) -> MovePage:
    with steps.core.db.read() as session:
        return MovePage.of(queries.outlook(session, command.course, command.number), said)
