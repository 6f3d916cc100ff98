"""One cell of the grid: looked at and decided about without leaving it."""

from typing import Annotated

from fastapi import Query

from app.access.gates import Requires
from app.access.permissions import Permission
from app.capability.choosing import GridQuery
from app.capability.commands import Cell, set_needs
from app.capability.commands.deciding import checked_terms
from app.capability.forms import NeedForm, seen_in, typed
from app.capability.models import Decision
from app.capability.pages.cell import PART, CellPage
from app.capability.pages.preview import ConflictPage
from app.capability.queries.deciding import chosen, newest, terms_of
from app.curriculum.queries import edition_names
from app.kernel.errors import StaleError
from app.web.form import Invalid, tried
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit

router = Router("capability")
DECIDES = Requires(Permission.SET_NEED)


@router.page("/teams/cells/{person_id}/{tier}", access=DECIDES)
def cell(visit: Visit, person_id: int, tier: str, query: Annotated[GridQuery, Query()]) -> Answer:
    found = newest(visit.session, visit.actor, person_id, tier, visit.now)
    names = edition_names(visit.session)
    return CellPage.of(found, visit.path_for, visit.today, carried=query.kept(), names=names)


@router.action("/teams/cells/{person_id}/{tier}", access=DECIDES, holds=True)
def set_cell(deed: Deed, person_id: int, tier: str) -> Answer:
    one, made = Cell(person_id, tier, seen_in(deed.posted)), list[Decision | None]()

    def do(form: NeedForm) -> None:
        made.append(set_needs(deed.session, deed.actor, form.command((one,)), deed.now))

    try:
        wrong = tried(NeedForm, deed.posted, do, "need")
    except StaleError:
        return Shown(_conflict(deed, one), 409)
    return _again(deed, one, wrong) if wrong else _saved(deed, one, made[0])


def _again(deed: Deed, one: Cell, wrong: Invalid) -> Answer:
    [found] = chosen(deed.session, deed.actor, [one], deed.now)
    values = typed(deed.posted)
    page = CellPage.of(
        found,
        deed.path_for,
        deed.today,
        carried=_carried(deed),
        names=edition_names(deed.session),
        typed=values,
        errors=wrong.errors,
    )
    return Shown(page, 422)


def _saved(deed: Deed, one: Cell, decision: Decision | None) -> Answer:
    """The cell anew for the dialog; without a script the grid, where this person stands."""
    carried = _carried(deed)
    if deed.request.headers.get("HX-Target", "").rpartition("#")[2] == PART:
        found = newest(deed.session, deed.actor, one.person_id, one.tier, deed.now)
        names = edition_names(deed.session)
        return CellPage.of(found, deed.path_for, deed.today, carried=carried, names=names, saved=decision, done=True)
    flash = "Saved: 1 need." if decision else "It was all so already. Nothing was changed."
    saved = {"saved": decision.id} if decision else {}
    return deed.go_to(f"{deed.path_for('capability:teams', **carried, **saved)}#p{one.person_id}", flash)


def _conflict(deed: Deed, one: Cell) -> ConflictPage:
    form = NeedForm.parse(deed.posted)
    assert not isinstance(form, Invalid), "what is stale was read before"
    carried = _carried(deed)
    return ConflictPage.of(
        chosen(deed.session, deed.actor, [one], deed.now),
        terms_of(deed.session, [one.seen]),
        checked_terms(form.command((one,)), deed.now),
        typed=typed(deed.posted),
        carried=carried,
        back=deed.path_for("capability:teams", **carried),
        today=deed.today,
    )


def _carried(deed: Deed) -> dict[str, str]:
    return GridQuery.model_validate(dict(deed.posted)).kept()
