from app.access.actor import PersonKind
from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import StaleError
from app.learning import commands, queries
from app.learning.forms import ReplyForm
from app.learning.pages.ideas import IdeasPage, PartnerIdeasPage
from app.web.form import Invalid
from app.web.router import Answer, Nav, Router
from app.web.visit import Deed, Shown, Visit

router = Router("learning")
QI_TEAM = Requires(Permission.SEE_IDEAS)
INVOLVEMENT = Requires(Permission.MANAGE_PARTNERS)
SENT = "Your answer is saved. They can read it now, and hear of it in their next mail."


@router.page("/ideas", access=QI_TEAM, nav=Nav("Ideas", order=8))
def ideas(visit: Visit) -> Answer:
    return IdeasPage.of(queries.staff_ideas(visit.session, visit.actor, visit.today), visit.today)


@router.action("/ideas/{note_id}/reply", access=QI_TEAM, holds=True)
def reply(deed: Deed, note_id: int) -> Answer:
    said, status = _answer(deed, note_id, PersonKind.STAFF)
    if status is None:
        return deed.go("learning:ideas", flash=said)
    rows = queries.staff_ideas(deed.session, deed.actor, deed.today)
    typed = deed.posted.get("reply", "")
    return Shown(IdeasPage.of(rows, deed.today, note_id=note_id, typed=typed, problem=said), status)


@router.page("/partner-ideas", access=INVOLVEMENT, nav=Nav("Partners’ ideas", order=9))
def partner_ideas(visit: Visit) -> Answer:
    return PartnerIdeasPage.of(queries.partner_ideas(visit.session, visit.actor, visit.today), visit.today)


@router.action("/partner-ideas/{note_id}/reply", access=INVOLVEMENT, holds=True)
def partner_reply(deed: Deed, note_id: int) -> Answer:
    said, status = _answer(deed, note_id, PersonKind.PARTNER)
    if status is None:
        return deed.go("learning:partner_ideas", flash=said)
    rows = queries.partner_ideas(deed.session, deed.actor, deed.today)
    typed = deed.posted.get("reply", "")
    return Shown(PartnerIdeasPage.of(rows, deed.today, note_id=note_id, typed=typed, problem=said), status)


def _answer(deed: Deed, note_id: int, kind: PersonKind) -> tuple[str, int | None]:
    """What to say, and the status of the page that says why nothing was sent; None when it was."""
    form = ReplyForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return form.errors["reply"], 422
    try:
        commands.reply_to_idea(deed.session, deed.actor, form.command(note_id), deed.now, kind)
    except StaleError as stale:
        return str(stale), stale.status
    return SENT, None
