"""Files that are made for somebody: put into the spool, written down, and fetched from one address."""

from dataclasses import dataclass

from app.kernel.spool import spool
from app.web.visit import SeeOther, Steps


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


def hand_over(steps: Steps, file: File) -> SeeOther:
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
