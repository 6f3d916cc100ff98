"""The QI team records what the trust has agreed with staff side."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.ratings import commands, queries
from app.ratings.forms import AgreementForm
from app.ratings.pages.agreement import AgreementPage
from app.web.form import tried
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("ratings")
AGREES = Requires(Permission.AGREE_RATINGS)


@router.page("/ratings/agreement", access=AGREES)
def agreement(visit: Visit) -> Answer:
    return AgreementPage.of(queries.agreements(visit.session))


@router.action("/ratings/agreement/record", access=AGREES, holds=True)
def record(deed: Deed) -> Answer:
    def do(form: AgreementForm) -> None:
        commands.record_agreement(deed.session, deed.actor, form.command(), deed.now)

    if invalid := tried(AgreementForm, deed.posted, do, "main"):
        return Shown(AgreementPage.of(queries.agreements(deed.session), invalid), 422)
    return deed.go("ratings:agreement", flash="Recorded. Ratings are on.")


@router.action("/ratings/agreement/{agreement_id}/end", access=AGREES)
def end(deed: Deed, agreement_id: int) -> Answer:
    commands.end_agreement(deed.session, deed.actor, commands.EndAgreement(agreement_id), deed.now)
    return deed.go("ratings:agreement", flash="Ratings are off. What was said is kept, and shown to nobody.")
