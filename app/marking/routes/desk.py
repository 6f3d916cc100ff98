"""Where moderators work: differences to take, results to release, work to free; and how far markers agree."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import RuleBrokenError
from app.marking.commands.deciding import release_all
from app.marking.commands.taking import FreeWork, TakeModeration, free_work, take_moderation
from app.marking.forms.mark import ReleaseForm
from app.marking.pages.agreement import AgreementPage
from app.marking.pages.moderate import DeskPage
from app.marking.queries import agreement as agreed
from app.marking.queries import desk as moderating
from app.web.router import Answer, Router
from app.web.visit import Deed, Visit
from app.web.words import plural

router = Router("marking")
MODERATORS = Requires(Permission.MODERATE)


@router.page("/marking/desk", access=MODERATORS)
def desk(visit: Visit) -> Answer:
    return DeskPage.of(moderating.desk(visit.session, visit.actor, visit.now))


@router.action("/marking/moderate/{work}", access=MODERATORS)
def moderate(deed: Deed, work: int) -> Answer:
    try:
        mark = take_moderation(deed.session, deed.actor, TakeModeration(work_id=work), deed.now)
    except RuleBrokenError as refusal:
        return deed.go("marking:desk", str(refusal))
    return deed.go("marking:mark", mark=mark.id)


@router.action("/marking/release", access=MODERATORS)
def release(deed: Deed) -> Answer:
    command = ReleaseForm.command(deed.posted)
    count = release_all(deed.session, deed.core.settings, deed.actor, command, deed.now)
    return deed.go("marking:desk", f"Released: {plural(count, 'result')}." if count else "Nothing was left to release.")


@router.action("/marking/free/{mark}", access=MODERATORS)
def free(deed: Deed, mark: int) -> Answer:
    free_work(deed.session, deed.actor, FreeWork(mark_id=mark), deed.now)
    return deed.go("marking:desk", "Freed. Somebody else can take it now.")


@router.page("/marking/agreement", access=Requires(Permission.MODERATE, Permission.AUTHOR))
def agreement(visit: Visit) -> Answer:
    return AgreementPage.of(agreed.agreements(visit.session, visit.actor))
