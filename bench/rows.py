"""Rows made in bulk: ids are counted here, defaults come from the models, and each table is filled in one go."""

from collections import Counter, defaultdict
from datetime import datetime

import sqlalchemy as sa
from pydantic_core import PydanticUndefined
from sqlmodel import SQLModel

from app.access.actor import SYSTEM_PERSON_ID
from app.kernel.audit import AuditEvent
from app.kernel.db import WriteSession, table
from app.schema import metadata

Row = dict[str, object]
AT_ONCE = 20_000


class Rows:
    """What waits to be inserted, by table."""

    def __init__(self, session: WriteSession) -> None:
        self.session = session
        self._waiting: dict[type[SQLModel], list[Row]] = defaultdict(list)
        self._defaults: dict[type[SQLModel], Row] = {}
        self._last: Counter[type[SQLModel]] = Counter()
        self.written: Counter[str] = Counter()

    def add(self, model: type[SQLModel], **values: object) -> int:
        """Returns the row's id, counted on from what is there."""
        if model not in self._defaults:
            self._begin(model)
        self._last[model] += 1
        number = self._last[model]
        row = self._defaults[model] | values
        if "id" in row:
            row["id"] = number
        self._waiting[model].append(row)
        return number

    def event(self, at: datetime, actor_id: int, action: str, entity: str, entity_id: int, about: int | None) -> None:
        self.add(
            AuditEvent, at=at, actor_id=actor_id, action=action, entity=entity, entity_id=entity_id, subject_id=about
        )

    def by_system(self, at: datetime, action: str, entity: str, entity_id: int, about: int | None = None) -> None:
        self.event(at, SYSTEM_PERSON_ID, action, entity, entity_id, about)

    def _begin(self, model: type[SQLModel]) -> None:
        fields = {name: info.default for name, info in model.model_fields.items()}
        self._defaults[model] = {n: None if d is PydanticUndefined else d for n, d in fields.items()}
        if "id" in fields:
            self._last[model] = self.session.scalar(sa.select(sa.func.max(table(model).c.id))) or 0

    def flush(self) -> None:
        """Insert everything, parents before children."""
        by_table = {table(model): rows for model, rows in self._waiting.items()}
        for one in metadata.sorted_tables:
            rows = by_table.get(one, [])
            for start in range(0, len(rows), AT_ONCE):
                self.session.execute(sa.insert(one), rows[start : start + AT_ONCE])
            self.written[one.name] += len(rows)
        self._waiting.clear()
