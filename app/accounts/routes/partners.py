"""Patient partners: a list, pages and a welcome of their own, apart from staff."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.accounts import commands, queries
from app.accounts.pages.partners import PartnerFormPage, PartnerPage, PartnersPage
from app.organisation.commands import change_partner
from app.organisation.forms import PartnerForm
from app.organisation.queries import partner_in_reach
from app.web.form import Invalid, tried
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("accounts")

LOOKS_AFTER = Requires(Permission.MANAGE_PARTNERS)


@router.page("/partners", access=LOOKS_AFTER)
def partners(visit: Visit) -> Answer:
    return PartnersPage.of(queries.partners_with_accounts(visit.session, visit.actor))


@router.page("/partners/new", access=LOOKS_AFTER)
def welcome_page(visit: Visit) -> Answer:
    return PartnerFormPage.of(visit.path_for("accounts:welcome"), visit.actor, None)


@router.action("/partners/new", access=LOOKS_AFTER)
def welcome(deed: Deed) -> Answer:
    made: list[int] = []

    def do(form: PartnerForm) -> None:
        person = commands.welcome(deed.session, deed.actor, form.welcome(), form.username, deed.now)
        made.append(person.id)

    if wrong := tried(PartnerForm, deed.posted, do, "name"):
        return Shown(PartnerFormPage.of(deed.path_for("accounts:welcome"), deed.actor, wrong), 422)
    return deed.go("accounts:partner", person_id=made[0], flash="They are welcome. Now give them a way in.")


@router.page("/partners/{person_id}", access=LOOKS_AFTER)
def partner(visit: Visit, person_id: int) -> Answer:
    row = partner_in_reach(visit.session, visit.actor, person_id)
    return PartnerPage.of(row, queries.account_of(visit.session, person_id, visit.now))


@router.page("/partners/{person_id}/change", access=LOOKS_AFTER)
def change_partner_page(visit: Visit, person_id: int) -> Answer:
    return _change_page(visit, person_id)


@router.action("/partners/{person_id}/change", access=LOOKS_AFTER)
def save_partner(deed: Deed, person_id: int) -> Answer:
    page = _change_page(deed, person_id)

    def do(form: PartnerForm) -> None:
        change_partner(deed.session, deed.actor, form.change(person_id), deed.now)

    if wrong := tried(PartnerForm, deed.posted, do, "name"):
        return Shown(_change_page(deed, person_id, wrong), 422)
    return deed.go_to(page.action.removesuffix("/change"), flash="Saved.")


def _change_page(visit: Visit | Deed, person_id: int, invalid: Invalid | None = None) -> PartnerFormPage:
    row = partner_in_reach(visit.session, visit.actor, person_id)
    action = visit.path_for("accounts:save_partner", person_id=person_id)
    return PartnerFormPage.of(action, visit.actor, invalid, row)
