from datetime import date

from app.access.gates import Requires
from app.access.permissions import Permission
from app.evidence import queries
from app.evidence.commands import issue_missing
from app.evidence.forms import asked_period
from app.evidence.pages.records import MyRecord, PersonRecord
from app.evidence.routes.asked import errors_in, query
from app.evidence.routes.printed import person_file
from app.evidence.rules import Period, Preset, period_for
from app.kernel.db import ReadSession
from app.web.download import hand_over
from app.web.form import Invalid, Posted
from app.web.router import Answer, Nav, Router
from app.web.visit import Shown, Steps, Visit

router = Router("evidence")
LEARN = Requires(Permission.LEARN)
SEE = Requires(Permission.SEE_EVIDENCE)
FIRST_DAY = date(1948, 7, 5)
"""One's own page shows everything there is."""


@router.page("/my-record", access=LEARN, nav=Nav("My record", 30))
def my_record(visit: Visit) -> Answer:
    return _my_record(visit, visit.session, Posted({}))


@router.steps("/my-record/download", access=LEARN, makes_file=True)
def my_record_file(steps: Steps) -> Answer:
    period = asked_period(steps.posted, steps.today)
    if isinstance(period, Invalid):
        with steps.core.db.read() as session:
            return Shown(_my_record(steps, session, steps.posted, period), 422)
    with steps.core.db.write() as session:
        issue_missing(session, steps.actor, steps.actor.person_id, steps.now)
        evidence = queries.own_evidence(session, steps.actor, period, steps.today)
    return hand_over(steps, person_file(steps, evidence, steps.posted.get("format", ""), "own evidence"))


@router.page("/evidence/people/{person_id}", access=SEE)
def person(visit: Visit, person_id: int) -> Answer:
    asked = query(visit)
    period = asked_period(asked, visit.today)
    page = _person(visit, visit.session, person_id, asked, period)
    return Shown(page, 422) if isinstance(period, Invalid) else page


@router.steps("/evidence/people/{person_id}/download", access=Requires(Permission.EXPORT_EVIDENCE), makes_file=True)
def person_record_file(steps: Steps, person_id: int) -> Answer:
    period = asked_period(steps.posted, steps.today)
    if isinstance(period, Invalid):
        with steps.core.db.read() as session:
            return Shown(_person(steps, session, person_id, steps.posted, period), 422)
    with steps.core.db.write() as session:
        issue_missing(session, steps.actor, person_id, steps.now)
        evidence = queries.person_evidence(session, steps.actor, person_id, period, steps.today)
    return hand_over(steps, person_file(steps, evidence, steps.posted.get("format", ""), "evidence"))


def _my_record(visit: Visit | Steps, session: ReadSession, asked: Posted, period: object = None) -> MyRecord:
    evidence = queries.own_evidence(session, visit.actor, Period(FIRST_DAY, visit.today), visit.today)
    certificates = queries.own_certificates(session, visit.actor, visit.today)
    waiting = queries.without_certificate(session, visit.actor.person_id)
    return MyRecord.of(evidence, certificates, waiting, asked, errors_in(period))


def _person(
    visit: Visit | Steps, session: ReadSession, person_id: int, asked: Posted, period: Period | Invalid
) -> PersonRecord:
    shown = period_for(Preset.YEAR, visit.today) if isinstance(period, Invalid) else period
    evidence = queries.person_evidence(session, visit.actor, person_id, shown, visit.today)
    return PersonRecord.of(
        evidence,
        queries.certificates_of(session, person_id, visit.today),
        asked,
        errors_in(period),
        may_withdraw=visit.actor.reach(Permission.WITHDRAW_CERTIFICATE).trust,
        may_export=visit.actor.may(Permission.EXPORT_EVIDENCE),
    )
