"""What a lead decides: preview, save, undo, answer."""

from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.capability.choosing import GridQuery
from app.capability.commands import (
    Cell,
    UndoDecision,
    decide_request,
    set_needs,
    undo_decision,
)
from app.capability.commands.deciding import checked_terms
from app.capability.forms import AnswerForm, NeedForm, cells_in, typed
from app.capability.models import Decision
from app.capability.pages.decisions import DecisionsPage
from app.capability.pages.preview import ConflictPage, PreviewPage
from app.capability.queries.deciding import chosen, terms_of
from app.capability.queries.grid import grid_or_missing, undecided_cells
from app.capability.queries.waiting import undoable, waiting
from app.kernel.errors import BadInputError, StaleError
from app.signing.queries import duty_of
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit
from app.web.words import plural

router = Router("capability")
DECIDES = Requires(Permission.SET_NEED)


@router.action("/teams/preview", access=DECIDES)
def preview(deed: Deed) -> Answer:
    page = _preview(deed, _cells(deed))
    return Shown(page, 422) if page.errors else page


@router.action("/teams/save", access=DECIDES, holds=True)
def save(deed: Deed) -> Answer:
    cells, form = _cells(deed), NeedForm.parse(deed.posted)
    if not cells and deed.posted.get("others"):
        return deed.go("capability:teams", flash="Nothing was changed. What they decided holds.", **_carried(deed))
    if isinstance(form, Invalid) or not cells:
        return Shown(_preview(deed, cells), 422)
    try:
        return _saved(deed, set_needs(deed.session, deed.actor, form.command(cells), deed.now))
    except BadInputError:
        return Shown(_preview(deed, cells), 422)
    except StaleError:
        return Shown(_conflict(deed, form, cells), 409)


@router.action("/teams/undo/{decision_id}", access=DECIDES)
def undo(deed: Deed, decision_id: int) -> Answer:
    decision = undo_decision(deed.session, deed.actor, UndoDecision(decision_id), deed.now)
    flash = f"Undone: {plural(decision.cells, 'need')}. What held before holds again."
    return deed.go("capability:teams" if _carried(deed) else "capability:decisions", flash=flash, **_carried(deed))


@router.page("/teams/decisions", access=DECIDES)
def decisions(visit: Visit) -> Answer:
    return _decisions(visit)


@router.action("/teams/requests/{request_id}", access=DECIDES)
def answer(deed: Deed, request_id: int) -> Answer:
    form = AnswerForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_decisions(deed, request_id, form.values, form.errors), 422)
    try:
        decide_request(deed.session, deed.actor, form.command(request_id), deed.now)
    except BadInputError as wrong:
        return Shown(_decisions(deed, request_id, dict(deed.posted), wrong.errors), 422)
    return deed.go("capability:decisions", flash="Answered. They see it on their first page.")


def _saved(deed: Deed, decision: Decision | None) -> Answer:
    if decision is None:
        return deed.go("capability:teams", flash="It was all so already. Nothing was changed.", **_carried(deed))
    flash = f"Saved: {plural(decision.cells, 'need')}."
    return deed.go("capability:teams", flash=flash, saved=decision.id, **_carried(deed))


def _carried(deed: Deed) -> dict[str, str]:
    return GridQuery.model_validate(dict(deed.posted)).kept()


def _cells(deed: Deed) -> tuple[Cell, ...]:
    """The ticked cells, and every undecided one of the levels whose heading was ticked."""
    levels = deed.posted.all("all")
    if not levels:
        return cells_in(deed.posted)
    query = GridQuery.model_validate(dict(deed.posted))
    found = grid_or_missing(deed.session, deed.actor, query.choice(deed.today), deed.now)
    return tuple(dict.fromkeys([*cells_in(deed.posted), *undecided_cells(found, levels)]))


def _preview(deed: Deed, cells: tuple[Cell, ...]) -> PreviewPage:
    form, terms = NeedForm.parse(deed.posted), None
    errors = dict(form.errors) if isinstance(form, Invalid) else {}
    if not isinstance(form, Invalid):
        try:
            terms = checked_terms(form.command(cells), deed.now)
        except BadInputError as wrong:
            errors = wrong.errors
    carried = _carried(deed)
    return PreviewPage.of(
        chosen(deed.session, deed.actor, cells, deed.now),
        terms,
        typed=typed(deed.posted),
        errors=errors,
        carried=carried,
        back=deed.path_for("capability:teams", **carried),
        setter=deed.actor.name,
        today=deed.today,
    )


def _conflict(deed: Deed, form: NeedForm, cells: tuple[Cell, ...]) -> ConflictPage:
    carried = _carried(deed)
    return ConflictPage.of(
        chosen(deed.session, deed.actor, cells, deed.now),
        terms_of(deed.session, [c.seen for c in cells]),
        checked_terms(form.command(cells), deed.now),
        typed=typed(deed.posted),
        carried=carried,
        back=deed.path_for("capability:teams", **carried),
        today=deed.today,
    )


def _decisions(
    visit: Visit | Deed,
    answered: int = 0,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> DecisionsPage:
    return DecisionsPage.of(
        waiting(visit.session, visit.actor, visit.now),
        undoable(visit.session, visit.actor, visit.now),
        duty_of(visit.session, visit.actor, visit.now),
        visit.path_for,
        visit.today,
        answered=answered,
        typed=typed,
        errors=errors,
    )
