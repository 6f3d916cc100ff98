"""The staff record's first page, and the imports that were made."""

from app.access.gates import Requires
from app.access.permissions import Permission
from app.intake.pages.home import IMPORTS_A_PAGE, StaffRecordPage
from app.intake.pages.listing import Asked, ErrorView, error_view, listing
from app.intake.pages.record import ImportPage
from app.intake.queries import records, uploads
from app.intake.routes.asked import MOST_IN_A_FILE, asked_for, lists_file
from app.kernel.db import ReadSession
from app.organisation.queries import directorates
from app.web.download import hand_over
from app.web.form import Invalid
from app.web.router import Answer, Router
from app.web.visit import Steps, Visit

router = Router("intake")
MANAGE = Permission.MANAGE_PEOPLE


@router.page("/staff-record", access=Requires(MANAGE))
def staff_record(visit: Visit, page: int = 1) -> Answer:
    return home_page(visit, visit.session, page=max(page, 1))


def home_page(
    visit: Visit | Steps, session: ReadSession, invalid: Invalid | None = None, page: int = 1
) -> StaffRecordPage:
    found, count = records.imports(session, visit.actor, page, IMPORTS_A_PAGE)
    return StaffRecordPage.of(
        uploads.open_upload(session, visit.now),
        found,
        count,
        page,
        directorates(session, visit.actor, MANAGE, on=visit.today),
        lambda **params: visit.path_for("intake:staff_record", **params),
        invalid,
    )


@router.page("/staff-record/imports/{import_id}", access=Requires(MANAGE))
def import_record(visit: Visit, import_id: int) -> Answer:
    record = records.import_record(visit.session, visit.actor, import_id)
    asked = asked_for(visit, record.counts)
    found = _list(visit.session, import_id, asked)

    def link(**params: object) -> str:
        return visit.path_for("intake:import_record", import_id=import_id, **params)

    return ImportPage.of(record, listing(asked, record.counts, *found, link))


def _list(
    session: ReadSession, import_id: int, asked: Asked
) -> tuple[list[uploads.LineRow], tuple[ErrorView, ...], int]:
    if asked.kind:
        lines, count = records.import_lines(session, import_id, asked.kind, asked.words, asked.page)
        return lines, (), count
    problems, count = records.import_problems(session, import_id, asked.words, asked.page)
    return [], tuple(error_view(problem) for problem in problems), count


@router.steps("/staff-record/imports/{import_id}/download", access=Requires(MANAGE), makes_file=True)
def download_import(steps: Steps, import_id: int) -> Answer:
    with steps.core.db.read() as session:
        record = records.import_record(session, steps.actor, import_id)
        lines, _ = records.import_lines(session, import_id, None, "", 1, MOST_IN_A_FILE)
        problems, _ = records.import_problems(session, import_id, "", 1, MOST_IN_A_FILE)
    about = f"Import {import_id} of {record.file_name}"
    return hand_over(steps, lists_file(f"staff-record-import-{import_id}.csv", about, lines, problems))
