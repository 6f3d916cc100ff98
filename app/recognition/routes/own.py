"""A member of staff offers what they learnt elsewhere, and sees what becomes of it."""

from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.curriculum.queries import tiers
from app.kernel.errors import BadInputError, RuleBrokenError, StaleError
from app.recognition import commands, queries
from app.recognition.forms import BackingForm, OfferForm, file_was_left, with_file, withdraw_command
from app.recognition.pages.own import ElsewherePage, OfferPage, OwnChangedPage, OwnItemPage
from app.recognition.queries.advisors import ties
from app.recognition.routes.handing import handed_over
from app.recognition.rules import MOST_BYTES
from app.web.form import Invalid, tried
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("recognition")
LEARNERS = Requires(Permission.LEARN)
OFFERED = "You have offered it. The QI team decides, and you see here what becomes of it."
TAKEN_BACK = "You took your offer back. Nobody decides about it any more."


@router.page("/my-record/elsewhere", access=LEARNERS)
def elsewhere(visit: Visit) -> Answer:
    return ElsewherePage.of(
        queries.cases_of(visit.session, visit.actor.person_id), ties(visit.session, visit.actor.person_id)
    )


@router.page("/my-record/offer", access=LEARNERS)
def offer_page(visit: Visit) -> Answer:
    return OfferPage.of(tiers(visit.session), {})


@router.action("/my-record/offer", access=LEARNERS, holds=True, takes=MOST_BYTES)
def offer(deed: Deed) -> Answer:
    wrong = _left(deed) or _unread(deed) or tried(OfferForm, deed.posted, lambda form: _offered(deed, form), "title")
    if wrong:
        return Shown(OfferPage.of(tiers(deed.session), wrong.values, with_file(deed.posted, wrong.errors)), 422)
    return deed.go("recognition:elsewhere", flash=OFFERED)


@router.page("/my-record/elsewhere/{item_id}", access=LEARNERS)
def own_item(visit: Visit, item_id: int) -> Answer:
    return _page(visit, item_id)


@router.action("/my-record/elsewhere/{item_id}/again", access=LEARNERS, holds=True, takes=MOST_BYTES)
def again(deed: Deed, item_id: int) -> Answer:
    queries.own_case(deed.session, deed.actor, item_id)
    form = _left(deed) or BackingForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_page(deed, item_id, form.values, with_file(deed.posted, form.errors)), 422)
    try:
        commands.offer_again(deed.session, deed.actor, form.again(deed.posted, item_id), deed.now)
    except BadInputError as bad:
        return Shown(_page(deed, item_id, deed.posted, with_file(deed.posted, bad.errors)), bad.status)
    except (StaleError, RuleBrokenError) as late:
        case = queries.own_case(deed.session, deed.actor, item_id)
        return Shown(OwnChangedPage.of(case, deed.posted), late.status)
    return deed.go("recognition:own_item", flash=OFFERED, item_id=item_id)


@router.action("/my-record/elsewhere/{item_id}/withdraw", access=LEARNERS)
def withdraw(deed: Deed, item_id: int) -> Answer:
    command = withdraw_command(deed.posted, item_id)
    try:
        commands.withdraw_offer(deed.session, deed.actor, command, deed.now)
    except StaleError as stale:
        return deed.go("recognition:own_item", flash=str(stale), item_id=item_id)
    return deed.go("recognition:own_item", flash=TAKEN_BACK, item_id=item_id)


@router.page("/my-record/files/{file_id}", access=LEARNERS)
def own_file(visit: Visit, file_id: int) -> Answer:
    return handed_over(queries.own_file(visit.session, visit.actor, file_id))


def _left(deed: Deed) -> Invalid | None:
    """A form that was kept over an ended sign-in comes without its file."""
    errors = file_was_left(deed.posted)
    return Invalid(dict(deed.posted), errors) if errors else None


def _offered(deed: Deed, form: OfferForm) -> int:
    return commands.offer_item(deed.session, deed.actor, form.command(deed.posted), deed.now)


def _unread(deed: Deed) -> Invalid | None:
    """Text that cannot be read is told of together with all else that is wrong, and not one after the other."""
    found = OfferForm.parse(deed.posted)
    if not isinstance(found, Invalid):
        return None
    command = OfferForm.but(deed.posted, found.errors, deed.today).command(deed.posted)
    wrong = commands.wrong_offer(deed.session, deed.actor, command, deed.now)
    return Invalid(found.values, OfferForm.in_order({**wrong, **found.errors}))


def _page(
    visit: Visit | Deed,
    item_id: int,
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> OwnItemPage:
    case = queries.own_case(visit.session, visit.actor, item_id)
    return OwnItemPage.of(case, tiers(visit.session), values, errors)
