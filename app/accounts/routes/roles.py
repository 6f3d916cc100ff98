"""Giving and ending roles."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.accounts import commands, queries
from app.accounts.forms import GrantForm
from app.accounts.pages.admin import GrantPage, RolesPage
from app.organisation.queries import directorates, person_record, teams
from app.web.form import Invalid, tried
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("accounts")

GIVE = Permission.GRANT_ROLES


@router.page("/roles", access=Requires(GIVE))
def roles(visit: Visit) -> Answer:
    return RolesPage.of(queries.roles_overview(visit.session, visit.actor, visit.today), visit.today)


@router.page("/people/{person_id}/roles/new", access=Requires(GIVE))
def grant_page(visit: Visit, person_id: int) -> Answer:
    return _page(visit, person_id)


@router.action("/people/{person_id}/roles/new", access=Requires(GIVE))
def grant(deed: Deed, person_id: int) -> Answer:
    def do(form: GrantForm) -> None:
        commands.grant_role(deed.session, deed.actor, form.command(person_id), deed.now)

    if wrong := tried(GrantForm, deed.posted, do, "role"):
        return Shown(_page(deed, person_id, wrong), 422)
    return deed.go("accounts:person", person_id=person_id, flash="The role is given.")


@router.action("/roles/{grant_id}/end", access=Requires(GIVE))
def end_role(deed: Deed, grant_id: int) -> Answer:
    ended = commands.revoke_role(deed.session, deed.actor, commands.RevokeRole(grant_id=grant_id), deed.now)
    return deed.go("accounts:person", person_id=ended.person_id, flash="The role has ended, from their next page on.")


def _page(visit: Visit | Deed, person_id: int, invalid: Invalid | None = None) -> GrantPage:
    row = person_record(visit.session, visit.actor, GIVE, person_id, visit.today)
    open_directorates = directorates(visit.session, visit.actor, GIVE, on=visit.today)
    open_teams = teams(visit.session, visit.actor, GIVE, on=visit.today)
    return GrantPage.of(row, open_directorates, open_teams, visit.today, invalid)
