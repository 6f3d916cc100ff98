"""A staff file in the browser: brought, looked at, put right, applied or set aside."""

from fastapi.responses import Response

from app.access.gates import Requires
from app.access.permissions import Permission
from app.intake import apart
from app.intake.commands import uploading
from app.intake.forms import MOST, ApplyForm, Brought, brought
from app.intake.models import StaffUpload
from app.intake.pages.columns import ColumnsPage, field_of
from app.intake.pages.file import PreviewPage, RefusedPage, WorkingPage, chosen_before
from app.intake.pages.home import WAITING
from app.intake.pages.listing import DECIDE, Asked, ErrorView, error_view, listing
from app.intake.queries import uploads
from app.intake.routes.asked import MOST_IN_A_FILE, asked_for, lists_file
from app.intake.routes.records import home_page
from app.intake.rules.columns import Column
from app.intake.rules.uploads import AT_WORK, UploadState, at_work
from app.kernel.db import ReadSession
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError, StaleError
from app.organisation.queries import directorates
from app.web.download import hand_over
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Steps, Visit

router = Router("intake")
MANAGE = Permission.MANAGE_PEOPLE
FIELDS = {field_of(column): column for column in Column}


@router.steps("/staff-record/files", access=Requires(MANAGE), takes=MOST)
def bring(steps: Steps) -> Answer:
    """`instead` is the upload whose columns were told otherwise: the new file takes its place."""
    form = brought(steps.posted, FIELDS)
    instead = steps.posted.get("instead", "")
    if isinstance(form, Invalid):
        return _bring_again(steps, form, instead)
    try:
        upload_id = _begin_with(steps, form, instead)
    except RuleBrokenError as error:
        return _bring_again(steps, Invalid(dict(steps.posted), {WAITING: str(error)}), "")
    apart.begin(steps.core.settings, "read", upload_id, steps.now, form.content)
    return steps.go("intake:file", upload_id=upload_id)


def _begin_with(steps: Steps, form: Brought, instead: str) -> int:
    with steps.core.db.write() as session:
        if _is_id(instead):
            uploading.set_aside(session, steps.actor, int(instead), steps.now)
        return uploading.bring_file(session, steps.actor, form.command, steps.now).id


def _is_id(words: str) -> bool:
    return words.isascii() and words.isdigit() and len(words) < 10  # noqa: PLR2004  more is no id of ours


def _bring_again(steps: Steps, invalid: Invalid, instead: str) -> Answer:
    with steps.core.db.read() as session:
        if _is_id(instead):
            return Shown(_columns(steps, session, int(instead), invalid), 422)
        return Shown(home_page(steps, session, invalid), 422)


@router.page("/staff-record/files/{upload_id}", access=Requires(MANAGE))
def file(visit: Visit, upload_id: int) -> Answer:
    upload = uploads.upload_record(visit.session, visit.actor, upload_id)
    by_script = bool(visit.request.headers.get("HX-Request"))
    if at_work(upload.state, upload.beat_at, visit.now) or (upload.state in AT_WORK and not by_script):
        return WorkingPage.of(upload, visit.now)
    if by_script:
        # The page that follows the work, also when it stopped before its end, is another one: it is opened whole.
        return Response(headers={"HX-Redirect": visit.path_for("intake:file", upload_id=upload_id)})
    if upload.state is UploadState.REFUSED:
        return RefusedPage.of(upload, directorates(visit.session, visit.actor, MANAGE, on=visit.today))
    if upload.state is UploadState.APPLIED:
        return visit.go("intake:import_record", import_id=upload.import_id)
    return preview_page(visit, visit.session, upload, asked_for(visit, upload.counts))


def preview_page(
    visit: Visit | Steps, session: ReadSession, upload: StaffUpload, asked: Asked, invalid: Invalid | None = None
) -> PreviewPage:
    def link(**params: object) -> str:
        return visit.path_for("intake:file", upload_id=upload.id, **params)

    def leads(where: str) -> str:
        if where == "leavers":
            return link(show="leaver") + "#list"
        return visit.path_for(f"intake:{where}", upload_id=upload.id)

    found = _list(visit, session, upload.id, asked)
    wrong = uploads.rows_wrong(session, upload.id)
    return PreviewPage.of(upload, listing(asked, upload.counts, *found, link), wrong, leads, invalid)


def _list(
    visit: Visit | Steps, session: ReadSession, upload_id: int, asked: Asked
) -> tuple[list[uploads.LineRow], tuple[ErrorView, ...], int]:
    if asked.kind:
        lines, count = uploads.preview_lines(session, upload_id, asked.kind, asked.words, asked.page)
        return lines, (), count
    problems, count = uploads.preview_problems(session, upload_id, asked.words, asked.page)
    return [], tuple(_error(visit, upload_id, problem) for problem in problems), count


def _error(visit: Visit | Steps, upload_id: int, problem: uploads.ProblemRow) -> ErrorView:
    if not problem.field:
        return error_view(problem)
    if problem.by_decision:
        return error_view(problem, visit.path_for("intake:decisions", upload_id=upload_id), DECIDE)
    href = visit.path_for("intake:row", upload_id=upload_id, row=problem.row)
    return error_view(problem, href, "put right" if problem.put_right else "mend")


@router.page("/staff-record/files/{upload_id}/columns", access=Requires(MANAGE))
def columns(visit: Visit, upload_id: int) -> Answer:
    return _columns(visit, visit.session, upload_id)


def _columns(visit: Visit | Steps, session: ReadSession, upload_id: int, invalid: Invalid | None = None) -> ColumnsPage:
    upload = uploads.upload_record(session, visit.actor, upload_id)
    if not upload.header:
        raise NotFoundError("columns")
    open_today = directorates(session, visit.actor, MANAGE, on=visit.today)
    return ColumnsPage.of(upload, open_today, chosen_before(upload), invalid)


@router.steps("/staff-record/files/{upload_id}/again", access=Requires(MANAGE))
def again(steps: Steps, upload_id: int) -> Answer:
    with steps.core.db.write() as session:
        uploading.work_again(session, steps.actor, upload_id, steps.now)
    return begun(steps, upload_id, "plan")


def begun(steps: Steps, upload_id: int, what: str) -> Answer:
    apart.begin(steps.core.settings, what, upload_id, steps.now)
    return steps.go("intake:file", upload_id=upload_id)


@router.steps("/staff-record/files/{upload_id}/apply", access=Requires(MANAGE))
def apply(steps: Steps, upload_id: int) -> Answer:
    form = ApplyForm.parse(steps.posted)
    if isinstance(form, Invalid):
        raise NotFoundError("plan")
    try:
        with steps.core.db.write() as session:
            uploading.ask_apply(session, steps.actor, form.command(upload_id), steps.now)
    except StaleError as error:
        return steps.go("intake:file", flash=str(error), upload_id=upload_id)
    except BadInputError as error:
        invalid = Invalid(dict(steps.posted), error.errors)
        with steps.core.db.read() as session:
            upload = uploads.upload_record(session, steps.actor, upload_id)
            asked = asked_for(steps, upload.counts)
            return Shown(preview_page(steps, session, upload, asked, invalid), 422)
    return begun(steps, upload_id, "apply")


@router.action("/staff-record/files/{upload_id}/aside", access=Requires(MANAGE))
def aside(deed: Deed, upload_id: int) -> Answer:
    uploading.set_aside(deed.session, deed.actor, upload_id, deed.now)
    return deed.go("intake:staff_record", flash="The file is set aside. Nothing of it was kept, and nothing changed.")


@router.steps("/staff-record/files/{upload_id}/download", access=Requires(MANAGE), makes_file=True)
def download_preview(steps: Steps, upload_id: int) -> Answer:
    with steps.core.db.read() as session:
        upload = uploads.upload_record(session, steps.actor, upload_id)
        lines, _ = uploads.preview_lines(session, upload_id, None, "", 1, MOST_IN_A_FILE)
        problems, _ = uploads.preview_problems(session, upload_id, "", 1, MOST_IN_A_FILE)
    about = f"Preview of {upload.file_name}"
    return hand_over(steps, lists_file("staff-record-preview.csv", about, lines, problems))
