"""Addresses about people and posts, directorates and teams."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.organisation import commands, forms, queries
from app.organisation.pages.leave import BackPage, LeavePage, RemoveLeavePage
from app.organisation.pages.people import MOST_FOUND, EndPage, MovePage, PeoplePage
from app.organisation.pages.structure import CloseTeamPage, OpenDirectoratePage, OpenTeamPage, SitePage, StructurePage
from app.web.form import Invalid, tried
from app.web.router import Answer, Nav, Router
from app.web.visit import Deed, Shown, Visit

router = Router("organisation")

SEE, MANAGE = Permission.SEE_PEOPLE, Permission.MANAGE_PEOPLE


@router.page("/people", access=Requires(SEE), nav=Nav("People", 7))
def people(visit: Visit, q: str = "") -> Answer:
    words = " ".join(q.split())[:100]
    found = queries.find_people(visit.session, visit.actor, SEE, words, visit.today, MOST_FOUND) if words else []
    return PeoplePage.of(visit.actor, words, found, visit.today)


@router.page("/people/{person_id}/move", access=Requires(MANAGE))
def move_page(visit: Visit, person_id: int) -> Answer:
    return _move_page(visit, person_id)


@router.action("/people/{person_id}/move", access=Requires(MANAGE))
def move(deed: Deed, person_id: int) -> Answer:
    def do(form: forms.MoveForm) -> None:
        manager_id = queries.one_person(deed.session, deed.actor, SEE, form.manager, form.first, "manager")
        commands.move(deed.session, deed.actor, form.command(person_id, manager_id), deed.now)
        deed.core.posts_changed(deed.session, deed.actor, {person_id}, deed.now)

    if wrong := tried(forms.MoveForm, deed.posted, do, "first"):
        return Shown(_move_page(deed, person_id, wrong), 422)
    return deed.go("accounts:person", person_id=person_id, flash="The move is saved. Their past stays where it was.")


@router.page("/people/{person_id}/end", access=Requires(MANAGE))
def end_page(visit: Visit, person_id: int) -> Answer:
    return _end_page(visit, person_id)


@router.action("/people/{person_id}/end", access=Requires(MANAGE))
def end(deed: Deed, person_id: int) -> Answer:
    def do(form: forms.EndForm) -> None:
        commands.end_employment(deed.session, deed.actor, form.command(person_id), deed.now)
        deed.core.posts_changed(deed.session, deed.actor, {person_id}, deed.now)

    if wrong := tried(forms.EndForm, deed.posted, do, "last"):
        return Shown(_end_page(deed, person_id, wrong), 422)
    return deed.go("accounts:person", person_id=person_id, flash="Their last day is saved. Their record stays.")


@router.page("/people/{person_id}/leave", access=Requires(MANAGE))
def leave_page(visit: Visit, person_id: int) -> Answer:
    return _leave_page(visit, person_id)


@router.action("/people/{person_id}/leave", access=Requires(MANAGE))
def leave(deed: Deed, person_id: int) -> Answer:
    def do(form: forms.LeaveForm) -> None:
        commands.record_leave(deed.session, deed.actor, form.command(person_id), deed.now)

    if wrong := tried(forms.LeaveForm, deed.posted, do, "first"):
        return Shown(_leave_page(deed, person_id, wrong), 422)
    return deed.go("accounts:person", person_id=person_id, flash="The leave is saved. Their dates wait for them.")


@router.page("/leave/{leave_id}/back", access=Requires(MANAGE))
def back_page(visit: Visit, leave_id: int) -> Answer:
    return _back_page(visit, leave_id)


@router.action("/leave/{leave_id}/back", access=Requires(MANAGE))
def back(deed: Deed, leave_id: int) -> Answer:
    row = queries.leave_record(deed.session, deed.actor, leave_id, deed.today)

    def do(form: forms.BackForm) -> None:
        commands.end_leave(deed.session, deed.actor, form.command(leave_id), deed.now)

    if wrong := tried(forms.BackForm, deed.posted, do, "back"):
        return Shown(_back_page(deed, leave_id, wrong), 422)
    return deed.go("accounts:person", person_id=row.person_id, flash="Their first day back is saved.")


@router.page("/leave/{leave_id}/remove", access=Requires(MANAGE))
def remove_leave_page(visit: Visit, leave_id: int) -> Answer:
    row = queries.leave_record(visit.session, visit.actor, leave_id, visit.today)
    return RemoveLeavePage.of(_known(visit, row.person_id), row)


@router.action("/leave/{leave_id}/remove", access=Requires(MANAGE))
def remove_leave(deed: Deed, leave_id: int) -> Answer:
    command = commands.RemoveLeave(leave_id=leave_id)
    person_id = commands.remove_leave(deed.session, deed.actor, command, deed.now)
    return deed.go("accounts:person", person_id=person_id, flash="The leave is removed, as if it had never been.")


@router.page("/structure", access=Requires(MANAGE))
def structure(visit: Visit) -> Answer:
    return StructurePage.of(
        visit.actor,
        queries.directorates(visit.session, visit.actor, MANAGE),
        queries.teams(visit.session, visit.actor, MANAGE),
        visit.today,
    )


@router.page("/structure/directorates/new", access=Requires(MANAGE))
def open_directorate_page(visit: Visit) -> Answer:
    return OpenDirectoratePage.of(visit.actor, visit.today)


@router.action("/structure/directorates/new", access=Requires(MANAGE))
def open_directorate(deed: Deed) -> Answer:
    def do(form: forms.DirectorateForm) -> None:
        commands.open_directorate(deed.session, deed.actor, form.command(), deed.now)

    if wrong := tried(forms.DirectorateForm, deed.posted, do, "name"):
        return Shown(OpenDirectoratePage.of(deed.actor, deed.today, wrong), 422)
    return deed.go("organisation:structure", flash="The directorate is saved. Now open its teams.")


@router.page("/structure/teams/new", access=Requires(MANAGE))
def open_team_page(visit: Visit) -> Answer:
    return _open_team_page(visit)


@router.action("/structure/teams/new", access=Requires(MANAGE))
def open_team(deed: Deed) -> Answer:
    def do(form: forms.TeamForm) -> None:
        commands.open_team(deed.session, deed.actor, form.command(), deed.now)

    if wrong := tried(forms.TeamForm, deed.posted, do, "name"):
        return Shown(_open_team_page(deed, wrong), 422)
    return deed.go("organisation:structure", flash="The team is saved.")


@router.page("/structure/teams/{team_id}/site", access=Requires(MANAGE))
def site_page(visit: Visit, team_id: int) -> Answer:
    return _site_page(visit, team_id)


@router.action("/structure/teams/{team_id}/site", access=Requires(MANAGE))
def set_site(deed: Deed, team_id: int) -> Answer:
    def do(form: forms.SiteForm) -> None:
        commands.set_site(deed.session, deed.actor, form.command(team_id), deed.now)

    if wrong := tried(forms.SiteForm, deed.posted, do, "site"):
        return Shown(_site_page(deed, team_id, wrong), 422)
    return deed.go("organisation:structure", flash="The team’s site is saved.")


@router.page("/structure/teams/{team_id}/close", access=Requires(MANAGE))
def close_team_page(visit: Visit, team_id: int) -> Answer:
    return _close_page(visit, team_id)


@router.action("/structure/teams/{team_id}/close", access=Requires(MANAGE))
def close_team(deed: Deed, team_id: int) -> Answer:
    def do(form: forms.CloseTeamForm) -> None:
        commands.close_team(deed.session, deed.actor, form.command(team_id), deed.now)

    if wrong := tried(forms.CloseTeamForm, deed.posted, do, "successor_id"):
        return Shown(_close_page(deed, team_id, wrong), 422)
    return deed.go("organisation:structure", flash="The team closes, and its people move with it.")


def _move_page(visit: Visit | Deed, person_id: int, invalid: Invalid | None = None) -> MovePage:
    row = queries.person_in_reach(visit.session, visit.actor, MANAGE, person_id, visit.today)
    return MovePage.of(row, queries.teams(visit.session, visit.actor, MANAGE, on=visit.today), invalid)


def _end_page(visit: Visit | Deed, person_id: int, invalid: Invalid | None = None) -> EndPage:
    return EndPage.of(queries.person_in_reach(visit.session, visit.actor, MANAGE, person_id, visit.today), invalid)


def _known(visit: Visit | Deed, person_id: int) -> queries.PersonRow:
    return queries.person_record(visit.session, visit.actor, MANAGE, person_id, visit.today)


def _leave_page(visit: Visit | Deed, person_id: int, invalid: Invalid | None = None) -> LeavePage:
    return LeavePage.of(_known(visit, person_id), invalid)


def _back_page(visit: Visit | Deed, leave_id: int, invalid: Invalid | None = None) -> BackPage:
    row = queries.leave_record(visit.session, visit.actor, leave_id, visit.today)
    return BackPage.of(_known(visit, row.person_id), row, invalid)


def _open_team_page(visit: Visit | Deed, invalid: Invalid | None = None) -> OpenTeamPage:
    directorates = queries.directorates(visit.session, visit.actor, MANAGE, on=visit.today)
    return OpenTeamPage.of(directorates, visit.today, invalid)


def _site_page(visit: Visit | Deed, team_id: int, invalid: Invalid | None = None) -> SitePage:
    team = queries.team_in_reach(visit.session, visit.actor, MANAGE, team_id)
    return SitePage.of(team, queries.teams(visit.session, visit.actor, MANAGE), invalid)


def _close_page(visit: Visit | Deed, team_id: int, invalid: Invalid | None = None) -> CloseTeamPage:
    team = queries.team_in_reach(visit.session, visit.actor, MANAGE, team_id)
    return CloseTeamPage.of(team, queries.teams(visit.session, visit.actor, MANAGE, on=visit.today), invalid)
