"""What an address or a form asked for, and the one place where files are put into the spool."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi.responses import RedirectResponse

from app.kernel.spool import spool
from app.web.form import Invalid, Posted
from app.web.visit import Steps, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that is ready, and what is written down of it."""

    kind: str
    about: str
    name: str
    media_type: str
    content: bytes
    rows: int
    subject_id: int | None = None


def query(visit: Visit) -> Posted:
    """The address's query string, in the shape that forms parse."""
    params = visit.request.query_params
    return Posted({name: params.getlist(name) for name in params})


def errors_in(parsed: object) -> Mapping[str, str] | None:
    return parsed.errors if isinstance(parsed, Invalid) else None


def hand_over(steps: Steps, file: File) -> RedirectResponse:
    """Spool the file, with its audit event, and go to where it is fetched."""
    with steps.core.db.write() as session:
        export = spool(
            session,
            steps.core.settings.spool_dir,
            steps.actor,
            kind=file.kind,
            about=file.about,
            file_name=file.name,
            media_type=file.media_type,
            content=file.content,
            rows=file.rows,
            now=steps.now,
            subject_id=file.subject_id,
        )
    return steps.go("capability:download", export_id=export.id)
