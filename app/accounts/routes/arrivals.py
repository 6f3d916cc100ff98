"""Somebody begins here, or comes back."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.accounts import commands
from app.accounts.pages.arrivals import StaffFormPage
from app.organisation.forms import HireForm, PostForm, RejoinForm
from app.organisation.queries import one_person, person_record, teams
from app.web.form import Invalid, tried
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("accounts")

MANAGE = Permission.MANAGE_PEOPLE


@router.page("/people/new", access=Requires(MANAGE))
def add_staff_page(visit: Visit) -> Answer:
    return _new_page(visit)


@router.action("/people/new", access=Requires(MANAGE))
def add_staff(deed: Deed) -> Answer:
    made: list[int] = []

    def do(form: HireForm) -> None:
        person = commands.take_on(deed.session, deed.actor, form.command(*_beside(deed, form)), deed.now)
        deed.core.welcome_starter(deed.session, deed.actor, person.id, deed.now)
        made.append(person.id)

    if wrong := tried(HireForm, deed.posted, do, "first"):
        return Shown(_new_page(deed, wrong), 422)
    return deed.go("accounts:person", person_id=made[0], flash="They are on the staff record. Now invite them.")


@router.page("/people/{person_id}/rejoin", access=Requires(MANAGE))
def rejoin_page(visit: Visit, person_id: int) -> Answer:
    return _rejoin_page(visit, person_id)


@router.action("/people/{person_id}/rejoin", access=Requires(MANAGE))
def rejoin(deed: Deed, person_id: int) -> Answer:
    page = _rejoin_page(deed, person_id)

    def do(form: RejoinForm) -> None:
        command = form.command(person_id, *_beside(deed, form))
        commands.take_back(deed.session, deed.actor, command, deed.now)
        deed.core.welcome_starter(deed.session, deed.actor, command.person_id, deed.now)

    if wrong := tried(RejoinForm, deed.posted, do, "first"):
        return Shown(_rejoin_page(deed, person_id, wrong), 422)
    return deed.go_to(page.action.removesuffix("/rejoin"), flash="They are back, with their record.")


def _beside(deed: Deed, form: PostForm) -> tuple[int | None, int | None]:
    """Whose the manager's and the sponsor's words are."""
    found = [
        one_person(deed.session, deed.actor, Permission.SEE_PEOPLE, words, form.first, field)
        for field, words in (("manager", form.manager), ("sponsor", form.sponsor))
    ]
    return found[0], found[1]


def _new_page(visit: Visit | Deed, invalid: Invalid | None = None) -> StaffFormPage:
    open_teams = teams(visit.session, visit.actor, MANAGE, on=visit.today)
    return StaffFormPage.of(visit.path_for("accounts:add_staff"), open_teams, visit.today, invalid)


def _rejoin_page(visit: Visit | Deed, person_id: int, invalid: Invalid | None = None) -> StaffFormPage:
    row = person_record(visit.session, visit.actor, MANAGE, person_id, visit.today)
    open_teams = teams(visit.session, visit.actor, MANAGE, on=visit.today)
    action = visit.path_for("accounts:rejoin", person_id=person_id)
    return StaffFormPage.of(action, open_teams, visit.today, invalid, row)
