from app.access.gates import Requires
from app.access.permissions import Permission
from app.assessment import queries
from app.assessment.commands import (
    EndAdjustment,
    HandedInError,
    HandInOverdue,
    OtherVersionError,
    StartAttempt,
    end_adjustment,
    grant_adjustment,
    hand_in_overdue,
    save_answer,
    start_attempt,
    submit_attempt,
)
from app.assessment.forms import AnswerForm, GrantForm, SubmitForm
from app.assessment.kinds.contract import AnswerProblem, StepTakenError
from app.assessment.pages import (
    AdjustmentsPage,
    BankPage,
    BanksPage,
    BeforePage,
    CheckPage,
    GainPage,
    QuestionPage,
    ResultPage,
    StepTakenPage,
    TimeUpPage,
    TwoVersionsPage,
)
from app.assessment.queries import Asked, Sitting
from app.kernel.errors import StaleError
from app.learning.queries import on_course
from app.learning.wayfinding import home_of, way_on
from app.web.form import Invalid, tried
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("assessment")
LEARNERS = Requires(Permission.LEARN, Permission.LEARN_AS_PARTNER)
AUTHORS = Requires(Permission.AUTHOR)
SAVED_PART = "saved"
TOO_LATE = "Your time was up before this answer came: it does not count. What you had saved before does."
READY = "ready"
"""Sent by the page that says how long one has: whoever comes without it is shown that page first."""
ADJUSTERS = Requires(Permission.ADJUST)
Refusal = AnswerProblem | StepTakenError | OtherVersionError | HandedInError


@router.page("/activities/{course}/{activity}/before", access=LEARNERS)
def before(visit: Visit, course: str, activity: str) -> Answer:
    found = queries.beginning(visit.session, visit.actor, course, activity, visit.now)
    if found.open_now is not None:
        return visit.go("assessment:question", attempt=found.open_now, number=1)
    return BeforePage.of(found, visit.actor)


@router.action("/activities/{course}/{activity}/start", access=LEARNERS)
def start(deed: Deed, course: str, activity: str) -> Answer:
    found = queries.beginning(deed.session, deed.actor, course, activity, deed.now)
    if found.tells_first and READY not in deed.posted:
        return deed.go("assessment:before", course=course, activity=activity)
    attempt = start_attempt(deed.session, deed.actor, StartAttempt(course=course, activity=activity), deed.now)
    return deed.go("assessment:question", attempt=attempt.id, number=1)


@router.page("/attempts/{attempt}/questions/{number}", access=LEARNERS)
def question(visit: Visit, attempt: int, number: int, *, checking: bool = False) -> Answer:
    sitting = queries.sitting(visit.session, visit.actor, attempt)
    asked = sitting.question(number)
    if sitting.handed_in:
        return visit.go("assessment:result", attempt=attempt)
    if sitting.time_is_up(visit.now):
        return TimeUpPage.of(sitting, visit.now)
    return QuestionPage.of(sitting, asked, visit.actor, visit.now, checking=checking)


@router.action("/attempts/{attempt}/questions/{number}", access=LEARNERS, holds=True)
def save(deed: Deed, attempt: int, number: int) -> Answer:
    sitting = queries.sitting(deed.session, deed.actor, attempt)
    asked = sitting.question(number)
    if sitting.too_late(deed.now):
        return _too_late(deed, sitting)
    try:
        command = AnswerForm.command(deed.posted, attempt, asked)
        saved = save_answer(deed.session, deed.actor, command, deed.now)
    except (AnswerProblem, StepTakenError, OtherVersionError, HandedInError) as refusal:
        return _refused(deed, sitting, asked, refusal)
    if deed.request.headers.get("HX-Target") == SAVED_PART:
        return QuestionPage.after(sitting, asked, command.value, saved, deed.actor, deed.now)
    return _onward(deed, sitting, asked)


@router.page("/attempts/{attempt}/check", access=LEARNERS)
def check(visit: Visit, attempt: int) -> Answer:
    sitting = queries.sitting(visit.session, visit.actor, attempt)
    if sitting.handed_in:
        return visit.go("assessment:result", attempt=attempt)
    if sitting.time_is_up(visit.now):
        return TimeUpPage.of(sitting, visit.now)
    return CheckPage.of(sitting, visit.actor, visit.now)


@router.action("/attempts/{attempt}/submit", access=LEARNERS)
def submit(deed: Deed, attempt: int) -> Answer:
    try:
        submit_attempt(deed.session, deed.actor, SubmitForm.command(deed.posted, attempt), deed.now)
    except StaleError as stale:
        sitting = queries.sitting(deed.session, deed.actor, attempt)
        return Shown(CheckPage.of(sitting, deed.actor, deed.now, changed=True), stale.status)
    return deed.go("assessment:result", attempt=attempt)


@router.page("/attempts/{attempt}/result", access=LEARNERS)
def result(visit: Visit, attempt: int) -> Answer:
    sitting = queries.sitting(visit.session, visit.actor, attempt)
    if sitting.time_is_up(visit.now):
        return TimeUpPage.of(sitting, visit.now)
    if not sitting.handed_in:
        return visit.go("assessment:question", attempt=attempt, number=1)
    left = queries.tries_left(visit.session, visit.actor, sitting, visit.now)
    explained = queries.explained(visit.session, sitting)
    return ResultPage.of(sitting, explained, left, visit.actor, _what_follows(visit, sitting))


def _what_follows(visit: Visit, sitting: Sitting) -> str:
    """The address of what comes after this quiz; the course itself when the attempt is of an earlier episode."""
    course = on_course(visit.session, visit.actor, sitting.course.slug)
    now = course.view.activity(sitting.activity.key)
    if now is None or course.enrolment is None or course.enrolment.id != sitting.enrolment_id:
        way = home_of(course.view)
    else:
        way = way_on(course, now.module, now.key)
    return visit.path_for(way.route, **way.params) + (f"#{way.place}" if way.place else "")


def _too_late(deed: Deed, sitting: Sitting) -> Answer:
    """The answer is not taken, what had been saved is handed in, and the result says so."""
    command = HandInOverdue(attempt_id=sitting.attempt_id, person_id=deed.actor.person_id)
    hand_in_overdue(deed.session, deed.actor, command, deed.now)
    return deed.go("assessment:result", TOO_LATE, attempt=sitting.attempt_id)


def _refused(deed: Deed, sitting: Sitting, asked: Asked, refusal: Refusal) -> Answer:
    """The answer that could not be saved is shown again, beside what stands in its way."""
    if sitting.handed_in:
        refusal = HandedInError()
    if isinstance(refusal, HandedInError):
        return deed.go("assessment:result", str(refusal), attempt=sitting.attempt_id)
    if isinstance(refusal, OtherVersionError):
        mine, posted = AnswerForm.as_typed(deed.posted, asked), deed.posted.lists()
        return Shown(TwoVersionsPage.of(sitting, asked, refusal, mine, posted, deed.actor, deed.now), refusal.status)
    if isinstance(refusal, StepTakenError):
        return Shown(StepTakenPage.of(sitting, asked, refusal, deed.actor, deed.today), refusal.status)
    checking = bool(deed.posted.get("checking"))
    page = QuestionPage.of(sitting, asked, deed.actor, deed.now, checking=checking, problem=refusal)
    return Shown(page, refusal.status)


def _onward(deed: Deed, sitting: Sitting, asked: Asked) -> Answer:
    """After a save: the same question for a button inside it, the check if one came from there, or the next."""
    attempt, checking = sitting.attempt_id, bool(deed.posted.get("checking"))
    number = asked.number + (-1 if deed.posted.get("then") == "back" else 1)
    if "stay" in deed.posted:
        return deed.go("assessment:question", attempt=attempt, number=asked.number, checking=checking or None)
    if checking or number > len(sitting.asked):
        return deed.go("assessment:check", attempt=attempt)
    return deed.go("assessment:question", attempt=attempt, number=max(number, 1))


@router.page("/question-banks", access=AUTHORS)
def banks(visit: Visit) -> Answer:
    banks = queries.banks(visit.session, visit.actor)
    return BanksPage.of(banks, queries.comparisons(visit.session, visit.actor))


@router.page("/question-banks/{course}/{activity}", access=AUTHORS)
def bank(visit: Visit, course: str, activity: str) -> Answer:
    return BankPage.of(queries.bank(visit.session, visit.actor, course, activity))


@router.page("/question-banks/{course}/{activity}/before-and-after", access=AUTHORS)
def gain(visit: Visit, course: str, activity: str) -> Answer:
    return GainPage.of(queries.comparison(visit.session, visit.actor, course, activity))


@router.page("/people/{person_id}/adjustments", access=ADJUSTERS)
def adjustments(visit: Visit, person_id: int) -> Answer:
    return _adjustments_page(visit, person_id)


@router.action("/people/{person_id}/adjustments", access=ADJUSTERS)
def adjust(deed: Deed, person_id: int) -> Answer:
    def do(form: GrantForm) -> None:
        grant_adjustment(deed.session, deed.actor, form.command(person_id), deed.now)

    if wrong := tried(GrantForm, deed.posted, do, "reason"):
        return Shown(_adjustments_page(deed, person_id, wrong), 422)
    return deed.go("assessment:adjustments", person_id=person_id, flash="The adjustment is granted.")


@router.action("/adjustments/{adjustment_id}/end", access=ADJUSTERS)
def stop_adjusting(deed: Deed, adjustment_id: int) -> Answer:
    ended = end_adjustment(deed.session, deed.actor, EndAdjustment(adjustment_id=adjustment_id), deed.now)
    return deed.go("assessment:adjustments", person_id=ended.person_id, flash="The adjustment has ended.")


def _adjustments_page(visit: Visit | Deed, person_id: int, invalid: Invalid | None = None) -> AdjustmentsPage:
    found = queries.adjustments(visit.session, visit.actor, person_id, visit.today)
    return AdjustmentsPage.of(found, visit.actor, visit.now, invalid)
