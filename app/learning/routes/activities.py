from app.curriculum.rules import ActivityKind
from app.kernel.errors import BadInputError, NotFoundError, StaleError
from app.learning import commands, queries
from app.learning.forms import NoteForm, confidence_command, steps_command
from app.learning.pages.activity import ConfidencePage, StepsPage
from app.learning.pages.notes import NotePage, TwoNotesPage
from app.learning.queries import OnCourse
from app.learning.routes.courses import LEARNERS
from app.learning.routes.going import go
from app.learning.wayfinding import Way, way_on
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Visit
from app.web.words import clock_time

router = Router("learning")
PAGES: dict[ActivityKind, type[NotePage | StepsPage | ConfidencePage]] = {
    ActivityKind.NOTE: NotePage,
    ActivityKind.STEPS: StepsPage,
    ActivityKind.CONFIDENCE: ConfidencePage,
}


@router.page("/courses/{slug}/{module}/{activity}", access=LEARNERS)
def activity(visit: Visit, slug: str, module: str, activity: str) -> Answer:
    course = queries.on_course(visit.session, visit.actor, slug)
    shown = course.activity_in(module, activity)
    if shown.kind not in PAGES:
        raise NotFoundError("activity")
    note = queries.own_note(visit.session, visit.actor.person_id, shown.id)
    return PAGES[shown.kind].of(course, shown, note, visit.actor, visit.today)


@router.action("/courses/{slug}/{module}/{activity}/note", access=LEARNERS, holds=True)
def save_note(deed: Deed, slug: str, module: str, activity: str) -> Answer:
    form = NoteForm.parse(deed.posted)
    if isinstance(form, Invalid):
        return Shown(_note_again(deed, slug, module, activity, form), 422)
    try:
        course = commands.save_note(deed.session, deed.actor, form.command(slug, activity), deed.now)
    except StaleError as stale:
        return Shown(_two_notes(deed, slug, module, activity), stale.status)
    except BadInputError as bad:
        return Shown(_note_again(deed, slug, module, activity, Invalid(deed.posted, bad.errors)), bad.status)
    return _after(deed, course, module, activity)


@router.action("/courses/{slug}/{module}/{activity}/steps", access=LEARNERS, holds=True)
def save_steps(deed: Deed, slug: str, module: str, activity: str) -> Answer:
    command = steps_command(deed.posted, slug, activity)
    course = commands.save_steps(deed.session, deed.actor, command, deed.now)
    return _after(deed, course, module, activity)


@router.action("/courses/{slug}/{module}/{activity}/confidence", access=LEARNERS, holds=True)
def rate_confidence(deed: Deed, slug: str, module: str, activity: str) -> Answer:
    command = confidence_command(deed.posted, slug, activity)
    course = commands.rate_confidence(deed.session, deed.actor, command, deed.now)
    return _after(deed, course, module, activity)


def _after(deed: Deed, course: OnCourse, module: str, activity: str) -> Answer:
    """Stay on the page, where it says when it was saved, or go on to what follows."""
    course.activity_in(module, activity)
    if deed.posted.get("then") == "on":
        return go(deed, way_on(course, module, activity), f"Saved {clock_time(deed.now)}.")
    return go(deed, Way("learning:activity", {"slug": course.view.slug, "module": module, "activity": activity}))


def _note_again(deed: Deed, slug: str, module: str, activity: str, invalid: Invalid) -> NotePage:
    course = queries.on_course(deed.session, deed.actor, slug)
    shown = course.activity_in(module, activity)
    note = queries.own_note(deed.session, deed.actor.person_id, shown.id)
    return NotePage.of(course, shown, note, deed.actor, deed.today, values=invalid.values, errors=invalid.errors)


def _two_notes(deed: Deed, slug: str, module: str, activity: str) -> TwoNotesPage:
    course = queries.on_course(deed.session, deed.actor, slug)
    shown = course.activity_in(module, activity)
    note = queries.own_note(deed.session, deed.actor.person_id, shown.id)
    return TwoNotesPage.of(course, shown, note, deed.actor, deed.today, deed.posted)
