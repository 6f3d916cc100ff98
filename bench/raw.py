"""The floor of an import: the rows that it wrote, inserted by the driver alone, into the same tables and indexes."""

import time
from typing import Any

import sqlalchemy as sa
from psycopg.types.json import Json

from app.intake.models import StaffImport, StaffImportLine
from app.kernel.audit import AuditEvent
from app.kernel.db import Database, table
from app.organisation.models import Directorate, Employment, Person, Team

TABLES = [table(m) for m in (Directorate, Team, Person, Employment, StaffImport, StaffImportLine, AuditEvent)]
AT_ONCE = 5_000
Rows = dict[str, list[tuple[Any, ...]]]


def highest(url: str) -> dict[str, int]:
    """The last id of each table."""
    db = Database(url)
    with db.read() as session:
        found = {t.name: session.scalar(sa.select(sa.func.max(t.c.id))) or 0 for t in TABLES}
    db.close()
    return found


def rows_after(url: str, last: dict[str, int]) -> Rows:
    """As the driver gives them."""
    db, found = Database(url), {}
    for t in TABLES:
        with db.read() as session:
            rows = session.connection().exec_driver_sql(f"SELECT * FROM {t.name} WHERE id > {last[t.name]} ORDER BY id")
            found[t.name] = [tuple(Json(v) if isinstance(v, list | dict) else v for v in row) for row in rows]
    db.close()
    return found


def seconds_to_insert(url: str, rows: Rows) -> float:
    """In one transaction, the commit with it."""
    db = Database(url)
    began = time.monotonic()
    with db.write() as session:
        connection = session.connection()
        for name, some in rows.items():
            mark = "?" if db.is_sqlite else "%s"
            marks = ", ".join([mark] * len(some[0])) if some else ""
            for start in range(0, len(some), AT_ONCE):
                connection.exec_driver_sql(f"INSERT INTO {name} VALUES ({marks})", some[start : start + AT_ONCE])
    seconds = time.monotonic() - began
    db.close()
    return seconds
