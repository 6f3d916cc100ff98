"""A list of completions waits in the database until it is applied: the columns that are read, and no other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.intake.models.past import PastUpload
from app.intake.queries.past_kept import upload_of
from app.kernel import audit
from app.kernel.db import WriteSession, table

_upload = table(PastUpload)
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePast:
    """`content` is the packed table; `columns` what its columns say; `remarks` what was noticed as it was read."""

    file_name: str
    file_hash: str
    rows: int
    columns: Mapping[str, str]
    remarks: tuple[str, ...]
    content: bytes


def stage_past(session: WriteSession, actor: Actor, command: StagePast, now: datetime) -> int:
    upload = PastUpload(
        made_at=now,
        made_by_id=actor.person_id,
        file_name=command.file_name[:200],
        file_hash=command.file_hash,
        rows=command.rows,
        columns=dict(command.columns),
        remarks=list(command.remarks),
        content=command.content,
    )
    session.add(upload)
    session.flush()
    audit.record(session, actor, "upload past learning", "past_upload", upload.id, now=now, rows=command.rows)
    return upload.id


def discard_past(session: WriteSession, actor: Actor, upload_id: int, now: datetime) -> None:
    """Raises NotFoundError for a list that is gone already, and for whoever may not see it."""
    session.delete(upload_of(session, actor, upload_id))
    audit.record(session, actor, "discard past learning", "past_upload", upload_id, now=now)


def forget_past_uploads(session: WriteSession, now: datetime) -> None:
    """What nobody applied within a week is deleted: whoever needs it brings the file again."""
    session.execute(sa.delete(_upload).where(_upload.c.made_at < now - KEPT))
