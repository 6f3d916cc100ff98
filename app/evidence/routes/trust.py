from app.access.gates import Requires
from app.access.permissions import Permission
from app.curriculum.queries import tiers
from app.curriculum.rules import Audience
from app.evidence import exporting, queries
from app.evidence.forms import FiltersForm
from app.evidence.pages.trust import Choices, TrustPage, chosen
from app.evidence.queries import Filters
from app.evidence.routes.asked import errors_in, query
from app.evidence.rules import Total
from app.kernel.db import ReadSession
from app.kernel.errors import NotFoundError
from app.organisation.queries import directorates, teams
from app.web import csv, xlsx
from app.web.download import File, hand_over
from app.web.form import Invalid, Posted
from app.web.router import Answer, Router
from app.web.visit import Shown, Steps, Visit

router = Router("evidence")
SEE = Permission.SEE_EVIDENCE
NOT_TYPED = {"show", "page"}
"""Fields that only links carry: a wrong one is a wrong address."""


@router.page("/evidence/trust", access=Requires(SEE))
def trust(visit: Visit) -> Answer:
    asked = query(visit)
    return _shown(visit, visit.session, asked, *_asked(asked, visit))


@router.steps("/evidence/trust/download", access=Requires(Permission.EXPORT_EVIDENCE), makes_file=True)
def trust_file(steps: Steps) -> Answer:
    form, filters = _asked(steps.posted, steps)
    with steps.core.db.read() as session:
        if isinstance(filters, Invalid):
            return _shown(steps, session, steps.posted, form, filters)
        evidence = queries.trust_evidence(session, steps.actor, filters, steps.today)
        choices = _choices(session, steps)
    return hand_over(steps, _file(evidence, choices, steps.posted.get("format", "")))


def _asked(asked: Posted, visit: Visit | Steps) -> tuple[FiltersForm | None, Filters | Invalid]:
    form = FiltersForm.parse(asked)
    if isinstance(form, Invalid):
        if NOT_TYPED & form.errors.keys():
            raise NotFoundError("list")
        return None, form
    return form, form.filters(asked, visit.today)


def _shown(
    visit: Visit | Steps, session: ReadSession, asked: Posted, form: FiltersForm | None, filters: Filters | Invalid
) -> Answer:
    evidence = (
        None if isinstance(filters, Invalid) else queries.trust_evidence(session, visit.actor, filters, visit.today)
    )
    page = TrustPage.of(
        evidence,
        _choices(session, visit),
        asked,
        errors_in(filters),
        link=lambda **params: visit.path_for("evidence:trust", **params),
        show=Total(form.show) if form and form.show else None,
        page=form.page if form else 1,
        may_export=visit.actor.may(Permission.EXPORT_EVIDENCE),
    )
    return Shown(page, 422) if evidence is None else page


def _choices(session: ReadSession, visit: Visit | Steps) -> Choices:
    return Choices(
        directorates(session, visit.actor, SEE),
        teams(session, visit.actor, SEE),
        [tier for tier in tiers(session) if tier.audience is Audience.STAFF],
        visit.actor.reach(SEE).trust,
    )


def _file(evidence: queries.TrustEvidence, choices: Choices, wanted: str) -> File:
    period = evidence.filters.period
    name = f"qi-evidence-trust-{period.starts_on}-to-{period.ends_on}"
    words = chosen(evidence.filters, choices)
    about = "; ".join(f"{what}: {which}" for what, which in words)[:300]
    if wanted == "csv":
        content, kind = csv.csv_bytes(exporting.HEADER, exporting.trust_lines(evidence)), "csv"
    else:
        levels = {tier.slug: tier.title for tier in choices.tiers}
        content, kind = xlsx.xlsx_bytes(exporting.trust_sheets(evidence, levels, words)), "xlsx"
    return File(
        kind=f"trust evidence {kind}",
        about=about,
        name=f"{name}.{kind}",
        media_type=csv.MEDIA_TYPE if kind == "csv" else xlsx.MEDIA_TYPE,
        content=content,
        rows=len(evidence.rows),
    )
