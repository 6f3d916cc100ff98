from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.kernel.db import UtcDateTime


class KeptReport(SQLModel, table=True):
    """The report of a month as it was known when the month had ended: plain values, kept for good and never changed.

    `month` is its first day. `content` is what `rules.keeping` writes.
    """

    __tablename__ = "kept_report"

    id: int = Field(default=None, primary_key=True)
    month: date = Field(unique=True)
    version: int
    made_at: datetime = Field(sa_type=UtcDateTime)
    content: dict[str, Any] = Field(sa_type=sa.JSON)
