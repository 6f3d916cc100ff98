"""One directorate is merged into another: chosen, looked at, done."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.curriculum.queries import tiers
from app.kernel.db import ReadSession
from app.kernel.errors import BadInputError, StaleError
from app.planning.commands.merging import STALE, merge_directorates
from app.planning.forms import MergeForm
from app.planning.pages.merging import MergePage, MergePreviewPage
from app.planning.queries.merging import mergeable, merger, others
from app.web.form import Invalid, Posted
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Steps, Visit

router = Router("planning")
MANAGES = Requires(Permission.MANAGE_PEOPLE)


@router.page("/structure/directorates/{directorate_id}/merge", access=MANAGES)
def merge_page(visit: Visit, directorate_id: int) -> Answer:
    return _form(visit, visit.session, directorate_id)


@router.steps("/structure/directorates/{directorate_id}/merge/preview", access=MANAGES)
def preview_merge(steps: Steps, directorate_id: int) -> Answer:
    with steps.core.db.read() as session:
        form = MergeForm.parse(steps.posted)
        if steps.posted.get("edit"):
            return _form(steps, session, directorate_id, Invalid(steps.posted, {}), status=200)
        if isinstance(form, Invalid):
            return _form(steps, session, directorate_id, form)
        return _previewed(steps, session, directorate_id, steps.posted)


@router.action("/structure/directorates/{directorate_id}/merge", access=MANAGES)
def merge(deed: Deed, directorate_id: int) -> Answer:
    form = MergeForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return _form(deed, deed.session, directorate_id, form)
    try:
        done = merge_directorates(
            deed.session, deed.actor, form.command(directorate_id, deed.posted.get("mark", "")), deed.now
        )
    except BadInputError as wrong:
        return _form(deed, deed.session, directorate_id, Invalid(deed.posted, wrong.errors))
    except StaleError:
        with deed.core.db.read() as session:  # without what this deed had begun
            return _previewed(deed, session, directorate_id, deed.posted, stale=STALE)
    return deed.go("organisation:structure", flash=f"{done.gone.name} is part of {done.into.name} now.")


def _form(
    visit: Visit | Deed | Steps,
    session: ReadSession,
    directorate_id: int,
    invalid: Invalid | None = None,
    *,
    status: int = 422,
) -> Answer:
    gone = mergeable(session, visit.actor, directorate_id, visit.today)
    there = others(session, visit.actor, directorate_id, visit.today)
    page = MergePage.of(gone, there, visit.today, invalid)
    return Shown(page, status) if invalid else page


def _previewed(
    visit: Deed | Steps, session: ReadSession, directorate_id: int, posted: Posted, stale: str = ""
) -> Answer:
    form = MergeForm.parse(posted)
    assert not isinstance(form, Invalid), "it was looked at before"
    try:
        found = merger(session, visit.actor, directorate_id, form.into, form.first, visit.today)
    except BadInputError as wrong:
        return _form(visit, session, directorate_id, Invalid(posted, wrong.errors))
    page = MergePreviewPage.of(found, tiers(session), posted, stale=stale)
    return Shown(page, 409) if stale else page
