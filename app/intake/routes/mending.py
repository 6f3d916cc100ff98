"""Rows put right one by one, and decisions on words and people."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.intake.commands import uploading
from app.intake.forms import decisions_form, row_form
from app.intake.models import StaffUpload
from app.intake.pages.decisions import DecisionsPage, numbered
from app.intake.pages.row import RowPage, cell_field
from app.intake.queries import deciding, uploads
from app.intake.routes.files import begun
from app.kernel.db import ReadSession
from app.kernel.errors import StaleError
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Deed, Shown, Steps, Visit

router = Router("intake")
MANAGE = Permission.MANAGE_PEOPLE


@router.page("/staff-record/files/{upload_id}/rows", access=Requires(MANAGE))
def next_row(visit: Visit, upload_id: int) -> Answer:
    """The first row that has errors."""
    uploads.upload_record(visit.session, visit.actor, upload_id)
    left = uploads.rows_with_errors(visit.session, upload_id)
    if not left:
        return visit.go("intake:file", upload_id=upload_id, flash="No row has errors that can be put right here.")
    return visit.go("intake:row", upload_id=upload_id, row=left[0])


@router.page("/staff-record/files/{upload_id}/rows/{row}", access=Requires(MANAGE))
def row(visit: Visit, upload_id: int, row: int) -> Answer:
    upload = uploads.upload_record(visit.session, visit.actor, upload_id)
    return _row_page(visit, upload, row)


@router.action("/staff-record/files/{upload_id}/rows/{row}", access=Requires(MANAGE), holds=True)
def put_right(deed: Deed, upload_id: int, row: int) -> Answer:
    upload = uploads.upload_record(deed.session, deed.actor, upload_id)
    uploads.cells_of_row(deed.session, upload_id, row)
    form = row_form(deed.posted, upload, row, _fields(upload))
    if isinstance(form, Invalid):
        return Shown(_row_page(deed, upload, row, form), 422)
    if uploading.put_row_right(deed.session, deed.actor, form, deed.now):
        return deed.go("intake:next_row", flash=f"Row {row:,} is put right.", upload_id=upload_id)
    said = f"Row {row:,} is put right, and it was the last. Now work it out again."
    return deed.go("intake:file", flash=said, upload_id=upload_id)


def _fields(upload: StaffUpload) -> dict[str, str]:
    return {cell_field(at): name for at, name in enumerate(upload.columns.values())}


def _row_page(visit: Visit | Deed, upload: StaffUpload, row: int, invalid: Invalid | None = None) -> RowPage:
    cells = uploads.cells_of_row(visit.session, upload.id, row) | upload.corrections.get(str(row), {})
    return RowPage.of(
        upload,
        row,
        cells,
        uploads.problems_of_row(visit.session, upload.id, row),
        uploads.rows_with_errors(visit.session, upload.id),
        lambda other: visit.path_for("intake:row", upload_id=upload.id, row=other),
        invalid,
    )


@router.page("/staff-record/files/{upload_id}/decisions", access=Requires(MANAGE))
def decisions(visit: Visit, upload_id: int) -> Answer:
    upload = uploads.upload_record(visit.session, visit.actor, upload_id)
    return _decisions_page(visit, visit.session, upload)


@router.steps("/staff-record/files/{upload_id}/decisions", access=Requires(MANAGE))
def decide(steps: Steps, upload_id: int) -> Answer:
    with steps.core.db.read() as session:
        upload = uploads.upload_record(session, steps.actor, upload_id)
        if steps.posted["plan"] != upload.plan:
            raise StaleError("The preview is another by now. Go back to the file and look at it again.")
        form = decisions_form(steps.posted, upload, numbered(upload), deciding.places(session, steps.today))
        if isinstance(form, Invalid):
            return Shown(_decisions_page(steps, session, upload, form), 422)
    with steps.core.db.write() as session:
        uploading.decide_words(session, steps.actor, form, steps.now)
    return begun(steps, upload_id, "plan")


def _decisions_page(
    visit: Visit | Steps, session: ReadSession, upload: StaffUpload, invalid: Invalid | None = None
) -> DecisionsPage:
    people = [proposal["person_id"] for proposal in upload.proposals]
    places, formerly = deciding.places(session, visit.today), deciding.formerly(session, people, visit.today)

    def row_of(row: int) -> str:
        return visit.path_for("intake:row", upload_id=upload.id, row=row)

    return DecisionsPage.of(upload, places, formerly, row_of, invalid)
