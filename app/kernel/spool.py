"""Downloads are prepared as files, written down with their row count, then fetched by whoever made them.

Nothing is streamed out of a transaction: a long download would hold the database's log, and outlive its rights.
"""

import secrets
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kernel import audit
from app.kernel.db import ReadSession, UtcDateTime, WriteSession, table
from app.kernel.errors import NotFoundError

KEPT_FOR = timedelta(hours=24)


class Export(SQLModel, table=True):
    """A download somebody made. The file is removed after a day; the row, like its audit event, stays."""

    __tablename__ = "export"

    id: int = Field(default=None, primary_key=True)
    kind: str = Field(max_length=40)
    made_by_id: int = Field(foreign_key="person.id", index=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    subject_id: int | None = Field(default=None, foreign_key="person.id")
    about: str = Field(max_length=300)
    file_name: str = Field(max_length=160)
    media_type: str = Field(max_length=100)
    spooled_as: str = Field(max_length=80, unique=True)
    rows: int
    gone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def spool(
    session: WriteSession,
    folder: Path,
    actor: audit.Deed,
    *,
    kind: str,
    about: str,
    file_name: str,
    media_type: str,
    content: bytes,
    rows: int,
    now: datetime,
    subject_id: int | None = None,
) -> Export:
    """Write the file, then its row and its audit event. A file whose transaction fails is swept within a day."""
    folder.mkdir(parents=True, exist_ok=True)
    spooled_as = secrets.token_urlsafe(24)
    (folder / spooled_as).write_bytes(content)
    export = Export(
        kind=kind,
        made_by_id=actor.person_id,
        made_at=now,
        subject_id=subject_id,
        about=about,
        file_name=file_name,
        media_type=media_type,
        spooled_as=spooled_as,
        rows=rows,
    )
    session.add(export)
    session.flush()
    audit.record(session, actor, f"export {kind}", "export", export.id, now=now, subject_id=subject_id, rows=rows)
    return export


def fetchable(session: ReadSession, actor: audit.Deed, export_id: int, now: datetime) -> Export:
    """The export that this actor made themselves within the last day. Raises NotFoundError for any other."""
    export = session.scalar(
        sa.select(Export).where(
            table(Export).c.id == export_id,
            table(Export).c.made_by_id == actor.person_id,
            table(Export).c.gone_at.is_(None),
            table(Export).c.made_at > now - KEPT_FOR,
        )
    )
    if export is None:
        raise NotFoundError("export")
    return export


def sweep(session: WriteSession, folder: Path, now: datetime) -> int:
    """Remove files older than a day, with and without a row. Returns how many."""
    old = session.scalars(
        sa.select(Export).where(table(Export).c.gone_at.is_(None), table(Export).c.made_at <= now - KEPT_FOR)
    ).all()
    for export in old:
        export.gone_at = now
    removed = 0
    limit = (now - KEPT_FOR).timestamp()
    for file in folder.glob("*") if folder.exists() else ():
        if file.is_file() and file.stat().st_mtime <= limit:
            file.unlink(missing_ok=True)
            removed += 1
    return removed
