"""Where markers work: the queue, a mark, its check. A moderator's decision is a mark as well."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import BadInputError, RuleBrokenError, StaleError
from app.marking.commands.marking import OtherMarkError, finish_mark, save_mark
from app.marking.commands.taking import GiveBack, TakeNext, TakeWork, give_back, take_next, take_work
from app.marking.forms.mark import FinishForm, MarkForm, MarkProblemError, wanted
from app.marking.pages.mark import MarkPage, Typed
from app.marking.pages.mark_check import MarkCheckPage
from app.marking.pages.mark_versions import TwoMarksPage
from app.marking.pages.moderate import ModeratePage
from app.marking.pages.queue import QueuePage
from app.marking.queries import marks
from app.marking.queries import queue as waiting
from app.marking.queries.marks import Sheet
from app.web.router import Answer, Nav, Router
from app.web.visit import Deed, Shown, Visit

router = Router("marking")
MARKERS = Requires(Permission.MARK)
JUDGES = Requires(Permission.MARK, Permission.MODERATE)
SAVED_PART = "saved"
NOTHING = "Nothing waits that you have not had before. What you gave back is still in the list."


@router.page("/marking", access=MARKERS, nav=Nav("Marking", 9))
def queue(visit: Visit, task: str = "", days: str = "", again: str = "", page: str = "") -> Answer:
    found = waiting.queue(visit.session, visit.actor, wanted(task, days, again, page), visit.now)
    return QueuePage.of(found, visit.actor, visit.path_for)


@router.action("/marking/next", access=MARKERS)
def next_one(deed: Deed) -> Answer:
    mark = take_next(deed.session, deed.actor, TakeNext(), deed.now)
    return deed.go("marking:mark", mark=mark.id) if mark else deed.go("marking:queue", NOTHING)


@router.action("/marking/take/{work}", access=MARKERS)
def take(deed: Deed, work: int) -> Answer:
    try:
        mark = take_work(deed.session, deed.actor, TakeWork(work_id=work), deed.now)
    except RuleBrokenError as refusal:
        return deed.go("marking:queue", str(refusal))
    return deed.go("marking:mark", mark=mark.id)


@router.page("/marking/{mark}", access=JUDGES)
def mark(visit: Visit, mark: int) -> Answer:
    sheet = marks.sheet(visit.session, visit.actor, mark)
    return _shown(sheet).of(sheet, visit.today)


@router.action("/marking/{mark}", access=JUDGES, holds=True)
def save(deed: Deed, mark: int) -> Answer:
    sheet = marks.sheet(deed.session, deed.actor, mark)
    try:
        save_mark(deed.session, deed.actor, MarkForm.command(deed.posted, sheet), deed.now)
    except MarkProblemError as problem:
        typed = Typed(problem.marks, problem.comments, problem.comment, problem.errors)
        return Shown(_shown(sheet).of(sheet, deed.today, typed), problem.status)
    except OtherMarkError as other:
        return Shown(TwoMarksPage.of(sheet, other, deed.today), other.status)
    if deed.request.headers.get("HX-Target") == SAVED_PART:
        return mark_again(deed, mark)
    stays = deed.posted.get("then") != "check"
    return deed.go("marking:mark" if stays else "marking:check", "Saved." if stays else "", mark=mark)


@router.page("/marking/{mark}/check", access=JUDGES)
def check(visit: Visit, mark: int) -> Answer:
    return MarkCheckPage.of(marks.sheet(visit.session, visit.actor, mark))


@router.action("/marking/{mark}/finish", access=JUDGES)
def finish(deed: Deed, mark: int) -> Answer:
    sheet, command = marks.sheet(deed.session, deed.actor, mark), FinishForm.command(deed.posted, mark)
    try:
        finish_mark(deed.session, deed.core.settings, deed.actor, command, deed.now)
    except StaleError as stale:
        return Shown(MarkCheckPage.of(sheet, changed=True), stale.status)
    except BadInputError as wrong:
        return Shown(MarkCheckPage.of(sheet, errors=wrong.errors), wrong.status)
    return deed.go(_home(sheet), "Decided. Thank you." if sheet.moderates else "Finished. Thank you.")


@router.action("/marking/{mark}/give-back", access=JUDGES)
def hand_back(deed: Deed, mark: int) -> Answer:
    sheet = marks.sheet(deed.session, deed.actor, mark)
    give_back(deed.session, deed.actor, GiveBack(mark_id=mark), deed.now)
    return deed.go(_home(sheet), "Given back. Somebody else can take it now.")


def mark_again(deed: Deed, mark: int) -> Answer:
    """The mark as it is now kept, of which an autosave asks for the line that says so."""
    sheet = marks.sheet(deed.session, deed.actor, mark)
    return _shown(sheet).of(sheet, deed.today)


def _shown(sheet: Sheet) -> type[MarkPage] | type[ModeratePage]:
    return ModeratePage if sheet.moderates else MarkPage


def _home(sheet: Sheet) -> str:
    return "marking:desk" if sheet.moderates else "marking:queue"
