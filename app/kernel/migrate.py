"""Brings a database to the shape that this program needs, with a copy of the file first."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

from app.kernel.config import ROOT
from app.kernel.shape import current, head, refuse_newer

LOCK_KEY = 7_142_026
"""PostgreSQL advisory lock: two servers that start together migrate once."""


def migration_engine(url: str) -> Engine:
    engine = sa.create_engine(url, poolclass=NullPool)
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine, "connect", _manual_transactions)
        event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _manual_transactions(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")
    # A table that is rebuilt is away for a moment: what the triggers of others say of it is not looked at then.
    connection.execute("PRAGMA legacy_alter_table=ON")
    connection.execute("PRAGMA journal_mode=WAL")


def config() -> Config:
    return Config(str(ROOT / "alembic.ini"))


def migrate(url: str, backups: Path | None = None, to: str = "head") -> Path | None:
    """Upgrade in one transaction. An existing SQLite file is copied to `backups` first; returns the copy's path."""
    engine = migration_engine(url)
    with engine.connect() as connection:
        before = current(connection)
        connection.rollback()
        if before == head() and to == "head":
            return None
        refuse_newer(before)
        copy = _copy(connection, url, backups, before) if before and backups else None
        connection.rollback()
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": LOCK_KEY})
            connection.commit()
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, to)
        connection.commit()
    engine.dispose()
    return copy


def downgrade(url: str, to: str) -> None:
    engine = migration_engine(url)
    with engine.connect() as connection:
        settings = config()
        settings.attributes["connection"] = connection
        command.downgrade(settings, to)
        connection.commit()
    engine.dispose()


def _copy(connection: Connection, url: str, backups: Path, revision: str) -> Path | None:
    if not url.startswith("sqlite"):
        return None
    backups.mkdir(parents=True, exist_ok=True)
    target = backups / f"before-{revision}-{datetime.now(UTC):%Y%m%dT%H%M%S}.db"
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.execute("VACUUM INTO ?", (str(target),))
    return target
