"""Many rows at once: laid out beside the database, where nobody waits for them, and then written in one statement."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.schema import CreateTableAs
from sqlmodel import SQLModel

from app.kernel.db import WriteSession, table

AT_ONCE = 5_000


def _speaking(dialect: Dialect) -> Dialect:
    """The same language with unnamed parameters in their order: a tuple a row."""
    if dialect.name == "sqlite":
        return sqlite.dialect(paramstyle="qmark")
    spoken: Dialect = psycopg.dialect(paramstyle="format")  # type: ignore[no-untyped-call]
    return spoken


def _once(turn: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
    """Each value turned once: fifty thousand rows hold the same few moments, days and kinds."""
    if turn is None:
        return None
    known: dict[Any, Any] = {}

    def remembered(value: Any) -> Any:
        if isinstance(value, list | dict):
            return turn(value)
        if value not in known:
            known[value] = turn(value)
        return known[value]

    return remembered


class Ready:
    """Rows of one table, ready to be inserted; or, with `by`, to be updated where that column is the row's.

    They lie in a temporary table of the connection, which must be the one that writes them: `Database.apart`.
    """

    def __init__(
        self,
        connection: Connection,
        model: type[SQLModel],
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        by: str = "",
    ) -> None:
        self.connection, self.into, self.columns, self.by = connection, table(model), columns, by
        self.count = 0
        each = iter(rows)
        if some := list(islice(each, AT_ONCE)):
            self._lay_out(some, each)

    def _lay_out(self, some: list[Sequence[Any]], more: Iterator[Sequence[Any]]) -> None:
        number = self.connection.info["ready"] = self.connection.info.get("ready", 0) + 1
        taken = [self.into.c[name] for name in self.columns]
        empty = CreateTableAs(sa.select(*taken).where(sa.false()), f"ready_{number}", temporary=True)
        self.connection.execute(empty)
        self.rows = empty.table
        spoken = _speaking(self.connection.dialect)
        put = str(sa.insert(self.rows).compile(dialect=spoken, column_keys=list(self.columns)))
        turns = [_once(column.type.dialect_impl(spoken).bind_processor(spoken)) for column in taken]
        while some:
            turned = [tuple(t(v) if t else v for v, t in zip(row, turns, strict=True)) for row in some]
            self.connection.exec_driver_sql(put, turned)
            self.count += len(turned)
            some = list(islice(more, AT_ONCE))
        self.connection.commit()

    def write(self, session: WriteSession) -> None:
        """One statement, in the order in which the rows came."""
        if not self.count:
            return
        connection = session.connection()
        assert connection is self.connection, "rows are written where they lie"
        laid = self.rows.c
        if self.by:
            change = sa.update(self.into).where(self.into.c[self.by] == laid[self.by])
            connection.execute(change.values({name: laid[name] for name in self.columns if name != self.by}))
        else:
            order: sa.ColumnElement[Any] = sa.literal_column("rowid" if connection.dialect.name == "sqlite" else "ctid")
            rows = sa.select(*(laid[name] for name in self.columns)).order_by(order)
            connection.execute(sa.insert(self.into).from_select(list(self.columns), rows, include_defaults=False))


def write_many(
    session: WriteSession, model: type[SQLModel], columns: Sequence[str], rows: Iterable[Sequence[Any]], by: str = ""
) -> None:
    """The same from within the transaction, for so many rows that making them ready holds nobody up."""
    into, connection = table(model), session.connection()
    spoken = _speaking(connection.dialect)
    if by:
        written = {name: sa.bindparam(f"to_{name}", type_=into.c[name].type) for name in columns if name != by}
        change = sa.update(into).where(into.c[by] == sa.bindparam("at", type_=into.c[by].type)).values(written)
        compiled = change.compile(dialect=spoken)
    else:
        compiled = sa.insert(into).compile(dialect=spoken, column_keys=list(columns))
    place = {"at": by} | {f"to_{name}": name for name in columns} | {name: name for name in columns}
    order = [place[name] for name in compiled.positiontup or ()]
    turns = [_once(into.c[name].type.dialect_impl(spoken).bind_processor(spoken)) for name in order]
    how = list(zip([columns.index(name) for name in order], turns, strict=True))
    each = iter(rows)
    while some := list(islice(each, AT_ONCE)):
        turned = [tuple(turn(row[n]) if turn else row[n] for n, turn in how) for row in some]
        connection.exec_driver_sql(str(compiled), turned)


def reserve(session: WriteSession, model: type[SQLModel], count: int) -> int:
    """The id after which `count` ids are kept free for rows that are written later, with ids of their own.

    PostgreSQL keeps them for good. SQLite gives out what follows the last row: ask `is_free` before writing.
    """
    into = table(model)
    connection = session.connection()
    last: int = connection.scalar(sa.select(sa.func.max(into.c.id))) or 0
    if connection.dialect.name == "sqlite" or not count:
        return last
    hold(session, model)
    sequence = f"{into.name}_id_seq"
    given = connection.scalar(sa.select(sa.column("last_value")).select_from(sa.table(sequence))) or 0
    last = max(last, given)
    connection.execute(sa.select(sa.func.setval(sequence, last + count)))
    return last


def new_ids(session: WriteSession, model: type[SQLModel], count: int) -> Sequence[int]:
    """Ids for so many rows that this very transaction writes. Nobody waits for it, and nobody else is given them."""
    into = table(model)
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        last = connection.scalar(sa.select(sa.func.max(into.c.id))) or 0
        return range(last + 1, last + count + 1)
    each = sa.func.generate_series(1, count).table_valued("number")
    given = sa.select(sa.func.nextval(f"{into.name}_id_seq")).select_from(each)
    return connection.scalars(given).all() if count else ()


def is_free(session: WriteSession, model: type[SQLModel], last: int) -> bool:
    """Whether the ids after `last` are still nobody's."""
    if session.connection().dialect.name != "sqlite":
        return True
    return (session.connection().scalar(sa.select(sa.func.max(table(model).c.id))) or 0) == last


def hold(session: WriteSession, *models: type[SQLModel]) -> None:
    """Nobody else writes to these tables until the transaction ends. (On SQLite nobody else writes at all.)"""
    if session.connection().dialect.name != "sqlite":
        names = ", ".join(table(model).name for model in models)
        session.connection().execute(sa.text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
