"""The QI team plans cohorts."""

from collections.abc import Mapping

from app.access.gates import Requires
from app.access.permissions import Permission
from app.cohorts import commands, queries
from app.cohorts.forms import CohortForm, DropForm, PlanForm, kept_in, typed
from app.cohorts.pages.calendar import CalendarPage
from app.cohorts.pages.planning import CohortChangedPage, CohortFormPage, CohortPage, values_of
from app.cohorts.wording import days_words
from app.curriculum.queries import tiers
from app.kernel.errors import BadInputError, StaleError
from app.web.form import Invalid, tried
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit
from app.web.words import plural

router = Router("cohorts")
PLANNERS = Requires(Permission.PLAN_COHORTS)


@router.page("/cohorts", access=PLANNERS)
def calendar(visit: Visit) -> Answer:
    found = queries.cohorts(visit.session, visit.today)
    return CalendarPage.of(found, tiers(visit.session), visit.path_for, visit.today)


@router.page("/cohorts/plan", access=PLANNERS)
def plan_page(visit: Visit) -> Answer:
    return _form(visit, {"every_months": "1"})


@router.action("/cohorts/plan", access=PLANNERS, holds=True)
def plan(deed: Deed) -> Answer:
    form, kept = PlanForm.parse(deed.posted), kept_in(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_form(deed, typed(deed.posted), form.errors), 422)
    try:
        made = commands.plan_cohorts(deed.session, deed.actor, form.plan(kept), deed.now)
    except BadInputError as wrong:
        return Shown(_form(deed, typed(deed.posted), wrong.errors), 422)
    return deed.go("cohorts:calendar", flash=f"Planned: {plural(len(made), 'cohort')}.")


@router.page("/cohorts/{cohort_id}", access=PLANNERS)
def cohort(visit: Visit, cohort_id: int) -> Answer:
    return CohortPage.of(queries.cohort_by_id(visit.session, cohort_id))


@router.page("/cohorts/{cohort_id}/change", access=PLANNERS)
def change_page(visit: Visit, cohort_id: int) -> Answer:
    return _form(visit, values_of(queries.cohort_by_id(visit.session, cohort_id)), cohort_id=cohort_id)


@router.action("/cohorts/{cohort_id}/change", access=PLANNERS, holds=True)
def change(deed: Deed, cohort_id: int) -> Answer:
    form, kept = CohortForm.parse(deed.posted), kept_in(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_form(deed, typed(deed.posted), form.errors, cohort_id=cohort_id), 422)
    try:
        changed = commands.change_cohort(deed.session, deed.actor, form.change(cohort_id, kept), deed.now)
    except BadInputError as wrong:
        return Shown(_form(deed, typed(deed.posted), wrong.errors, cohort_id=cohort_id), 422)
    except StaleError as stale:
        return Shown(_changed(deed, cohort_id, form), stale.status)
    said = "Saved." if changed else "It was all so already. Nothing was changed."
    return deed.go("cohorts:cohort", flash=said, cohort_id=cohort_id)


@router.action("/cohorts/{cohort_id}/drop", access=PLANNERS, holds=True)
def drop(deed: Deed, cohort_id: int) -> Answer:
    wrong = tried(
        DropForm,
        deed.posted,
        lambda form: commands.drop_cohort(deed.session, deed.actor, form.command(cohort_id), deed.now),
        "reason",
    )
    if wrong:
        page = CohortPage.of(queries.cohort_by_id(deed.session, cohort_id), wrong.values, wrong.errors)
        return Shown(page, 422)
    return deed.go("cohorts:calendar", flash="Dropped. It counts in no plan any more.")


def _form(
    visit: Visit | Deed,
    values: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    *,
    cohort_id: int = 0,
) -> CohortFormPage:
    return CohortFormPage.of(
        tiers(visit.session),
        queries.open_directorates(visit.session, visit.actor, visit.today),
        values,
        errors,
        cohort=queries.cohort_by_id(visit.session, cohort_id) if cohort_id else None,
    )


def _changed(deed: Deed, cohort_id: int, form: CohortForm) -> CohortChangedPage:
    mine = f"{days_words(form.starts_on, form.ends_on)}, {plural(form.places, 'place')}"
    return CohortChangedPage.of(queries.cohort_by_id(deed.session, cohort_id), mine, deed.posted.lists())
