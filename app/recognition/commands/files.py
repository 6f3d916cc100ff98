"""An assessor takes a file that somebody offered: whoever reads what is another's leaves their name."""

from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession
from app.recognition.models import EvidenceFile
from app.recognition.queries import file_for


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeFile:
    file_id: int


def take_file(session: WriteSession, actor: Actor, command: TakeFile, now: datetime) -> EvidenceFile:
    """The file, written down with who took it. Raises NotFoundError for anybody but an assessor."""
    file, person_id = file_for(session, actor, command.file_id, london_date(now))
    audit.record(
        session, actor, "download offered file", "evidence_file", file.id, now=now, subject_id=person_id, rows=1
    )
    return file
