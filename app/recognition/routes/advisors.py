"""The QI team keeps records of external programmes."""

from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import StaleError
from app.recognition import commands
from app.recognition.advisor_forms import KeepForm, ProgrammeForm
from app.recognition.commands import advising as keeping
from app.recognition.pages.advisors import AdvisorChangedPage, AdvisorFormPage, AdvisorPage, AdvisorsPage
from app.recognition.queries import advisors as recorded
from app.recognition.queries.desk import may_assess
from app.recognition.routes.handing import handed_over
from app.web.form import tried
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("recognition")
ASSESSORS = Requires(Permission.RECOGNISE)


@router.page("/recognition/advisors", access=ASSESSORS)
def advisors(visit: Visit) -> Answer:
    return AdvisorsPage.of(recorded.advisors(visit.session, visit.actor), visit.today)


@router.page("/recognition/advisors/new", access=ASSESSORS)
def keep_advisor_page(visit: Visit) -> Answer:
    may_assess(visit.actor)
    return AdvisorFormPage.new()


@router.action("/recognition/advisors/new", access=ASSESSORS, holds=True)
def keep_advisor(deed: Deed) -> Answer:
    kept: list[int] = []
    do, core = commands.keep_advisor, deed.core
    wrong = tried(
        KeepForm,
        deed.posted,
        lambda form: kept.append(do(deed.session, core.settings, deed.actor, form.command(), deed.now)),
        "person",
    )
    if wrong:
        return Shown(AdvisorFormPage.new(wrong.values, wrong.errors), 422)
    return deed.go("recognition:advisor", flash="The record is kept.", record_id=kept[0])


@router.page("/recognition/advisors/{record_id}", access=ASSESSORS)
def advisor(visit: Visit, record_id: int) -> Answer:
    return advisor_page(visit, record_id)


@router.page("/recognition/advisors/{record_id}/change", access=ASSESSORS)
def change_advisor_page(visit: Visit, record_id: int) -> Answer:
    return AdvisorFormPage.of(_record(visit, record_id))


@router.action("/recognition/advisors/{record_id}/change", access=ASSESSORS, holds=True)
def change_advisor(deed: Deed, record_id: int) -> Answer:
    def do(form: ProgrammeForm) -> None:
        keeping.change_advisor(deed.session, deed.core.settings, deed.actor, form.change(record_id), deed.now)

    try:
        wrong = tried(ProgrammeForm, deed.posted, do, "programme")
    except StaleError as stale:
        return Shown(AdvisorChangedPage.of(_record(deed, record_id), deed.posted), stale.status)
    if wrong:
        return Shown(AdvisorFormPage.of(_record(deed, record_id), wrong.values, wrong.errors), 422)
    return deed.go("recognition:advisor", flash="The record is changed.", record_id=record_id)


@router.action("/recognition/certificates/{certificate_id}", access=ASSESSORS)
def take_certificate(deed: Deed, certificate_id: int) -> Answer:
    command = commands.TakeCertificate(certificate_id=certificate_id)
    return handed_over(commands.take_certificate(deed.session, deed.actor, command, deed.now))


def advisor_page(
    visit: Visit | Deed,
    record_id: int,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> AdvisorPage:
    found, person = recorded.advising_for(visit.session, visit.actor, record_id, visit.today)
    return AdvisorPage.of(found, person, visit.actor.person_id, visit.today, values, errors)


def _record(visit: Visit | Deed, record_id: int) -> recorded.AdvisorRow:
    return recorded.advising_for(visit.session, visit.actor, record_id, visit.today)[0].record
