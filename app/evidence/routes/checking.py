"""The public check. The link in a QR code shows a button that posts: whatever opens links by itself learns nothing,
and every look-up is counted against its address."""

from datetime import timedelta

from app.access.gates import Anyone
from app.accounts import throttle
from app.accounts.throttle import Limit
from app.evidence import queries
from app.evidence.forms import LONGEST_CODE, CheckForm
from app.evidence.pages.certificates import Checked, CheckPage
from app.evidence.rules import grouped, plain_code
from app.web.core import client_address
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Shown, Steps, Visit

router = Router("evidence")
CHECKS = Limit("certificate-check", 30, timedelta(minutes=5))


@router.page("/check", access=Anyone())
def check(visit: Visit) -> Answer:  # noqa: ARG001  the same for everybody
    return CheckPage.of("")


@router.page("/check/{code}", access=Anyone())
def check_code(visit: Visit, code: str) -> Answer:  # noqa: ARG001  the same for everybody
    return CheckPage.of(grouped(plain_code(code))[:LONGEST_CODE])


@router.steps("/check", access=Anyone())
def check_it(steps: Steps) -> Answer:
    form = CheckForm.parse(steps.posted)
    if isinstance(form, Invalid):
        return Shown(CheckPage.of(form.values.get("code", ""), form.errors), 422)
    network = throttle.network_of(client_address(steps.request))
    throttle.count(steps.core.db, [(CHECKS, network)], steps.now)
    with steps.core.db.read() as session:
        row = queries.checked(session, form.code, steps.today)
    return Checked.of(row, form.code, steps.core.settings.trust_name, steps.today)
