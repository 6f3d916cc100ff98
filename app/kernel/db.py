"""Sessions: one to read with, one to write with, and no third way."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.pool import QueuePool
from sqlmodel import Session, SQLModel

from app.kernel.writer_lock import NO_LOCK, WriterLock

CACHE_APART = 8_000
"""KiB of pages that a connection apart keeps: thousands of rows touch the same pages of the indexes again and again."""

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class ReadSession(Session):
    """A session that may look. Queries ask for this one."""

    def _execute_internal(self, statement: Any, *args: Any, **more: Any) -> Any:
        # Every way to run a statement leads through here. (An event would ask the same, and cost each page 0.1 ms.)
        if isinstance(statement, sa.UpdateBase) and not isinstance(self, WriteSession):
            raise ReadingCannotWriteError("a ReadSession was asked to write")
        return super()._execute_internal(statement, *args, **more)


class WriteSession(ReadSession):
    """A session that may change things. Commands ask for this one."""


class ReadingCannotWriteError(TypeError):
    """Something tried to change a row in a session that may only look."""


class NestedWriteError(RuntimeError):
    """Something began a write inside another: it would wait for itself. Hand the session on instead."""


@event.listens_for(ReadSession, "before_flush", propagate=True)
def _refuse_writing(session: Session, _context: object, _instances: object) -> None:
    if not isinstance(session, WriteSession) and (session.new or session.dirty or session.deleted):
        raise ReadingCannotWriteError("a ReadSession was asked to write")


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """Aware datetimes in UTC on both databases (SQLite would hand back naive ones)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value!r}")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        # Text with its zone is read eight times as fast as a naive moment is given one: thousands stand in one grid.
        return _moment_in if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _moment_in(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


def one_of(kind: type[StrEnum]) -> sa.Enum:
    """A text column that takes only the values of an enum, by a CHECK (native enums break on downgrade)."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        values_callable=lambda members: [m.value for m in members],
        length=max(40, *(len(m.value) for m in kind)),
        name=kind.__name__.lower(),
    )


def table(model: type[SQLModel]) -> sa.Table:
    """A model's table, for statements over columns: hot pages read rows, entities are for commands."""
    found = model.__table__  # type: ignore[attr-defined]
    assert isinstance(found, sa.Table)
    return found


REACHES = 32
"""Statements that are kept put together, one for each reach, by `lru_cache`: putting one together takes longer than
asking it. What changes from look to look is given when it is sent. Each reach's take 150 KiB of a server process."""
TODAY = sa.bindparam("today", type_=sa.Date)


def insert_new(session: WriteSession, model: type[SQLModel], unique: str, /, **values: object) -> bool:
    """Insert a row unless one with this unique value exists, waiting for whoever is about to commit one. False then."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    making = insert(model).values(**values).on_conflict_do_nothing(index_elements=[unique])
    return session.scalar(making.returning(table(model).c[unique])) is not None


class Database:
    """One trust's database. `read()` looks; `write()` is one transaction, committed when its block ends."""

    def __init__(self, url: str, pool_size: int = 8) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._lock = WriterLock(Path(url.removeprefix("sqlite:///"))) if self.is_sqlite else None
        self.engine = _sqlite_engine(url, pool_size) if self.is_sqlite else _postgres_engine(url, pool_size)
        # Reads need no transaction on PostgreSQL: each query sees what is committed, and two round trips are saved.
        self._reader = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._still = (
            self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )
        self._writer = self.engine.execution_options(qi_writes=True)
        self._here = threading.local()

    @contextmanager
    def read(self) -> Iterator[ReadSession]:
        with ReadSession(self._reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[ReadSession]:
        """Like `read`, and however many questions are asked, the answers are of the moment of the first."""
        with ReadSession(self._still, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def apart(self) -> Iterator[Connection]:
        """A connection of its own, ended afterwards, to lay out in temporary tables what a `write` on it then takes."""
        with self.engine.connect() as connection:
            try:
                if self.is_sqlite:
                    connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE_APART}")
                    connection.commit()
                yield connection
            finally:
                connection.invalidate()

    @contextmanager
    def write(self, on: Connection | None = None) -> Iterator[WriteSession]:
        """`on` is a connection that is held `apart`; otherwise one of those that are free."""
        if getattr(self._here, "writes", False):
            raise NestedWriteError("a write was begun inside another")
        self._here.writes = True
        bind = on.execution_options(qi_writes=True) if on else self._writer
        try:
            with self._lock or NO_LOCK, WriteSession(bind, expire_on_commit=False) as session, session.begin():
                yield session
        finally:
            self._here.writes = False

    def close(self) -> None:
        self.engine.dispose()
        if self._lock:
            self._lock.close()


def _sqlite_engine(url: str, pool_size: int) -> Engine:
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=pool_size,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "secure_delete=ON",
        "cache_size=-1000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("qi_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


# random_page_cost: its default is for disks that turn, on which an index pays later than on any disk sold today.
# jit: compiling a statement takes half a second, and none of ours runs as long.
_POSTGRES_OPTIONS = "-c statement_timeout=30000 -c timezone=UTC -c random_page_cost=1.1 -c jit=off"


def _postgres_engine(url: str, pool_size: int) -> Engine:
    return sa.create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 5, "options": _POSTGRES_OPTIONS},
    )
