"""What somebody keeps for themselves: views of the grid, selections of people."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.capability import commands
from app.capability.choosing import viewed
from app.capability.forms import SelectionForm, ViewForm, people_in
from app.capability.pages.keeping import KeptPage, SelectionPage, grid_of
from app.capability.queries.kept import SELECTION, counts_in_reach, own_selections, own_views, selection_of, somebodies
from app.organisation.queries import one_person
from app.web.form import Invalid, tried
from app.web.page import Filled
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("capability")
LEADS = Requires(Permission.SEE_CAPABILITY)


@router.page("/teams/kept", access=LEADS)
def kept(visit: Visit) -> Answer:
    return _kept(visit)


@router.action("/teams/views", access=LEADS, holds=True)
def save_view(deed: Deed) -> Answer:
    query = viewed(deed.posted, deed.today)

    def do(form: ViewForm) -> None:
        commands.save_view(deed.session, deed.actor, form.command(query), deed.now)

    if wrong := tried(ViewForm, deed.posted, do, "name"):
        return Shown(_kept(deed, wrong, query), 422)
    place, said = grid_of(query.pop("grid", "")), "The view is saved. You find it above the filters."
    return deed.go(place, flash=said, **query)


@router.action("/teams/views/{view_id}/remove", access=LEADS)
def remove_view(deed: Deed, view_id: int) -> Answer:
    commands.remove_view(deed.session, deed.actor, commands.RemoveView(view_id), deed.now)
    return deed.go("capability:kept", flash="The view is removed.")


@router.action("/teams/selections/choose", access=LEADS)
def choose_people(deed: Deed) -> Answer:
    people = people_in(deed.posted)
    page = SelectionPage.new(somebodies(deed.session, deed.actor, people, deed.today), deed.path_for, _nobody(people))
    return Shown(page, 200 if people else 422)


@router.action("/teams/selections", access=LEADS, holds=True)
def make_selection(deed: Deed) -> Answer:
    made: list[int] = []

    def do(form: SelectionForm) -> None:
        made.append(commands.make_selection(deed.session, deed.actor, form.make(people_in(deed.posted)), deed.now).id)

    if wrong := tried(SelectionForm, deed.posted, do, "people"):
        people = somebodies(deed.session, deed.actor, people_in(deed.posted), deed.today)
        return Shown(SelectionPage.new(people, deed.path_for, Filled.of(wrong.values, wrong.errors)), 422)
    return deed.go("capability:teams", flash="The selection is kept.", directorate=f"{SELECTION}{made[0]}")


@router.page("/teams/selections/{selection_id}", access=LEADS)
def selection(visit: Visit, selection_id: int) -> Answer:
    found = selection_of(visit.session, visit.actor, selection_id, visit.today)
    return SelectionPage.of(found, visit.path_for)


@router.action("/teams/selections/{selection_id}", access=LEADS, holds=True)
def change_selection(deed: Deed, selection_id: int) -> Answer:
    found, ticked = selection_of(deed.session, deed.actor, selection_id, deed.today), people_in(deed.posted)

    def do(form: SelectionForm) -> None:
        come = one_person(deed.session, deed.actor, Permission.SEE_CAPABILITY, form.who, deed.today, "who")
        command = form.change(selection_id, ticked | ({come} if come else set()))
        commands.change_selection(deed.session, deed.actor, command, deed.now)

    if wrong := tried(SelectionForm, deed.posted, do, "people"):
        form = Filled.of(wrong.values, wrong.errors)
        return Shown(SelectionPage.of(found, deed.path_for, form, ticked), 422)
    return deed.go("capability:teams", flash="The selection is saved.", directorate=f"{SELECTION}{selection_id}")


@router.action("/teams/selections/{selection_id}/remove", access=LEADS)
def remove_selection(deed: Deed, selection_id: int) -> Answer:
    commands.remove_selection(deed.session, deed.actor, commands.RemoveSelection(selection_id), deed.now)
    return deed.go("capability:kept", flash="The selection is removed. Nothing about its people changed.")


def _nobody(people: frozenset[int]) -> Filled | None:
    return None if people else Filled.of({}, {"people": "Tick at least one person in the grid"})


def _kept(visit: Visit | Deed, wrong: Invalid | None = None, query: dict[str, str] | None = None) -> KeptPage:
    return KeptPage.of(
        own_views(visit.session, visit.actor, None),
        own_selections(visit.session, visit.actor),
        counts_in_reach(visit.session, visit.actor, visit.today),
        visit.path_for,
        form=Filled.of(wrong.values, wrong.errors) if wrong else None,
        query=query,
    )
