"""A learner asks for a sign-off."""

from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.curriculum.rules import ActivityKind
from app.curriculum.views import ActivityView
from app.kernel.errors import BadInputError, RuleBrokenError, StaleError
from app.learning.queries import OnCourse, as_it_was, on_course
from app.signing import commands, queries
from app.signing.forms import RequestForm, withdraw_command
from app.signing.pages.asking import SignOffPage, TwoRequestsPage
from app.signing.rules import Signer
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("signing")
LEARNERS = Requires(Permission.LEARN)
ASKED = "You have asked. You see here what becomes of it."
TAKEN_BACK = "You took your request back. Nobody is asked any more."


@router.page("/sign-offs/{course}/{activity}", access=LEARNERS)
def sign_off(visit: Visit, course: str, activity: str) -> Answer:
    return _page(visit, course, activity)


@router.action("/sign-offs/{course}/{activity}/request", access=LEARNERS, holds=True)
def request(deed: Deed, course: str, activity: str) -> Answer:
    form = RequestForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_page(deed, course, activity, form.values, form.errors), 422)
    command = form.command(course, activity)
    try:
        commands.request_sign_off(deed.session, deed.core.settings, deed.actor, command, deed.now)
    except BadInputError as bad:
        return Shown(_page(deed, course, activity, deed.posted, bad.errors), bad.status)
    except (StaleError, RuleBrokenError) as late:
        return Shown(_two_versions(deed, course, activity), late.status)
    return deed.go("signing:sign_off", flash=ASKED, course=course, activity=activity)


@router.action("/sign-offs/{course}/{activity}/withdraw", access=LEARNERS)
def withdraw(deed: Deed, course: str, activity: str) -> Answer:
    command = withdraw_command(deed.posted, course, activity)
    try:
        commands.withdraw_sign_off(deed.session, deed.actor, command, deed.now)
    except StaleError as stale:
        return deed.go("signing:sign_off", flash=str(stale), course=course, activity=activity)
    return deed.go("signing:sign_off", flash=TAKEN_BACK, course=course, activity=activity)


def _find(visit: Visit | Deed, slug: str, key: str) -> tuple[OnCourse, ActivityView, queries.Requests]:
    course = as_it_was(visit.session, on_course(visit.session, visit.actor, slug), key)
    activity = course.activity(key, ActivityKind.SIGN_OFF)
    return course, activity, queries.requests_in(visit.session, course.enrolment, activity.id)


def _page(
    visit: Visit | Deed,
    slug: str,
    key: str,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> SignOffPage:
    course, activity, requests = _find(visit, slug, key)
    signer, me = Signer(activity.signer), visit.actor.person_id
    found = queries.signers(visit.session, [me], visit.today, among=(signer,)).of(me, signer)
    return SignOffPage.of(course, activity, requests, found, visit.core.settings, values=values, errors=errors)


def _two_versions(deed: Deed, slug: str, key: str) -> TwoRequestsPage:
    course, activity, requests = _find(deed, slug, key)
    return TwoRequestsPage.of(course, activity, requests, deed.posted)
