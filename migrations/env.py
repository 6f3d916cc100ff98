"""Runs migrations on both databases.

SQLite rebuilds a table to change it. With foreign keys on, dropping the old one deletes its children without a word,
so they are switched off outside the transaction, and every reference is checked before the commit.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Connection

from app.kernel.db import UtcDateTime
from app.schema import metadata


class BrokenReferencesError(RuntimeError):
    """A migration left rows that point at nothing."""


def render_type(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    return "app.kernel.db.UtcDateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def leave_out_empty(_context: MigrationContext, _revision: object, directives: list[ops.MigrationScript]) -> None:
    if directives and directives[0].upgrade_ops is not None and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=False,
        transactional_ddl=True,
        render_item=render_type,
        process_revision_directives=leave_out_empty,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise BrokenReferencesError(f"{len(broken)} rows point at nothing, the first: {tuple(broken[0])}")


def main() -> None:
    given: Connection | None = context.config.attributes.get("connection")
    if given is not None:
        run(given)
        return
    from app.kernel.config import load  # noqa: PLC0415  settings are read only when run by the alembic command
    from app.kernel.migrate import migration_engine  # noqa: PLC0415

    with migration_engine(load().database_url).connect() as connection:
        run(connection)
        connection.commit()


main()
