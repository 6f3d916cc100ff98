"""Past learning in the browser: a list is brought, looked at, decided about, applied or set aside."""

import hashlib

from app.access.gates import Requires
from app.access.permissions import Permission
from app.intake.commands import past as commands
from app.intake.commands import past_staging as staging
from app.intake.forms.past import (
    MOST_BYTES,
    ApplyPastForm,
    ListBrought,
    PastListForm,
    decided,
    list_brought,
)
from app.intake.importing_past import (
    AnotherPastPlanError,
    PastFile,
    PastPreview,
    PastRowsError,
    apply,
    columns_of,
    waiting_preview,
)
from app.intake.pages.past import A_PAGE as MOST
from app.intake.pages.past import KINDS, SHOWN, PastLineView, kept_view, problem_view
from app.intake.pages.past_home import PastHomePage, kept_counts
from app.intake.pages.past_list import PastCoursesPage, PastImportPage, PastPreviewPage
from app.intake.queries import past_kept as queries
from app.intake.reading import RefusedFileError, read_table
from app.intake.reading.staging import packed
from app.intake.routes.past_files import preview_file
from app.intake.rules.past.columns import MOST_ROWS
from app.kernel.db import ReadSession
from app.kernel.errors import NotFoundError
from app.web.download import hand_over
from app.web.form import Invalid, Posted
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Steps, Visit

router = Router("intake")
MANAGE = Requires(Permission.MANAGE_PEOPLE)
TOO_MANY = (
    "The list has {rows:,} rows, and at most {most:,} are taken here. Split it, or have it brought in with "
    "qi learning import"
)


@router.page("/past-learning", access=MANAGE)
def past_learning(visit: Visit) -> Answer:
    return _home(visit, visit.session)


@router.steps("/past-learning", access=MANAGE, takes=MOST_BYTES, makes_file=True)
def bring_past(steps: Steps) -> Answer:
    queries.past_in_reach(steps.actor)
    brought = list_brought(steps.posted)
    staged = brought if isinstance(brought, Invalid) else _staged(steps, brought)
    if isinstance(staged, Invalid):
        with steps.core.db.read() as session:
            return Shown(_home(steps, session, staged), 422)
    with steps.core.db.write() as session:
        upload_id = staging.stage_past(session, steps.actor, staged, steps.now)
    return steps.go("intake:past_list", upload_id=upload_id)


def _staged(steps: Steps, brought: ListBrought) -> staging.StagePast | Invalid:
    """The list with the columns that are read, ready to wait; or why it is refused."""
    content, name = brought.file.content, brought.file.name
    try:
        read = read_table(content, name, sheet=brought.sheet or None)
        with steps.core.db.read() as session:
            columns = columns_of(session, PastFile(name=name, chosen=brought.chosen), read)
    except RefusedFileError as error:
        return Invalid(dict(steps.posted), {"file": str(error)})
    if len(read.rows) > MOST_ROWS:
        return Invalid(dict(steps.posted), {"file": TOO_MANY.format(rows=len(read.rows), most=MOST_ROWS)})
    return staging.StagePast(
        file_name=name,
        file_hash=hashlib.sha256(content).hexdigest(),
        rows=len(read.rows),
        columns={str(column): said for column, said in columns.says.items()},
        remarks=read.remarks,
        content=packed(read, set(columns.says.values())),
    )


def _home(visit: Visit | Steps, session: ReadSession, invalid: Invalid | None = None) -> PastHomePage:
    waiting = queries.uploads(session, visit.actor)
    return PastHomePage.of(waiting, queries.past_imports(session, visit.actor), invalid)


@router.page("/past-learning/lists/{upload_id}", access=MANAGE)
def past_list(visit: Visit, upload_id: int) -> Answer:
    form = _asked(visit)
    shown = waiting_preview(visit.session, visit.actor, upload_id, visit.now)
    return _preview(visit, shown, form.show, form.page)


def _asked(visit: Visit) -> PastListForm:
    """Which list of which page an address asks for. Raises NotFoundError."""
    params = visit.request.query_params
    form = PastListForm.parse(Posted({name: params.getlist(name) for name in params}))
    if isinstance(form, Invalid) or form.show not in {"", *SHOWN}:
        raise NotFoundError("list")
    return form


def _preview(
    visit: Visit | Steps, shown: PastPreview, show: str = "", page: int = 1, *, stale: str = "", wrong: str = ""
) -> PastPreviewPage:
    def link(**params: object) -> str:
        return visit.path_for("intake:past_list", upload_id=shown.file.upload_id, **params)

    return PastPreviewPage.of(shown, show, page, link, stale=stale, wrong=wrong)


@router.page("/past-learning/lists/{upload_id}/courses", access=MANAGE)
def past_courses(visit: Visit, upload_id: int) -> Answer:
    return PastCoursesPage.of(waiting_preview(visit.session, visit.actor, upload_id, visit.now))


@router.action("/past-learning/lists/{upload_id}/courses", access=MANAGE, holds=True)
def decide_past(deed: Deed, upload_id: int) -> Answer:
    queries.upload_of(deed.session, deed.actor, upload_id)
    commands.decide_past(deed.session, deed.actor, decided(deed.posted), deed.now)
    return deed.go("intake:past_list", flash="Decided, for this list and for every later one.", upload_id=upload_id)


@router.steps("/past-learning/lists/{upload_id}/apply", access=MANAGE, makes_file=True)
def apply_past(steps: Steps, upload_id: int) -> Answer:
    form = ApplyPastForm.parse(steps.posted)
    with steps.core.db.read() as session:
        shown = waiting_preview(session, steps.actor, upload_id, steps.now)
    if isinstance(form, Invalid) or form.plan != shown.plan.fingerprint:
        return _anew(steps, shown)
    try:
        record = apply(steps.core.db, steps.actor, shown, steps.core.clock, good_rows=form.rows == "good")
    except AnotherPastPlanError as error:
        return _anew(steps, error.now)
    except PastRowsError as error:
        return Shown(_preview(steps, shown, wrong=str(error)), 422)
    return steps.go("intake:past_import", flash="The list is brought in.", import_id=record)


def _anew(steps: Steps, shown: PastPreview) -> Answer:
    said = (
        "Since you looked, something about these people, or about a course, has changed. Nothing was done. Look again."
    )
    return Shown(_preview(steps, shown, stale=said), 409)


@router.action("/past-learning/lists/{upload_id}/discard", access=MANAGE)
def discard_past(deed: Deed, upload_id: int) -> Answer:
    staging.discard_past(deed.session, deed.actor, upload_id, deed.now)
    return deed.go("intake:past_learning", flash="The list is set aside. Nothing of it was kept.")


@router.steps("/past-learning/lists/{upload_id}/download", access=MANAGE, makes_file=True)
def download_past(steps: Steps, upload_id: int) -> Answer:
    with steps.core.db.read() as session:
        shown = waiting_preview(session, steps.actor, upload_id, steps.now)
    return hand_over(steps, preview_file(shown))


@router.page("/past-learning/imports/{import_id}", access=MANAGE)
def past_import(visit: Visit, import_id: int) -> Answer:
    form = _asked(visit)
    found = queries.past_import(visit.session, visit.actor, import_id)
    show = _kept_list(form.show, kept_counts(found))
    lines = _kept_lines(visit.session, import_id, show, (form.page - 1) * MOST)

    def link(**params: object) -> str:
        return visit.path_for("intake:past_import", import_id=import_id, **params)

    return PastImportPage.of(found, show, form.page, lines, link)


def _kept_list(asked: str, counts: dict[str, int]) -> str:
    """Without a word, the first list that is not empty. Raises NotFoundError for one that records do not have."""
    if asked and asked not in {*KINDS, "errors"}:
        raise NotFoundError("list")
    return asked or next((key for key in KINDS if counts[key]), "errors")


def _kept_lines(session: ReadSession, import_id: int, show: str, start: int) -> list[PastLineView]:
    if show == "errors":
        return [problem_view(one) for one in queries.past_problems(session, import_id, start, MOST)]
    return [kept_view(one) for one in queries.past_lines(session, import_id, KINDS[show], start, MOST)]
