"""What the database's query planner knows of its tables."""

import sqlalchemy as sa

from app.kernel.db import Database


def count_rows(db: Database) -> None:
    """Tell SQLite how its tables have grown, so that it reads them by the right index. PostgreSQL does so by itself.

    Each table is a write of its own, so that nobody who saves waits for all of them.
    """
    if not db.is_sqlite:
        return
    with db.read() as session:
        names = sa.inspect(session.connection()).get_table_names()
    for name in names:
        with db.write() as session:
            session.connection().exec_driver_sql(f'ANALYZE "{name}"')
