"""Work that only one process may do at a time. What is held is let go when the process ends, however it ends."""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from app.kernel.db import Database
from app.kernel.errors import BusyError


@contextmanager
def alone(db: Database, work: str, busy: str) -> Iterator[None]:
    """Do `work` while nobody else does. Raises BusyError, saying `busy`, when somebody does.

    On SQLite a lock on a file beside the database, on PostgreSQL one of the server's own for the connection.
    """
    with _file(db, work, busy) if db.is_sqlite else _connection(db, work, busy):
        yield


@contextmanager
def _file(db: Database, work: str, busy: str) -> Iterator[None]:
    path = Path(db.url.removeprefix("sqlite:///"))
    with path.with_name(f"{path.name}.{work}").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(busy) from None
        yield


@contextmanager
def _connection(db: Database, work: str, busy: str) -> Iterator[None]:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        key = {"key": zlib.crc32(work.encode())}
        if not connection.scalar(sa.text("SELECT pg_try_advisory_lock(:key)"), key):
            raise BusyError(busy)
        try:
            yield
        finally:
            connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), key)
