from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kernel.db import UtcDateTime


class EvidenceItem(SQLModel, table=True):
    """Something a person learnt elsewhere, as they say or as another system's list says. It never changes.

    `source_key` is what makes a row of a list the same when it is imported twice; None for what a person offered.
    """

    __tablename__ = "evidence_item"
    __table_args__ = (sa.UniqueConstraint("person_id", "source_key"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    title: str = Field(max_length=200)
    provider: str = Field(default="", max_length=200)
    completed_on: date
    minutes: int | None = None
    reference: str = Field(default="", max_length=120)
    """The code of the course, or the number of the certificate, where it was learnt."""
    source: str = Field(max_length=200)
    source_key: str | None = Field(default=None, max_length=200)
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by_id: int = Field(foreign_key="person.id")


class EvidenceFile(SQLModel, table=True):
    """A file that shows it, whole, as it came. `media_type` is what its bytes say, never its name."""

    __tablename__ = "evidence_file"

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="evidence_item.id", index=True)
    file_name: str = Field(max_length=160)
    media_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64)
    content: bytes = Field(sa_type=sa.LargeBinary)
