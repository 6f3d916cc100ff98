from app.access.gates import Requires
from app.access.permissions import Permission
from app.evidence import queries
from app.evidence.commands import issue_certificate, set_public_check, withdraw_certificate
from app.evidence.forms import WithdrawForm
from app.evidence.pages.certificates import CertificatePage, MyCertificate, Withdraw
from app.evidence.routes.printed import certificate_file, qr_image, says_demonstration
from app.kernel.errors import NotFoundError
from app.learning.queries import own_levels
from app.web.download import hand_over
from app.web.form import Invalid, tried
from app.web.router import Answer, Nav, Router
from app.web.visit import Deed, Shown, Steps, Visit

router = Router("evidence")
LEARNERS = Requires(Permission.LEARN, Permission.LEARN_AS_PARTNER)


@router.action("/certificates", access=LEARNERS, holds=True)
def issue(deed: Deed) -> Answer:
    posted = deed.posted.get("enrolment_id", "")
    if not (posted.isascii() and posted.isdigit() and len(posted) < 10):  # noqa: PLR2004  more is no id of ours
        raise NotFoundError("enrolment")
    certificate = issue_certificate(deed.session, deed.actor, int(posted), deed.now)
    return deed.go("evidence:certificate", certificate_id=certificate.id)


@router.page("/certificates/{certificate_id}", access=LEARNERS)
def certificate(visit: Visit, certificate_id: int) -> Answer:
    row = queries.own_certificate(visit.session, visit.actor, certificate_id, visit.today)
    address = visit.url_for("evidence:check_code", code=row.code)
    return CertificatePage.of(
        row,
        trust=visit.core.settings.trust_name,
        check_address=visit.url_for("evidence:check"),
        qr=qr_image(address) if row.public else "",
        partner=visit.actor.may(Permission.LEARN_AS_PARTNER),
        demonstration=says_demonstration(visit.core),
    )


@router.steps("/certificates/{certificate_id}/pdf", access=LEARNERS, makes_file=True)
def certificate_pdf(steps: Steps, certificate_id: int) -> Answer:
    with steps.core.db.read() as session:
        row = queries.own_certificate(session, steps.actor, certificate_id, steps.today)
    return hand_over(steps, certificate_file(steps, row))


@router.page("/my-certificate", access=Requires(Permission.LEARN_AS_PARTNER), nav=Nav("My certificate", 15))
def my_certificate(visit: Visit) -> Answer:
    rows = queries.own_certificates(visit.session, visit.actor, visit.today)
    waiting = queries.without_certificate(visit.session, visit.actor.person_id)
    public = queries.public_check_is_on(visit.session, visit.actor.person_id)
    held = own_levels(visit.session, visit.actor.person_id, visit.today)
    return MyCertificate.of(rows, waiting, held, visit.today, public=public)


@router.action("/my-certificate/public-check", access=Requires(Permission.LEARN_AS_PARTNER))
def choose_public_check(deed: Deed) -> Answer:
    on = deed.posted.get("on") == "yes"
    set_public_check(deed.session, deed.actor, deed.now, on=on)
    said = "Others can now check your certificate." if on else "Your certificate is private again."
    return deed.go("evidence:my_certificate", flash=said)


@router.page("/evidence/certificates/{certificate_id}/withdraw", access=Requires(Permission.WITHDRAW_CERTIFICATE))
def withdraw(visit: Visit, certificate_id: int) -> Answer:
    return Withdraw.of(queries.staff_certificate(visit.session, visit.actor, certificate_id))


@router.action("/evidence/certificates/{certificate_id}/withdraw", access=Requires(Permission.WITHDRAW_CERTIFICATE))
def withdraw_it(deed: Deed, certificate_id: int) -> Answer:
    row = queries.staff_certificate(deed.session, deed.actor, certificate_id)
    refused = tried(
        WithdrawForm,
        deed.posted,
        lambda form: withdraw_certificate(deed.session, deed.actor, form.command(certificate_id), deed.now),
        "reason",
    )
    if isinstance(refused, Invalid):
        return Shown(Withdraw.of(row, refused.values, refused.errors), 422)
    return deed.go("evidence:person", flash="The certificate is withdrawn.", person_id=row.person_id)
