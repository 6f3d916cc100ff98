"""Files: made by a deed that is written down, fetched only by whoever made them."""

from fastapi.responses import FileResponse

from app.access.gates import Requires, SignedIn
from app.access.permissions import Permission
from app.capability import sheets
from app.capability.choosing import GridQuery
from app.capability.queries.grid import Grid, grid_or_missing
from app.kernel import spool
from app.kernel.errors import NotFoundError
from app.web import csv, xlsx
from app.web.download import File, hand_over
from app.web.router import Answer, Router
from app.web.visit import Steps, Visit

router = Router("capability")
FORMATS = {"csv": csv.MEDIA_TYPE, "xlsx": xlsx.MEDIA_TYPE}


@router.steps("/teams/download", access=Requires(Permission.SEE_CAPABILITY), makes_file=True)
def download_grid(steps: Steps) -> Answer:
    query, suffix = GridQuery.model_validate(dict(steps.posted)), steps.posted.get("format", "")
    if suffix not in FORMATS:
        raise NotFoundError("format")
    with steps.core.db.read() as session:
        on, _errors = query.day(session, steps.actor, steps.today)
        found = grid_or_missing(session, steps.actor, query.choice(on), steps.now)
    return hand_over(steps, _file(found, suffix))


def _file(found: Grid, suffix: str) -> File:
    about = sheets.about(found)
    return File(
        kind="levels",
        about=about,
        name=sheets.file_name(found, suffix),
        media_type=FORMATS[suffix],
        content=sheets.content(found, suffix, about),
        rows=len(found.shown.members),
    )


@router.page("/downloads/{export_id}", access=SignedIn())
def download(visit: Visit, export_id: int) -> Answer:
    export = spool.fetchable(visit.session, visit.actor, export_id, visit.now)
    path = visit.core.settings.spool_dir / export.spooled_as
    if not path.is_file():
        raise NotFoundError("file")
    return FileResponse(path, media_type=export.media_type, filename=export.file_name)
