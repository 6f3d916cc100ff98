"""The journal of a merge: every row that it touches is changed through it, so that it can be put back."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from app.intake.models import PersonMergeRow
from app.intake.rules.merging import RowDeed
from app.kernel.db import UtcDateTime, WriteSession

Row = Mapping[str, Any]


def table_of(name: str) -> sa.Table:
    """A table by its name: some that name people belong to rooms beside this one."""
    return SQLModel.metadata.tables[name]


def key_of(named: sa.Table) -> sa.Column[int]:
    [key] = named.primary_key.columns
    return key


def rows_where(session: WriteSession, name: str, **values: Any) -> list[Row]:
    """The rows whose columns have these values, in the order of their keys."""
    named = table_of(name)
    wanted = sa.select(named).where(*(named.c[column] == value for column, value in values.items()))
    return [dict(row) for row in session.execute(wanted.order_by(key_of(named))).mappings()]


def row_at(session: WriteSession, name: str, row_id: int) -> Row | None:
    named = table_of(name)
    row = session.execute(sa.select(named).where(key_of(named) == row_id)).mappings().first()
    return dict(row) if row else None


def write(session: WriteSession, name: str, row_id: int, values: Row) -> None:
    named = table_of(name)
    session.execute(sa.update(named).where(key_of(named) == row_id).values(dict(values)))


def insert(session: WriteSession, name: str, values: Row) -> int:
    """A new row; its key is given anew, whatever the values say."""
    named = table_of(name)
    key = key_of(named)
    rest = {column: value for column, value in values.items() if column != key.name}
    return int(session.execute(sa.insert(named).values(rest).returning(key)).scalar_one())


def delete(session: WriteSession, name: str, row_id: int) -> None:
    named = table_of(name)
    session.execute(sa.delete(named).where(key_of(named) == row_id))


def as_kept(value: Any) -> Any:
    """A value as the journal keeps it."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def as_was(name: str, kept: Row) -> dict[str, Any]:
    """The journal's values as the columns take them."""
    named = table_of(name)
    return {column: _read(named.c[column], value) for column, value in kept.items()}


def _read(column: sa.Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, sa.Date) else value


class Journal:
    """Writes rows, and writes down what they were."""

    def __init__(self, session: WriteSession, merge_id: int) -> None:
        self.session, self.merge_id = session, merge_id

    def change(self, name: str, row: Row, **values: Any) -> None:
        """Give these columns of a row other values. What is so already is not touched."""
        other = {column: value for column, value in values.items() if row[column] != value}
        if not other:
            return
        key = row[key_of(table_of(name)).name]
        self.note(RowDeed.CHANGED, name, key, {column: row[column] for column in other}, other)
        write(self.session, name, key, other)

    def remove(self, name: str, row: Row) -> None:
        """The staying record has the same: this one is kept in the journal alone."""
        key = row[key_of(table_of(name)).name]
        self.note(RowDeed.REMOVED, name, key, row, {})
        delete(self.session, name, key)

    def add(self, name: str, values: Row, part_of: int) -> int:
        key = insert(self.session, name, values)
        self.note(RowDeed.ADDED, name, key, {}, values, part_of)
        return key

    def leave(self, name: str, row: Row) -> None:
        self.note(RowDeed.LEFT, name, row[key_of(table_of(name)).name], {}, {})

    def note(self, deed: RowDeed, name: str, row_id: int, before: Row, after: Row, part_of: int | None = None) -> None:
        row = PersonMergeRow(
            merge_id=self.merge_id,
            name=name,
            row_id=row_id,
            deed=deed,
            before={column: as_kept(value) for column, value in before.items()},
            after={column: as_kept(value) for column, value in after.items()},
            part_of=part_of,
        )
        self.session.add(row)
        self.session.flush()
