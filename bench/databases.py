"""The filled trust on both databases, to be had afresh as often as somebody wants to change it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from app.kernel.migrate import migrate
from app.schema import metadata
from bench.trust import FOLDER
from tests.postgres import Cluster, Running

DURABLE = {"listen_addresses": "", "unix_socket_permissions": "0777", "max_wal_size": "2GB"}
"""What a server is set to when nobody thinks about it: every commit waits for the disk."""
AT_ONCE = 10_000


@dataclass
class OnSqlite:
    """A file, copied."""

    source: Path
    name: str = "SQLite"

    def fresh(self) -> str:
        folder = FOLDER / "import"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return f"sqlite:///{shutil.copyfile(self.source, folder / 'qi.db')}"


@dataclass
class OnPostgres:
    """A database, copied within its cluster."""

    cluster: Cluster
    name: str = "PostgreSQL"
    number: int = 0

    def fresh(self) -> str:
        self.cluster.drop(f"trust_{self.number}")
        self.number += 1
        return self.cluster.create(f"trust_{self.number}", template="filled")


@contextmanager
def on_postgres(source: Path) -> Iterator[OnPostgres]:
    """A cluster of the bench's own that holds what the SQLite file holds."""
    running = Running(DURABLE)
    try:
        url = running.cluster.create("filled", template=None)
        migrate(url)
        _take_over(source, running.cluster)
        yield OnPostgres(running.cluster)
    finally:
        running.stop()


def _take_over(source: Path, cluster: Cluster) -> None:
    tables = [table.name for table in metadata.sorted_tables]
    where = f"host={cluster.socket} user=qi dbname=filled"
    with closing(sqlite3.connect(source)) as file, psycopg.connect(where) as into:
        into.execute("SET session_replication_role = replica")
        into.execute("SET timezone = UTC")
        into.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, tables))))
        for table in tables:
            _copy(table, file, into)
    with psycopg.connect(where, autocommit=True) as tidying:
        tidying.execute("VACUUM ANALYZE")  # as a server's own tidying leaves it


def _copy(table: str, file: sqlite3.Connection, into: psycopg.Connection) -> None:
    rows = file.execute(f'SELECT * FROM "{table}"')
    columns = [column[0] for column in rows.description]
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with into.cursor() as cursor, cursor.copy(statement) as copy:
        while some := rows.fetchmany(AT_ONCE):
            for row in some:
                copy.write_row(row)
    if "id" in columns:
        into.execute(
            sql.SQL(
                "SELECT setval(s, m) FROM pg_get_serial_sequence({}, 'id') s, (SELECT max(id) m FROM {}) t "
                "WHERE s IS NOT NULL AND m IS NOT NULL"
            ).format(sql.Literal(table), sql.Identifier(table))
        )
