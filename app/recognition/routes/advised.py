"""The person of an external programme and their sponsor, each in their own sign-in."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import BadInputError
from app.recognition import commands
from app.recognition.pages.advised import OwnAdvisorPage, SponsoredPage, SponsorPage
from app.recognition.queries import advisors as recorded
from app.recognition.routes.handing import handed_over
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("recognition")
STAFF = Requires(Permission.LEARN)


@router.page("/my-record/advisor", access=STAFF)
def own_advisor(visit: Visit) -> Answer:
    found = recorded.own_advising(visit.session, visit.actor)
    return OwnAdvisorPage.of(found, visit.core.settings.qi_contact, visit.today)


@router.page("/my-record/certificates/{certificate_id}/file", access=STAFF)
def own_certificate(visit: Visit, certificate_id: int) -> Answer:
    return handed_over(recorded.own_certificate(visit.session, visit.actor, certificate_id))


@router.page("/sponsored", access=STAFF)
def sponsored(visit: Visit) -> Answer:
    return SponsoredPage.of(recorded.sponsored(visit.session, visit.actor, visit.today), visit.today)


@router.page("/sponsored/{record_id}", access=STAFF)
def sponsored_one(visit: Visit, record_id: int) -> Answer:
    return SponsorPage.of(recorded.sponsored_one(visit.session, visit.actor, record_id, visit.today), visit.today)


@router.action("/sponsored/{record_id}", access=STAFF, holds=True)
def sign_off_as_sponsor(deed: Deed, record_id: int) -> Answer:
    command = commands.SignOffAsSponsor(record_id=record_id, words=deed.posted.get("words", ""))
    try:
        commands.sign_off_as_sponsor(deed.session, deed.actor, command, deed.now)
    except BadInputError as bad:
        found = recorded.sponsored_one(deed.session, deed.actor, record_id, deed.today)
        return Shown(SponsorPage.of(found, deed.today, deed.posted, bad.errors), bad.status)
    return deed.go("recognition:sponsored", flash="You have signed it off. The QI team sees it.")
