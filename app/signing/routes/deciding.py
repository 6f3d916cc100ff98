"""Whoever is asked decides."""

from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.kernel.errors import BadInputError, StaleError
from app.signing import commands, queries
from app.signing.forms import DecisionForm, several_command
from app.signing.pages.deciding import ChangedPage, CheckPage, WaitingPage, left_out
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit
from app.web.words import plural

router = Router("signing")
DECIDERS = Requires(Permission.LEARN)
"""Any member of staff may be somebody's manager, lead or coach: queries ask whose."""

NOTHING_TICKED = {"request": "Tick at least one request"}


@router.page("/sign-offs", access=DECIDERS)
def waiting(visit: Visit, page: int = 1) -> Answer:
    return _page(visit, page=page)


@router.action("/sign-offs/decide/{sign_off_id}", access=DECIDERS, holds=True)
def decide(deed: Deed, sign_off_id: int) -> Answer:
    queries.may_decide(deed.session, deed.actor, sign_off_id, deed.now)
    form = DecisionForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_page(deed, sign_off_id, form.values, form.errors), 422)
    command = form.command(sign_off_id)
    try:
        asked = commands.decide_sign_off(deed.session, deed.core.settings, deed.actor, command, deed.now)
    except BadInputError as bad:
        return Shown(_page(deed, sign_off_id, deed.posted, bad.errors), bad.status)
    except StaleError as stale:
        return Shown(_changed(deed, sign_off_id), stale.status)
    done = "Confirmed" if command.confirm else "Rejected"
    return deed.go("signing:waiting", flash=f"{done}: {asked.request.learner}. They get a mail.")


@router.action("/sign-offs/check", access=DECIDERS)
def check(deed: Deed) -> Answer:
    ids = several_command(deed.posted).sign_off_ids
    if not ids:
        return Shown(_page(deed, errors=NOTHING_TICKED), 422)
    found = queries.all_theirs(deed.session, deed.actor, ids, deed.now)
    return CheckPage.of(found, len(ids), deed.today)


@router.action("/sign-offs/confirm", access=DECIDERS, holds=True)
def confirm(deed: Deed) -> Answer:
    command = several_command(deed.posted)
    done = commands.confirm_several(deed.session, deed.core.settings, deed.actor, command, deed.now)
    said = f"Confirmed: {plural(done.done, 'request')}. {left_out(done.left_out, done.gone)}"
    return deed.go("signing:waiting", flash=said.strip())


def _page(
    visit: Visit | Deed,
    about: int = 0,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    page: int = 1,
) -> WaitingPage:
    return WaitingPage.of(
        queries.waiting_for(visit.session, visit.actor, visit.now, page=page, showing=about),
        queries.decided_by(visit.session, visit.actor, visit.now),
        queries.without_signer(visit.session, visit.actor, visit.now),
        visit.path_for,
        visit.today,
        about=about,
        typed=typed,
        errors=errors,
    )


def _changed(deed: Deed, sign_off_id: int) -> ChangedPage:
    read, newer = queries.what_became(deed.session, deed.actor, sign_off_id, deed.now)
    return ChangedPage.of(read, newer, deed.today, deed.posted.get("comment", "").strip())
