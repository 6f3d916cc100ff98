"""Where a marker judges worked samples before their marks count."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import BadInputError, StaleError
from app.marking.commands.calibrating import judge_sample
from app.marking.forms.mark import SampleForm, values_in
from app.marking.pages.calibrate import CalibratePage, CalibrationPage
from app.marking.queries.calibration import standing
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("marking")
MARKERS = Requires(Permission.MARK)


@router.page("/marking/calibrate/{course}/{activity}", access=MARKERS)
def calibrate(visit: Visit, course: str, activity: str) -> Answer:
    one = standing(visit.session, visit.actor, course, activity)
    if CalibrationPage.tells(one) and not visit.flag("again"):
        return CalibrationPage.of(one)
    return CalibratePage.of(one)


@router.action("/marking/calibrate/{course}/{activity}", access=MARKERS, holds=True)
def judge(deed: Deed, course: str, activity: str) -> Answer:
    one = standing(deed.session, deed.actor, course, activity)
    points = one.now.guide.points
    command = SampleForm.command(deed.posted, course, activity, points)
    try:
        judge_sample(deed.session, deed.actor, command, deed.now)
    except BadInputError as wrong:
        marks, _ = values_in(deed.posted, points)
        return Shown(CalibratePage.of(one, marks, wrong.errors), wrong.status)
    except StaleError as stale:
        return Shown(CalibratePage.of(one, changed=True), stale.status)
    return deed.go("marking:calibrate", course=course, activity=activity)
