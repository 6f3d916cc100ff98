from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import StaleError
from app.marking.commands import writing
from app.marking.commands.writing import OtherWordsError, SaveWork, TakenError, UnfitError, WriteAgain
from app.marking.forms.work import HandInForm, TakeBackForm, WorkForm
from app.marking.pages.work import WorkPage, page_of
from app.marking.pages.work_check import CheckWorkPage, TwoWorksPage
from app.marking.queries.own import own_work
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit
from app.web.words import clock_time

router = Router("marking")
LEARNERS = Requires(Permission.LEARN)
SAVED_PART = "saved"


@router.page("/work/{course}/{activity}", access=LEARNERS)
def work(visit: Visit, course: str, activity: str) -> Answer:
    return page_of(own_work(visit.session, visit.actor, course, activity), visit.today)


@router.action("/work/{course}/{activity}", access=LEARNERS, holds=True)
def save_work(deed: Deed, course: str, activity: str) -> Answer:
    command = WorkForm.command(deed.posted, course, activity)
    try:
        writing.save_work(deed.session, deed.actor, command, deed.now)
    except (OtherWordsError, UnfitError) as refusal:
        return _refused(deed, command, refusal)
    if deed.request.headers.get("HX-Target") == SAVED_PART:
        return WorkPage.of(own_work(deed.session, deed.actor, course, activity), deed.today)
    to_check = deed.posted.get("then") == "check"
    return deed.go("marking:check_work" if to_check else "marking:work", course=course, activity=activity)


@router.page("/work/{course}/{activity}/check", access=LEARNERS)
def check_work(visit: Visit, course: str, activity: str) -> Answer:
    own = own_work(visit.session, visit.actor, course, activity)
    if own.draft is None:
        return visit.go("marking:work", course=course, activity=activity)
    return CheckWorkPage.of(own, own.draft)


@router.action("/work/{course}/{activity}/hand-in", access=LEARNERS)
def hand_in(deed: Deed, course: str, activity: str) -> Answer:
    try:
        writing.hand_in(deed.session, deed.actor, HandInForm.command(deed.posted, course, activity), deed.now)
    except (StaleError, UnfitError) as refusal:
        return _check_again(deed, course, activity, refusal)
    said = f"Handed in {clock_time(deed.now)}."
    return deed.go("marking:work", said, course=course, activity=activity)


@router.action("/work/{course}/{activity}/take-back", access=LEARNERS)
def take_back(deed: Deed, course: str, activity: str) -> Answer:
    try:
        writing.take_back(deed.session, deed.actor, TakeBackForm.command(deed.posted, course, activity), deed.now)
    except TakenError as taken:
        own = own_work(deed.session, deed.actor, course, activity)
        return Shown(page_of(own, deed.today, str(taken)), taken.status)
    said = "You have taken it back. It is a draft again."
    return deed.go("marking:work", said, course=course, activity=activity)


@router.action("/work/{course}/{activity}/again", access=LEARNERS)
def write_again(deed: Deed, course: str, activity: str) -> Answer:
    writing.write_again(deed.session, deed.actor, WriteAgain(course=course, activity=activity), deed.now)
    return deed.go("marking:work", course=course, activity=activity)


def _refused(deed: Deed, command: SaveWork, refusal: OtherWordsError | UnfitError) -> Answer:
    """Words that could not be saved are shown again, beside what stands in their way."""
    own = own_work(deed.session, deed.actor, command.course, command.activity)
    if isinstance(refusal, UnfitError):
        page = WorkPage.of(own, deed.today, typed=command.content, unfit=refusal.unfit)
        return Shown(page, refusal.status)
    assert own.newest is not None, "other words are those of a go"
    both = TwoWorksPage.of(own, own.newest, command.content, command.number, deed.today)
    return Shown(both, refusal.status)


def _check_again(deed: Deed, course: str, activity: str, refusal: StaleError | UnfitError) -> Answer:
    own = own_work(deed.session, deed.actor, course, activity)
    assert own.draft is not None, "only a draft is refused"
    page = CheckWorkPage.of(own, own.draft, changed=isinstance(refusal, StaleError))
    return Shown(page, refusal.status)
